package dev.weir.cli.verb;

import static dev.weir.cli.fake.Session.DELAYS;
import static dev.weir.cli.fake.Session.MANIFEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.fake.Session;
import dev.weir.cli.fake.Session.Answer;
import dev.weir.crds.Phase;
import dev.weir.crds.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeleteTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Session session = new Session().withDelaysRunning();

    @Test
    void aDeletionIsWaitedForAndWhatIsDoneIsTold() {
        session.place().holdDeletions();
        session.thenOnTheWay(SECOND, Phase.DELETING, Reason.STOPPING)
                .thenOnTheWay(SECOND, Phase.DELETING, Reason.CLOSING_LEDGER);
        session.place().after(SECOND, () -> session.place().vanish(DELAYS));
        assertThat(session.weir("delete", "delays"))
                .isEqualTo(
                        new Answer(
                                0,
                                "streamjob.weir.dev/delays deleted after 3.0s\n",
                                """
                                delays: Deleting, StoppingWithSavepoint: The job is being stopped with a savepoint.
                                delays: Deleting, ClosingLedger: The ledger is being closed.
                                """));
    }

    @Test
    void aJobOfTheSameNameThatCameAfterItIsNotWaitedFor() {
        session.place().holdDeletions();
        session.place()
                .after(
                        SECOND,
                        () -> {
                            session.place().vanish(DELAYS);
                            session.weirReading(MANIFEST, "apply", "-f", "-");
                        });
        assertThat(session.weir("delete", "delays").out())
                .isEqualTo("streamjob.weir.dev/delays deleted after 1.0s\n");
        assertThat(session.place().job(DELAYS)).isPresent();
    }

    @Test
    void aDeletionThatTakesTooLongIsLeftToItself() {
        session.place().holdDeletions();
        session.thenOnTheWay(SECOND, Phase.DELETING, Reason.STOPPING);
        var answer = session.weir("delete", "delays", "--wait=30s");
        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.err())
                .endsWith(
                        "delays: not gone after 30s: Deleting, StoppingWithSavepoint: The job is being stopped with a savepoint.\n");
    }

    @Test
    void aDeletionNeedNotBeWaitedFor() {
        session.place().holdDeletions();
        assertThat(session.weir("delete", "delays", "--no-wait"))
                .isEqualTo(new Answer(0, "streamjob.weir.dev/delays is being deleted\n", ""));
    }

    @Test
    void theWordAfterWaitIsANameAndNoTime() {
        assertThat(session.weir("delete", "--wait", "delays").code()).isZero();
        assertThat(session.place().job(DELAYS)).isEmpty();
    }

    @Test
    void whatAFileHoldsIsDeletedAndWhatIsNotThereFails() {
        var two = MANIFEST + "---\n" + MANIFEST.replace("delays", "counts");
        assertThat(session.weirReading(two, "delete", "-f", "-"))
                .isEqualTo(
                        new Answer(
                                1,
                                "streamjob.weir.dev/delays deleted after 0.0s\n",
                                "there is no StreamJob \"counts\" in namespace demo\n"));
    }

    @Test
    void nothingIsDeletedWhereNothingIsNamed() {
        assertThat(session.weir("delete").code()).isEqualTo(2);
        assertThat(session.place().job(DELAYS)).isPresent();
    }
}
