package dev.weir.operator.plan;

import static dev.weir.operator.plan.SavepointScenes.OURS;
import static dev.weir.operator.plan.SavepointScenes.RESULT;
import static dev.weir.operator.plan.SavepointScenes.absent;
import static dev.weir.operator.plan.SavepointScenes.receipted;
import static dev.weir.operator.plan.SavepointScenes.scene;
import static dev.weir.operator.plan.SavepointScenes.told;
import static dev.weir.operator.plan.SavepointScenes.unreachable;
import static dev.weir.operator.plan.SavepointScenes.wanted;
import static dev.weir.operator.plan.Scenario.current;
import static dev.weir.operator.plan.Scenario.open;
import static dev.weir.operator.plan.Scenario.outdated;
import static dev.weir.operator.plan.Scenario.running;
import static dev.weir.operator.plan.Scenario.terminating;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.crds.Reason;
import dev.weir.crds.SavepointPhase;
import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.operator.plan.SavepointPlan.Act;
import dev.weir.operator.plan.SavepointPlan.Await;
import dev.weir.operator.plan.SavepointPlan.Settled;
import dev.weir.protocol.Command;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.Receipt.Outcome;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import dev.weir.protocol.SavepointFormat;
import dev.weir.protocol.SavepointView;
import dev.weir.protocol.SavepointView.Complete;
import dev.weir.protocol.SavepointView.Failed;
import dev.weir.protocol.SavepointView.InProgress;
import dev.weir.protocol.SavepointView.LookedUp;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One savepoint in one scene, and what is decided. */
final class SavepointPlannerTest {

    private static final PodView RUNS = current("a", running(3), open(3));

    @Test
    void aJobThatRunsIsToldToTakeItInItsTerm() {
        assertThat(plan(scene(RUNS)))
                .isInstanceOfSatisfying(
                        Act.class,
                        act -> {
                            var command = taken(act);
                            assertThat(command.podUid()).isEqualTo("uid-a");
                            assertThat(command.jobUid()).isEqualTo(Scenario.JOB_UID);
                            assertThat(command.expectedTerm()).isEqualTo(3);
                            assertThat(command.savepointUid()).isEqualTo(OURS);
                            assertThat(command.format()).isEqualTo(SavepointFormat.CANONICAL);
                        });
    }

    @Test
    void rule4_twoLookersGiveTheSameCommandAndAnotherTermAnotherOne() {
        var first = taken(plan(scene(RUNS)));
        assertThat(taken(plan(scene(RUNS)))).isEqualTo(first);
        assertThat(taken(plan(scene(current("a", running(4), open(4))))).id())
                .isNotEqualTo(first.id());
    }

    @Test
    void whileTheJobDoesNotRunItIsWaitedFor() {
        for (RuntimeState state :
                List.of(
                        new RuntimeState.Preparing(),
                        new RuntimeState.Held(),
                        new RuntimeState.Activating(3, Scenario.NOW),
                        new RuntimeState.Recovering(3, "cause", 1, Scenario.NOW),
                        new RuntimeState.Stopping(3, CloseReason.SUSPEND, Scenario.NOW),
                        new RuntimeState.GaveUp(3, "cause", 5),
                        new RuntimeState.Ended(3, "finished"))) {
            assertThat(plan(scene(current("a", state, open(3)))))
                    .as("%s", state)
                    .isEqualTo(pending(Reason.WAITING_FOR_JOB, "it is suspended"));
        }
        assertThat(plan(scene())).isEqualTo(pending(Reason.WAITING_FOR_JOB, "it is suspended"));
    }

    @Test
    void aJobThatIsNotThereIsSaidToBeMissingAndOneThatIsNotToldOfIsNot() {
        assertThat(plan(absent())).isEqualTo(pending(Reason.JOB_MISSING, "delays"));
        assertThat(plan(unreachable())).isEqualTo(pending(Reason.JOB_UNREADABLE, "500"));
    }

    @Test
    void theNewestTermsPodIsToldAndNeverAZombieOrOneThatEnds() {
        var zombie = outdated("old", running(2), open(2));
        assertThat(taken(plan(scene(zombie, RUNS))).podUid()).isEqualTo("uid-a");
        var starting = current("b", new RuntimeState.Activating(4, Scenario.NOW), open(4));
        assertThat(plan(scene(RUNS, starting)))
                .isEqualTo(pending(Reason.WAITING_FOR_JOB, "it is suspended"));
        assertThat(plan(scene(terminating(RUNS))))
                .isEqualTo(pending(Reason.WAITING_FOR_JOB, "it is suspended"));
    }

    @ParameterizedTest
    @CsvSource({
        "TRIGGERING, PREPARING",
        "PREPARING, PREPARING",
        "EXECUTING, EXECUTING",
        "COMPLETING, COMPLETING"
    })
    void theEnginesPhaseIsThePhase(RuntimeView.Phase engine, SavepointPhase phase) {
        assertThat(plan(scene(told(RUNS, OURS, 3, new InProgress(42, engine)))))
                .isEqualTo(new Await(phase, Reason.SAVEPOINT_IN_PROGRESS, ""));
    }

    @Test
    void oneThatIsLookedForIsNotAskedForAgain() {
        assertThat(plan(scene(told(RUNS, OURS, 3, new LookedUp()))))
                .isEqualTo(new Await(SavepointPhase.PREPARING, Reason.SAVEPOINT_IN_PROGRESS, ""));
    }

    @Test
    void oneUnderWayAtAZombieIsWaitedForAsTwoAtOnceMightLeaveTwo() {
        var zombie =
                told(
                        outdated("old", running(2), open(2)),
                        OURS,
                        2,
                        new InProgress(42, RuntimeView.Phase.EXECUTING));
        assertThat(plan(scene(zombie, RUNS)))
                .isEqualTo(new Await(SavepointPhase.EXECUTING, Reason.SAVEPOINT_IN_PROGRESS, ""));
        assertThat(plan(scene(terminating(zombie), RUNS))).isInstanceOf(Act.class);
    }

    @Test
    void whatAnyPodSaysIsCompleteIs() {
        var held = current("a", new RuntimeState.Held(), open(3));
        for (PodView pod : List.of(RUNS, held, terminating(RUNS))) {
            assertThat(plan(scene(told(pod, OURS, 3, new Complete(RESULT)))))
                    .isEqualTo(new SavepointPlan.Completed(RESULT));
        }
    }

    @Test
    void ofTwoThatAreCompleteTheNewerTermsIsToldAsTheOtherIsAZombies() {
        var older =
                new SavepointView.Result(
                        "s3://b/ns/delays/savepoints/svp-1/0000000000000000002/a",
                        2,
                        "rev",
                        40,
                        4096,
                        Scenario.NOW,
                        Optional.empty(),
                        List.of());
        var zombie = told(outdated("old", running(2), open(2)), OURS, 2, new Complete(older));
        var ours = told(RUNS, OURS, 3, new Complete(RESULT));
        assertThat(plan(scene(zombie, ours))).isEqualTo(new SavepointPlan.Completed(RESULT));
        assertThat(plan(scene(ours, zombie))).isEqualTo(new SavepointPlan.Completed(RESULT));
    }

    @Test
    void whileAnotherIsTakenItWaitsItsTurn() {
        assertThat(plan(scene(told(RUNS, "other", 3, new LookedUp()))))
                .isEqualTo(pending(Reason.WAITING_FOR_SAVEPOINT, ""));
        assertThat(plan(scene(told(RUNS, "other", 3, new Complete(RESULT)))))
                .isInstanceOf(Act.class);
    }

    @Test
    void aCommandThatIsTakenOnIsNotRepeatedAndOneThatDidNothingIs() {
        var id = taken(plan(scene(RUNS))).id();
        assertThat(plan(scene(receipted(RUNS, new Receipt(id, Outcome.ACCEPTED, "")))))
                .isEqualTo(new Await(SavepointPhase.PREPARING, Reason.TAKING_SAVEPOINT, "a"));
        for (Outcome outcome : List.of(Outcome.STALE, Outcome.FAILED)) {
            assertThat(plan(scene(receipted(RUNS, new Receipt(id, outcome, "")))))
                    .isInstanceOf(Act.class);
        }
    }

    @Test
    void whatTheEngineFailsWhileTheJobRunsOnIsTriedAFewTimes() {
        for (int attempt = 1; attempt < SavepointPlanner.ATTEMPTS; attempt++) {
            assertThat(plan(scene(told(RUNS, OURS, 3, new Failed("no room", attempt)))))
                    .isInstanceOf(Act.class);
        }
        assertThat(
                        plan(
                                scene(
                                        told(
                                                RUNS,
                                                OURS,
                                                3,
                                                new Failed("no room", SavepointPlanner.ATTEMPTS)))))
                .isEqualTo(new SavepointPlan.Failed(Reason.SAVEPOINT_FAILED, "no room"));
    }

    @Test
    void whatFailedWithItsJobIsAskedForInTheNextTermHoweverOften() {
        var before = new Failed("the job failed", SavepointPlanner.ATTEMPTS);
        assertThat(
                        taken(plan(scene(told(current("a", running(4), open(4)), OURS, 3, before))))
                                .expectedTerm())
                .isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource(
            value = SavepointPhase.class,
            names = {"COMPLETED", "FAILED"})
    void whatIsSettledStaysSoWhateverIsSeen(SavepointPhase phase) {
        for (SavepointScene scene :
                List.of(
                        scene(RUNS),
                        absent(),
                        scene(told(RUNS, OURS, 3, new Failed("late", 3))),
                        scene(told(RUNS, OURS, 3, new Complete(RESULT))))) {
            assertThat(
                            SavepointPlanner.plan(
                                    wanted().plain(), SavepointScenes.recorded(phase), scene))
                    .isInstanceOf(Settled.class);
            assertThat(SavepointPlanner.known(wanted().plain(), SavepointScenes.recorded(phase)))
                    .isPresent();
        }
    }

    @Test
    void theFinalizerStandsBeforeThereAreFilesAndNotBefore() {
        var erased = wanted().erased();
        assertThat(SavepointPlanner.plan(erased, RecordedSavepoint.nothing(), scene()))
                .as("while it waits there is nothing to delete")
                .isInstanceOf(Await.class);
        assertThat(SavepointPlanner.plan(erased, RecordedSavepoint.nothing(), scene(RUNS)))
                .isEqualTo(
                        new Act(new SavepointAction.AddFinalizer(), Reason.PROTECTING_FILES, ""));
        assertThat(
                        taken(
                                SavepointPlanner.plan(
                                        wanted().erasedAndProtected(),
                                        RecordedSavepoint.nothing(),
                                        scene(RUNS))))
                .isNotNull();
    }

    @Test
    void aChangedPolicyMovesTheFinalizerOfWhatIsSettledToo() {
        var completed = SavepointScenes.recorded(SavepointPhase.COMPLETED);
        assertThat(SavepointPlanner.plan(wanted().erased(), completed, scene()))
                .isEqualTo(
                        new Act(new SavepointAction.AddFinalizer(), Reason.PROTECTING_FILES, ""));
        assertThat(SavepointPlanner.plan(wanted().protectedOnly(), completed, scene()))
                .isEqualTo(
                        new Act(new SavepointAction.RemoveFinalizer(), Reason.RELEASING_FILES, ""));
    }

    private static SavepointPlan plan(SavepointScene scene) {
        return SavepointPlanner.plan(wanted().plain(), RecordedSavepoint.nothing(), scene);
    }

    private static SavepointPlan pending(Reason reason, String detail) {
        return new Await(
                SavepointPhase.PENDING,
                reason,
                detail,
                Optional.of(Scenario.NOW.plus(SavepointScenes.PATIENCE)));
    }

    private static Command.TakeSavepoint taken(SavepointPlan plan) {
        assertThat(plan).isInstanceOf(Act.class);
        return ((SavepointAction.Take) ((Act) plan).action()).command();
    }
}
