package dev.weir.cli.verb;

import static dev.weir.cli.fake.Session.DELAYS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.fake.Session;
import dev.weir.cli.fake.Session.Answer;
import dev.weir.crds.Phase;
import dev.weir.crds.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SuspensionTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Session session = new Session().withDelaysRunning();

    @Test
    void suspendingEditsTheSpecAndSaysSo() {
        assertThat(session.weir("suspend", "delays"))
                .isEqualTo(
                        new Answer(
                                0, "streamjob.weir.dev/delays: spec.suspend: false -> true\n", ""));
        assertThat(session.place().job(DELAYS).orElseThrow().isToBeSuspended()).isTrue();
    }

    @Test
    void resumingEditsItBack() {
        session.weir("suspend", "delays");
        assertThat(session.weir("resume", "delays").out())
                .isEqualTo("streamjob.weir.dev/delays: spec.suspend: true -> false\n");
    }

    @Test
    void whatIsSoAlreadyIsUnchanged() {
        assertThat(session.weir("resume", "delays"))
                .isEqualTo(
                        new Answer(
                                0,
                                "streamjob.weir.dev/delays unchanged: spec.suspend is false already\n",
                                ""));
    }

    @Test
    void suspendingCanBeWaitedFor() {
        session.thenOnTheWay(SECOND, Phase.SUSPENDING, Reason.STOPPING);
        session.place()
                .after(SECOND, () -> session.place().report(DELAYS, session.report().suspended()));
        assertThat(session.weir("suspend", "delays", "--wait"))
                .isEqualTo(
                        new Answer(
                                0,
                                """
                                streamjob.weir.dev/delays: spec.suspend: false -> true
                                streamjob.weir.dev/delays suspended after 2.0s
                                """,
                                "delays: Suspending, StoppingWithSavepoint: The job is being stopped with a savepoint.\n"));
    }

    @Test
    void resumingCanBeWaitedFor() {
        session.weir("suspend", "delays");
        session.thenRunning(SECOND);
        assertThat(session.weir("resume", "delays", "--wait=5s").out())
                .endsWith("streamjob.weir.dev/delays ready (Running) after 1.0s\n");
    }

    @Test
    void aJobThatIsNotThereFails() {
        assertThat(session.weir("suspend", "nothing").code()).isEqualTo(1);
    }
}
