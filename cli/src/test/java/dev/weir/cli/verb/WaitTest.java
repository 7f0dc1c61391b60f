package dev.weir.cli.verb;

import static dev.weir.cli.fake.Session.DELAYS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.fake.Session;
import dev.weir.cli.fake.Session.Answer;
import dev.weir.crds.Phase;
import dev.weir.crds.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WaitTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Session session = new Session().withDelays();

    @Test
    void aReadyJobIsNotWaitedFor() {
        session.withDelaysRunning();
        assertThat(session.weir("wait", "delays", "--for=ready"))
                .isEqualTo(
                        new Answer(
                                0, "streamjob.weir.dev/delays ready (Running) after 0.0s\n", ""));
    }

    @Test
    void aJobThatItsUserHasToMendIsNotWaitedFor() {
        session.place()
                .report(DELAYS, session.report().blocked(Phase.FAILED, Reason.STORE_DENIED, ""));
        assertThat(session.weir("wait", "delays", "--for=ready").code()).isEqualTo(3);
        assertThat(session.weir("wait", "delays", "--for=suspended").code()).isEqualTo(3);
    }

    @Test
    void aPhaseIsWaitedForWhateverItIs() {
        session.thenRunning(SECOND);
        session.place()
                .after(
                        SECOND,
                        () ->
                                session.place()
                                        .report(
                                                DELAYS,
                                                session.report()
                                                        .blocked(
                                                                Phase.FAILED,
                                                                Reason.JOB_FAILED,
                                                                "")));
        assertThat(session.weir("wait", "delays", "--for=phase=failed").out())
                .isEqualTo("streamjob.weir.dev/delays in phase failed after 2.0s\n");
    }

    @Test
    void aJobThatIsGoneIsDeletedAndCanBeNothingElse() {
        assertThat(session.weir("wait", "nothing", "--for=deleted").code()).isZero();
        assertThat(session.weir("wait", "nothing", "--for=ready").code()).isEqualTo(1);
    }

    @Test
    void aDeletionIsWaitedFor() {
        session.place().after(SECOND, () -> session.place().vanish(DELAYS));
        assertThat(session.weir("wait", "delays", "--for=deleted").out())
                .isEqualTo("streamjob.weir.dev/delays deleted after 1.0s\n");
    }

    @Test
    void timeIsUpAtItsEnd() {
        session.place().after(Duration.ofMinutes(1), () -> {});
        assertThat(session.weir("wait", "delays", "--for=ready", "--timeout=20s").code())
                .isEqualTo(3);
    }

    @Test
    void otherStatesAndTimesMakeNoSense() {
        assertThat(session.weir("wait", "delays", "--for=happiness").code()).isEqualTo(2);
        assertThat(session.weir("wait", "delays", "--for=phase=").code()).isEqualTo(2);
        assertThat(session.weir("wait", "delays", "--for=ready", "--timeout=soon").err())
                .contains("'soon' is no duration, such as 90s or 5m");
    }
}
