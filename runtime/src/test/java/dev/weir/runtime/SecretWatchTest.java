package dev.weir.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ledger.Seen;
import dev.weir.protocol.Problem;
import dev.weir.protocol.Problem.Kind;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import dev.weir.runtime.control.StatusBoard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a process ends for the sake of new credentials, and when it does not. */
class SecretWatchTest {

    @TempDir Path secret;
    private final List<Halt.Code> halts = new ArrayList<>();
    private final StatusBoard board =
            new StatusBoard(
                    new RuntimeView(
                            "pod",
                            "boot",
                            "job",
                            "rev",
                            unfit(Kind.STORE_DENIED),
                            Seen.unreachable("denied"),
                            Optional.empty(),
                            Seen.unreachable("not compared"),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            0,
                            List.of()));
    private SecretWatch watch;

    @BeforeEach
    void startedWithOldCredentials() throws IOException {
        Surroundings pod =
                Surroundings.of(
                        Map.of(
                                "WEIR_POD_UID", "pod",
                                "WEIR_SECRET", secret.toString(),
                                "AWS_ACCESS_KEY_ID", "id",
                                "AWS_SECRET_ACCESS_KEY", "old"));
        watch =
                new SecretWatch(
                        pod,
                        board,
                        (code, why) -> {
                            halts.add(code);
                            return new Error(why);
                        });
        holds("old");
    }

    @Test
    void aProcessThatWasRefusedEndsOnceTheSecretIsMended() throws IOException {
        watch.look();
        assertThat(halts).isEmpty();

        holds("new");
        watch.look();
        assertThat(halts).containsExactly(Halt.Code.NEW_CREDENTIALS);
    }

    @Test
    void aPodThatWaitsEndsOnlyIfItCannotReadItsLedgerAnyMore() throws IOException {
        holds("new");
        board.state(new RuntimeState.Held());
        watch.look();
        assertThat(halts).containsExactly(Halt.Code.NEW_CREDENTIALS);

        board.update(view -> view.ledger(Seen.absent()));
        watch.look();
        assertThat(halts).hasSize(1);
    }

    @Test
    void aJobThatRunsIsNotEndedForIt() throws IOException {
        holds("new");
        board.state(new RuntimeState.Running(1, "f1", Instant.EPOCH));
        watch.look();
        assertThat(halts).isEmpty();
    }

    @Test
    void anotherTroubleIsNotMendedByASecret() throws IOException {
        holds("new");
        board.state(unfit(Kind.PROGRAM_INVALID));
        watch.look();
        assertThat(halts).isEmpty();
    }

    @Test
    void aSecretThatIsOutOfSightChangesNothing() throws IOException {
        Files.delete(secret.resolve("AWS_ACCESS_KEY_ID"));
        watch.look();
        assertThat(halts).isEmpty();
    }

    private void holds(String key) throws IOException {
        Files.writeString(secret.resolve("AWS_ACCESS_KEY_ID"), "id");
        Files.writeString(secret.resolve("AWS_SECRET_ACCESS_KEY"), key);
    }

    private static RuntimeState unfit(Kind kind) {
        return new RuntimeState.Unfit(Problem.of(kind, "what is wrong", "what helps"));
    }
}
