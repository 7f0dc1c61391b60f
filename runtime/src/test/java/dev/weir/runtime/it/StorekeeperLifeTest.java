package dev.weir.runtime.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ledger.Bound;
import dev.weir.ledger.ClaimOutcome;
import dev.weir.ledger.ClaimRequest;
import dev.weir.ledger.Claiming;
import dev.weir.ledger.JobStore;
import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.Seen;
import dev.weir.ledger.Slot;
import dev.weir.ledger.Start;
import dev.weir.ledger.StepRunner;
import dev.weir.ledger.s3.S3LedgerStore;
import dev.weir.protocol.Command;
import dev.weir.protocol.CommandSigner;
import dev.weir.protocol.JobDescription;
import dev.weir.protocol.JobDescription.Backend;
import dev.weir.protocol.Receipt.Outcome;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** The storekeeper as a real process on a real store: reads, closes, erases, without an engine. */
@Tag("integration")
@Timeout(120)
class StorekeeperLifeTest {

    private static final String UNUSED = "this is no SQL, and nobody compiles it";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    private LocalS3 s3;
    private S3Client client;
    private JobStore store;
    private JobDescription job;
    private CommandSigner signer;

    @BeforeEach
    void start() throws Exception {
        s3 = LocalS3.start(Files.createDirectories(directory.resolve("store")));
        client = s3.client();
        var keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        job = Descriptions.of(s3, keys, Backend.HASH_MAP);
        store = S3LedgerStore.at(job.storage().root(), client);
        signer = new CommandSigner(keys.getPrivate(), keys.getPublic());
    }

    @AfterEach
    void stop() {
        client.close();
        s3.close();
    }

    @Test
    void itTellsTheLedgerClosesItErasesTheStateAndLoadsNothingOfTheEngine() throws Exception {
        claim();
        IntStream.range(0, 50)
                .mapToObj(n -> "checkpoints/%019d/a1/shared/%d".formatted(1, n))
                .forEach(key -> store.create(key, "state"));
        try (Pod pod = Pod.start(directory, "keeper-1", job, UNUSED, "storekeeper")) {
            var held = pod.await("held", v -> v.state() instanceof RuntimeState.Held);
            assertThat(term(held).end()).isEqualTo(new LedgerView.Open());
            assertThat(pod.status("/ready")).isEqualTo(200);

            pod.send(signer, new Command.Close("close", "job-1", "keeper-1", 1));
            var closed = pod.await("closed", settled("close"));
            assertThat(term(closed).end())
                    .isEqualTo(
                            new LedgerView.ClosedFor(
                                    CloseReason.DELETION, Optional.empty(), false));

            pod.send(signer, new Command.Erase("erase", "job-1", "keeper-1", 1));
            var erased = pod.await("erased", settled("erase"));
            assertThat(erased.ledger()).isEqualTo(Seen.present(new LedgerView.Deleted(2, 0)));

            assertThat(pod.loaded("dev.weir.runtime.Storekeeper")).isTrue();
            assertThat(pod.loaded("org.apache.flink")).isFalse();
        }
        assertThat(store.listAfter("", ""))
                .isEqualTo(
                        Seen.present(
                                List.of(
                                        new Slot(1, 0).key(),
                                        new Slot(1, 1).key(),
                                        new Slot(2, 0).key())));
    }

    private void claim() throws InterruptedException {
        var request =
                new ClaimRequest(
                        "a-1",
                        0,
                        new Start.First(),
                        "boot-1",
                        Instant.now(),
                        "pod-1",
                        "job-1",
                        "rev-1",
                        "digest",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        assertThat(new StepRunner(store).run(Claiming.claim(request, Bound.standard())))
                .isInstanceOf(ClaimOutcome.Won.class);
    }

    private static LedgerView.Term term(RuntimeView view) {
        return (LedgerView.Term) ((Seen.Present<LedgerView>) view.ledger()).value();
    }

    private static Predicate<RuntimeView> settled(String command) {
        return view ->
                view.receipts().stream()
                        .anyMatch(
                                receipt ->
                                        receipt.command().equals(command)
                                                && receipt.outcome() == Outcome.DONE);
    }
}
