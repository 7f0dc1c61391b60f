package dev.weir.operator.plan;

import static dev.weir.operator.plan.SavepointScenes.OURS;
import static dev.weir.operator.plan.SavepointScenes.RESULT;
import static dev.weir.operator.plan.SavepointScenes.absent;
import static dev.weir.operator.plan.SavepointScenes.deleted;
import static dev.weir.operator.plan.SavepointScenes.receipted;
import static dev.weir.operator.plan.SavepointScenes.scene;
import static dev.weir.operator.plan.SavepointScenes.told;
import static dev.weir.operator.plan.SavepointScenes.unreachable;
import static dev.weir.operator.plan.SavepointScenes.wanted;
import static dev.weir.operator.plan.Scenario.current;
import static dev.weir.operator.plan.Scenario.open;
import static dev.weir.operator.plan.Scenario.running;
import static dev.weir.operator.plan.Scenario.storekeeper;
import static dev.weir.operator.plan.Scenario.terminating;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.crds.Reason;
import dev.weir.crds.SavepointPhase;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.RestorePoint;
import dev.weir.ledger.Seen;
import dev.weir.operator.plan.SavepointPlan.Act;
import dev.weir.operator.plan.SavepointPlan.Await;
import dev.weir.operator.plan.SavepointPlan.Settled;
import dev.weir.protocol.Command;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.Receipt.Outcome;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import dev.weir.protocol.SavepointView.InProgress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The end of a savepoint, with its files or without. */
final class SavepointTeardownTest {

    private static final PodView RUNS = current("a", running(3), open(3));
    private static final WantedSavepoint WITH_FILES = deleted(wanted().erasedAndProtected());

    @Test
    void oneWithoutOurFinalizerGoesByItselfAndNobodyIsAsked() {
        for (WantedSavepoint wanted : List.of(wanted().plain(), wanted().erased())) {
            assertThat(SavepointPlanner.known(deleted(wanted), RecordedSavepoint.nothing()))
                    .containsInstanceOf(Settled.class);
        }
    }

    @Test
    void oneWhoseFilesAreKeptIsLetGoWithoutAWordToThePods() {
        assertThat(
                        SavepointPlanner.known(
                                deleted(wanted().protectedOnly()),
                                SavepointScenes.recorded(SavepointPhase.COMPLETED)))
                .contains(letGo(Reason.RELEASING_FILES, ""));
    }

    @Test
    void rule10_anyPodThatHasReadTheLedgerIsToldToDeleteTheFilesAtItsTerm() {
        for (PodView pod :
                List.of(
                        RUNS,
                        current("a", new RuntimeState.Held(), open(3)),
                        storekeeper("a", new RuntimeState.Held(), open(3)))) {
            assertThat(plan(scene(pod)))
                    .isInstanceOfSatisfying(
                            Act.class,
                            act -> {
                                var command = erased(act);
                                assertThat(command.podUid()).isEqualTo("uid-a");
                                assertThat(command.expectedTerm()).isEqualTo(3);
                                assertThat(command.savepointUid()).isEqualTo(OURS);
                            });
        }
    }

    @Test
    void theResourceGoesOnceAPodSaysThatTheFilesAreGone() {
        var id = erased(plan(scene(RUNS))).id();
        assertThat(plan(scene(receipted(RUNS, new Receipt(id, Outcome.ACCEPTED, "")))))
                .isEqualTo(deleting(Reason.ERASING_SAVEPOINT, "a"));
        assertThat(plan(scene(receipted(RUNS, new Receipt(id, Outcome.DONE, "")))))
                .isEqualTo(letGo(Reason.SAVEPOINT_ERASED, ""));
        for (Outcome outcome : List.of(Outcome.STALE, Outcome.FAILED, Outcome.REFUSED)) {
            assertThat(erased(plan(scene(receipted(RUNS, new Receipt(id, outcome, ""))))).id())
                    .isEqualTo(id);
        }
    }

    @Test
    void nothingIsDeletedWhileItIsBeingTaken() {
        var taking = told(RUNS, OURS, 3, new InProgress(42, RuntimeView.Phase.EXECUTING));
        assertThat(plan(scene(taking)))
                .isEqualTo(
                        deleting(Reason.SAVEPOINT_IN_PROGRESS, "its files are deleted after that"));
    }

    @Test
    void rule10_nothingIsDeletedThatTheJobsStateWouldComeFrom() {
        var term = ((Seen.Present<LedgerView>) open(3)).value();
        var from = (LedgerView.Term) term;
        Seen<LedgerView> restored =
                Seen.present(
                        new LedgerView.Term(
                                3,
                                from.claim(),
                                1,
                                new RestorePoint.Savepoint(42, RESULT.location()),
                                42,
                                new LedgerView.Open()));
        assertThat(plan(scene(current("a", running(3), restored))))
                .isEqualTo(deleting(Reason.SAVEPOINT_IN_USE, ""));
    }

    @Test
    void whereNoPodIsHeardOneIsWaitedFor() {
        var unread = current("b", new RuntimeState.Preparing(), Seen.unreachable("not read yet"));
        for (SavepointScene scene : List.of(scene(), scene(unread), scene(terminating(RUNS)))) {
            assertThat(plan(scene)).isEqualTo(deleting(Reason.ERASURE_WAITS, "it is suspended"));
        }
    }

    @Test
    void aJobThatIsGoneLetsItGoAndOneThatIsNotToldOfDoesNot() {
        assertThat(plan(absent())).isEqualTo(letGo(Reason.SAVEPOINT_FILES_LEFT, "delays"));
        assertThat(plan(unreachable())).isEqualTo(deleting(Reason.JOB_UNREADABLE, "500"));
    }

    private static SavepointPlan plan(SavepointScene scene) {
        return SavepointPlanner.plan(
                WITH_FILES, SavepointScenes.recorded(SavepointPhase.COMPLETED), scene);
    }

    private static SavepointPlan letGo(Reason reason, String detail) {
        return new Act(new SavepointAction.RemoveFinalizer(), reason, detail);
    }

    private static SavepointPlan deleting(Reason reason, String detail) {
        return new Await(SavepointPhase.DELETING, reason, detail);
    }

    private static Command.EraseSavepoint erased(SavepointPlan plan) {
        assertThat(plan).isInstanceOf(Act.class);
        return ((SavepointAction.Erase) ((Act) plan).action()).command();
    }
}
