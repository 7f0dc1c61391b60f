package dev.weir.operator.plan;

import static dev.weir.operator.plan.Scenario.OLD_REVISION;
import static dev.weir.operator.plan.Scenario.closed;
import static dev.weir.operator.plan.Scenario.current;
import static dev.weir.operator.plan.Scenario.job;
import static dev.weir.operator.plan.Scenario.open;
import static dev.weir.operator.plan.Scenario.outdated;
import static dev.weir.operator.plan.Scenario.running;
import static dev.weir.operator.plan.Scenario.silent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.crds.Phase;
import dev.weir.crds.Reason;
import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.ledger.Seen;
import dev.weir.operator.plan.Plan.Act;
import dev.weir.operator.plan.Plan.Blocked;
import dev.weir.operator.plan.PodView.Crashing;
import dev.weir.operator.plan.PodView.Misconfigured;
import dev.weir.operator.plan.PodView.NoImage;
import dev.weir.operator.plan.PodView.Unschedulable;
import dev.weir.protocol.Problem;
import dev.weir.protocol.RuntimeState.Held;
import dev.weir.protocol.RuntimeState.Unfit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A pod of a mistake that was edited away takes the room of the one that is right. */
class SupersededPodTest {

    @Test
    void thePodOfAMistakeThatWasEditedAwayMakesRoomForTheNextWhileTheJobRunsOn() {
        var old = outdated("old", running(4), open(4));
        var mistaken = outdated("mistaken", unfit(), open(4));
        assertThat(job().pod(old).pod(mistaken).plan()).isEqualTo(removal("mistaken"));
        assertThat(job().pod(old).plan())
                .as("the pod that runs")
                .isInstanceOfSatisfying(
                        Act.class,
                        act -> assertThat(act.action()).isInstanceOf(Action.CreatePod.class));
    }

    @Test
    void soDoesOneThatCannotEvenSayWhatIsWrongWithIt() {
        var old = outdated("old", running(4), open(4));
        for (PodView.Health health :
                List.of(
                        new NoImage("none"),
                        new Unschedulable("full"),
                        new Misconfigured("no Secret"),
                        new Crashing("137"))) {
            var unheard = silent("mistaken", OLD_REVISION, health, Seen.absent());
            assertThat(job().pod(old).pod(unheard).plan())
                    .as(health.toString())
                    .isEqualTo(removal("mistaken"));
        }
        var starting = silent("young", OLD_REVISION, new PodView.Starting(), Seen.absent());
        assertThat(job().pod(old).pod(starting).plan())
                .as("it may yet be fit")
                .isNotEqualTo(removal("young"));
    }

    @Test
    void aSuspensionDoesNotWaitForAPodThatCannotEvenStart() {
        var stopped = outdated("old", new Held(), closed(4, CloseReason.SUSPEND, true));
        for (PodView.Health health :
                List.of(
                        new NoImage("none"),
                        new Unschedulable("full"),
                        new Misconfigured("no Secret"))) {
            var waiting = silent("new", Scenario.REVISION, health, Seen.absent());
            var plan =
                    job().suspended()
                            .recorded(Phase.SUSPENDING, 4)
                            .pod(stopped)
                            .pod(waiting)
                            .plan();
            assertThat(plan.reason()).as(health.toString()).isEqualTo(Reason.SUSPENDED);
            assertThat(((Act) plan).action()).isInstanceOf(Action.DeletePod.class);
        }
        var crashing = silent("new", Scenario.REVISION, new Crashing("137"), Seen.absent());
        assertThat(
                        job().suspended()
                                .recorded(Phase.SUSPENDING, 4)
                                .pod(stopped)
                                .pod(crashing)
                                .plan())
                .as("it may run between two crashes")
                .isInstanceOf(Blocked.class);
    }

    /** It goes on with its term once its store answers, should the new revision never be fit. */
    @Test
    void rule4_anUnfitPodThatOwnsTheNewestTermIsKept() {
        var owner = outdated("other", unfit(), open(4));
        assertThat(job().pod(owner).pod(current("new", unfit(), open(4))).plan())
                .isInstanceOf(Blocked.class);
        var ignorant = outdated("mistaken", unfit(), Seen.unreachable("403"));
        assertThat(job().pod(ignorant).pod(current("new", unfit(), Seen.absent())).plan())
                .as("who owns it is not known")
                .isInstanceOf(Blocked.class);
    }

    private static Unfit unfit() {
        return new Unfit(Problem.of(Problem.Kind.STORE_DENIED, "denied", ""));
    }

    private static Act removal(String pod) {
        return new Act(
                new Action.DeletePod(new PodView.PodRef(pod, "uid-" + pod), false),
                Reason.REMOVING_POD,
                pod);
    }
}
