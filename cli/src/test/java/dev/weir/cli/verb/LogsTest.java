package dev.weir.cli.verb;

import static dev.weir.cli.fake.Session.DELAYS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.fake.PodsAndEvents;
import dev.weir.cli.fake.Session;
import dev.weir.cli.fake.Session.Answer;
import org.junit.jupiter.api.Test;

class LogsTest {

    private final Session session = new Session().withDelaysRunning().withPodAndEvents();

    @Test
    void theLogOfTheJobsPodIsShown() {
        assertThat(session.weir("logs", "delays"))
                .isEqualTo(new Answer(0, "starting\nheld\nrunning\n", ""));
    }

    @Test
    void onlyTheNewestLinesAreShownIfSoAsked() {
        assertThat(session.weir("logs", "delays", "--tail", "2").out())
                .isEqualTo("held\nrunning\n");
    }

    @Test
    void ofSeveralPodsTheNewestIsShownAndAnotherCanBeNamed() {
        session.place()
                .give(DELAYS, PodsAndEvents.pod("delays-77aa01", session.clock().instant()), "new");
        assertThat(session.weir("logs", "delays"))
                .isEqualTo(
                        new Answer(
                                0,
                                "new\n",
                                "of delays-77aa01; --pod chooses another one of delays-3f8a1c, delays-77aa01\n"));
        assertThat(session.weir("logs", "delays", "--pod", "delays-3f8a1c").out())
                .startsWith("starting\n");
        assertThat(session.weir("logs", "delays", "--pod", "gone").err())
                .isEqualTo("delays has no pod gone; there is delays-3f8a1c, delays-77aa01\n");
    }

    @Test
    void aPodThatIsEndingIsNotTheOneThatIsMeant() {
        var ending = PodsAndEvents.pod("delays-77aa01", session.clock().instant());
        ending.getMetadata().setDeletionTimestamp(session.clock().instant().toString());
        session.place().give(DELAYS, ending, "ending");
        assertThat(session.weir("logs", "delays").out()).startsWith("starting\n");
    }

    @Test
    void aJobWithoutAPodHasNoLog() {
        var other = new Session().withDelays();
        assertThat(other.weir("logs", "delays"))
                .isEqualTo(new Answer(1, "", "delays has no pod; 'describe delays' says why\n"));
    }
}
