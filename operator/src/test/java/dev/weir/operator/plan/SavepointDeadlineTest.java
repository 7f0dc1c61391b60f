package dev.weir.operator.plan;

import static dev.weir.operator.plan.SavepointScenes.OURS;
import static dev.weir.operator.plan.SavepointScenes.PATIENCE;
import static dev.weir.operator.plan.SavepointScenes.RESULT;
import static dev.weir.operator.plan.SavepointScenes.absent;
import static dev.weir.operator.plan.SavepointScenes.scene;
import static dev.weir.operator.plan.SavepointScenes.told;
import static dev.weir.operator.plan.SavepointScenes.unreachable;
import static dev.weir.operator.plan.SavepointScenes.waiting;
import static dev.weir.operator.plan.SavepointScenes.wanted;
import static dev.weir.operator.plan.Scenario.NOW;
import static dev.weir.operator.plan.Scenario.REVISION;
import static dev.weir.operator.plan.Scenario.current;
import static dev.weir.operator.plan.Scenario.open;
import static dev.weir.operator.plan.Scenario.running;
import static dev.weir.operator.plan.Scenario.silent;
import static dev.weir.operator.plan.Scenario.terminating;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.crds.Reason;
import dev.weir.crds.SavepointPhase;
import dev.weir.ledger.Seen;
import dev.weir.operator.plan.PodView.Health;
import dev.weir.operator.plan.SavepointPlan.Await;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import dev.weir.protocol.SavepointView.Complete;
import dev.weir.protocol.SavepointView.Failed;
import dev.weir.protocol.SavepointView.LookedUp;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rule 7 of the savepoint's planner: how long one is waited for. */
final class SavepointDeadlineTest {

    private static final PodView RUNS = current("a", running(3), open(3));
    private static final PodView HELD = current("a", new RuntimeState.Held(), open(3));

    @Test
    void oneThatStillWaitsAtItsDeadlineHasFailedAndNotAMomentEarlier() {
        var almost = PATIENCE.minusMillis(1);
        assertThat(plan(almost, scene(HELD)))
                .isEqualTo(
                        new Await(
                                SavepointPhase.PENDING,
                                Reason.WAITING_FOR_JOB,
                                "it is suspended",
                                Optional.of(NOW.plusMillis(1))));
        assertThat(plan(PATIENCE, scene(HELD)))
                .isEqualTo(overdue("WaitingForJob, it is suspended"));
        assertThat(plan(PATIENCE, scene())).isEqualTo(overdue("WaitingForJob, it is suspended"));
    }

    @Test
    void whateverItWaitsForTheDeadlineIsTheSame() {
        assertThat(plan(PATIENCE, absent())).isEqualTo(overdue("JobMissing, delays"));
        assertThat(plan(PATIENCE, scene(told(RUNS, "other", 3, new LookedUp()))))
                .isEqualTo(overdue("WaitingForSavepoint"));
    }

    @Test
    void oneThatCanBeBegunOrIsUnderWayOrCompleteIsNoLessSoAfterTheDeadline() {
        var late = PATIENCE.plusHours(1);
        assertThat(plan(late, scene(RUNS))).isInstanceOf(SavepointPlan.Act.class);
        assertThat(plan(late, scene(told(RUNS, OURS, 3, new LookedUp()))))
                .isEqualTo(new Await(SavepointPhase.PREPARING, Reason.SAVEPOINT_IN_PROGRESS, ""));
        assertThat(plan(late, scene(told(HELD, OURS, 3, new Complete(RESULT)))))
                .isEqualTo(new SavepointPlan.Completed(RESULT));
    }

    @Test
    void anAttemptThatFailsWithItsJobAfterTheDeadlineIsTheLast() {
        assertThat(plan(PATIENCE, scene(told(HELD, OURS, 3, new Failed("the job failed", 1)))))
                .isEqualTo(overdue("WaitingForJob, it is suspended"));
    }

    @Test
    void whileTheApiServerOrAPodThatMayRunIsNotHeardTheDeadlineDoesNotStrike() {
        assertThat(plan(PATIENCE, unreachable())).isInstanceOf(Await.class);
        for (Health health : List.of(new PodView.Up(), new PodView.Starting())) {
            for (Seen<RuntimeView> unheard :
                    List.of(Seen.<RuntimeView>absent(), Seen.<RuntimeView>unreachable("silence"))) {
                var pod = silent("a", REVISION, health, unheard);
                assertThat(plan(PATIENCE, scene(pod))).as("%s", pod).isInstanceOf(Await.class);
                assertThat(plan(PATIENCE, scene(terminating(pod))))
                        .isEqualTo(overdue("WaitingForJob, it is suspended"));
            }
        }
    }

    @Test
    void aPodThatCannotRunKeepsNobodyWaiting() {
        for (Health health :
                List.of(
                        new PodView.Unschedulable("no node"),
                        new PodView.NoImage("not found"),
                        new PodView.Misconfigured("no secret"),
                        new PodView.Crashing("exit 1"),
                        new PodView.Dead("evicted"))) {
            assertThat(plan(PATIENCE, scene(silent("a", REVISION, health, Seen.absent()))))
                    .as("%s", health)
                    .isEqualTo(overdue("WaitingForJob, it is suspended"));
        }
    }

    @Test
    void oneWhoseStatusWasWipedHasItsTimeAnew() {
        assertThat(SavepointPlanner.plan(wanted().plain(), RecordedSavepoint.nothing(), scene()))
                .isEqualTo(
                        new Await(
                                SavepointPhase.PENDING,
                                Reason.WAITING_FOR_JOB,
                                "it is suspended",
                                Optional.of(NOW.plus(PATIENCE))));
    }

    private static SavepointPlan plan(Duration waited, SavepointScene seen) {
        return SavepointPlanner.plan(wanted().plain(), waiting(waited), seen);
    }

    private static SavepointPlan overdue(String why) {
        return new SavepointPlan.Failed(Reason.SAVEPOINT_OVERDUE, why);
    }
}
