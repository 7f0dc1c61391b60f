package dev.weir.operator.plan;

import static dev.weir.operator.plan.Scenario.NOW;
import static dev.weir.operator.plan.Scenario.REVISION;
import static dev.weir.operator.plan.Scenario.closed;
import static dev.weir.operator.plan.Scenario.current;
import static dev.weir.operator.plan.Scenario.empty;
import static dev.weir.operator.plan.Scenario.having;
import static dev.weir.operator.plan.Scenario.job;
import static dev.weir.operator.plan.Scenario.ledger;
import static dev.weir.operator.plan.Scenario.open;
import static dev.weir.operator.plan.Scenario.outdated;
import static dev.weir.operator.plan.Scenario.running;
import static dev.weir.operator.plan.Scenario.silent;
import static dev.weir.operator.plan.Scenario.storekeeper;
import static dev.weir.operator.plan.Scenario.terminating;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.crds.DeletionSpec.StateOnDeletion;
import dev.weir.crds.Phase;
import dev.weir.crds.Reason;
import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.Seen;
import dev.weir.ledger.Start;
import dev.weir.operator.plan.Plan.Act;
import dev.weir.operator.plan.Plan.Await;
import dev.weir.operator.plan.Plan.Blocked;
import dev.weir.operator.plan.Plan.Converged;
import dev.weir.operator.plan.PodView.Crashing;
import dev.weir.operator.plan.PodView.Dead;
import dev.weir.operator.plan.PodView.Misconfigured;
import dev.weir.operator.plan.PodView.NoImage;
import dev.weir.operator.plan.PodView.Role;
import dev.weir.operator.plan.PodView.Unschedulable;
import dev.weir.operator.plan.PodView.Up;
import dev.weir.protocol.Problem;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.RuntimeState.GaveUp;
import dev.weir.protocol.RuntimeState.Held;
import dev.weir.protocol.RuntimeState.Preparing;
import dev.weir.protocol.RuntimeState.Recovering;
import dev.weir.protocol.RuntimeState.Unfit;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private static Action action(Plan plan) {
        assertThat(plan).isInstanceOf(Act.class);
        return ((Act) plan).action();
    }

    @Test
    void theFinalizerComesBeforeAnythingIsMade() {
        assertThat(action(job().withoutFinalizer().plan())).isEqualTo(new Action.AddFinalizer());
    }

    @Test
    void theProgramIsWrittenBeforeThePodThatMountsIt() {
        assertThat(action(job().programs().plan())).isEqualTo(new Action.CreateProgram(REVISION));
        assertThat(action(job().plan())).isInstanceOf(Action.CreatePod.class);
    }

    @Test
    void aRepeatedLookNamesTheSamePodAndALaterOneAnother() {
        assertThat(action(job().plan())).isEqualTo(action(job().plan()));
        var gone = terminating(current("a", running(3), open(3)));
        assertThat(action(job().pod(gone).plan())).isNotEqualTo(action(job().plan()));
    }

    @Test
    void rule5_anEmptyLedgerWithNothingRecordedIsAFirstStart() {
        var plan = job().pod(current("a", new Held(), empty())).plan();
        var activate = (Action.Activate) action(plan);
        assertThat(activate.command().start()).isEqualTo(new Start.First());
        assertThat(activate.command().expectedTerm()).isZero();
    }

    @Test
    void rule5_anEmptyLedgerOfAJobThatRanIsNoFirstStart() {
        var plan = job().recorded(Phase.RUNNING, 4).pod(current("a", new Held(), empty())).plan();
        assertThat(plan).isInstanceOf(Blocked.class);
        assertThat(plan.reason()).isEqualTo(Reason.LEDGER_MISSING);
    }

    @Test
    void rule4_anActivationCarriesTheTermThatThePodHasRead() {
        var plan = job().pod(current("a", new Held(), open(12))).plan();
        var activate = (Action.Activate) action(plan);
        assertThat(activate.command().expectedTerm()).isEqualTo(12);
        assertThat(activate.command().start()).isEqualTo(new Start.Latest());
    }

    @Test
    void rule11_theLedgerOfALivingJobIsLeftAlone() {
        var foreign = ledger(3, "another", new LedgerView.Open());
        var plan = job().pod(current("a", new Held(), foreign)).plan();
        assertThat(plan.reason()).isEqualTo(Reason.LEDGER_FOREIGN);
        assertThat(plan).isInstanceOf(Blocked.class);
    }

    @Test
    void rule11_theLedgerOfADeletedJobIsGoneOnFrom() {
        var left =
                ledger(
                        3,
                        "another",
                        new LedgerView.ClosedFor(
                                CloseReason.DELETION, java.util.Optional.empty(), true));
        assertThat(action(job().pod(current("a", new Held(), left)).plan()))
                .isInstanceOf(Action.Activate.class);
    }

    @Test
    void aLedgerThatCannotBeReadIsNeverTakenForAnEmptyOne() {
        var plan = job().pod(current("a", new Held(), Seen.unreachable("403"))).plan();
        assertThat(plan).isInstanceOf(Await.class);
        assertThat(plan.reason()).isEqualTo(Reason.LEDGER_UNREACHABLE);
    }

    @Test
    void aCommandThatThePodHasTakenOnIsNotSentAgain() {
        var pod = current("a", new Held(), open(12));
        var sent = ((Action.Activate) action(job().pod(pod).plan())).command().id();
        var told = having(pod, new Receipt(sent, Receipt.Outcome.ACCEPTED, ""));
        assertThat(job().pod(told).plan()).isInstanceOf(Await.class);
    }

    @Test
    void rule2_anUnreadableRestorePointBlocksAndNothingOlderIsTaken() {
        var pod = current("a", new Held(), open(12));
        var sent = ((Action.Activate) action(job().pod(pod).plan())).command().id();
        var told = having(pod, new Receipt(sent, Receipt.Outcome.UNREADABLE, "s3://b/c is gone"));
        var plan = job().pod(told).plan();
        assertThat(plan).isInstanceOf(Blocked.class);
        assertThat(plan.reason()).isEqualTo(Reason.RESTORE_POINT_UNREADABLE);
        assertThat(plan.detail()).contains("s3://b/c");
    }

    @Test
    void aJobThatRunsTheSpecsRevisionIsLeftAlone() {
        var plan = job().pod(current("a", running(2), open(2))).plan();
        assertThat(plan).isInstanceOf(Converged.class);
    }

    @Test
    void aDeadPodIsRemovedAndAnotherIsMadeWhileItGoes() {
        var dead = silent("a", REVISION, new Dead("CrashLoopBackOff"), Seen.absent());
        assertThat(action(job().pod(dead).plan()))
                .isEqualTo(new Action.DeletePod(dead.ref(), true));
        assertThat(action(job().pod(terminating(dead)).plan()))
                .isInstanceOf(Action.CreatePod.class);
    }

    @Test
    void aPodThatEndsSoonAfterEachStartIsLeftToTheKubelet() {
        assertThat(CrashLoop.of(Duration.ofSeconds(3), 2, "back-off 20s"))
                .isEqualTo(new Crashing("back-off 20s"));
        var pod = silent("a", REVISION, new Crashing("back-off 20s"), Seen.absent());
        var plan = job().recorded(Phase.RUNNING, 2).pod(pod).plan();
        assertThat(plan).isEqualTo(new Blocked(Reason.POD_CRASHING, "back-off 20s"));
    }

    @Test
    void aPodThatRanForAWhileOrWasStartedOftenIsReplacedAtOnce() {
        assertThat(CrashLoop.of(CrashLoop.A_WHILE, 2, "back-off 20s"))
                .isEqualTo(new Dead("back-off 20s"));
        assertThat(CrashLoop.of(Duration.ofSeconds(3), CrashLoop.MANY_STARTS, "back-off 160s"))
                .isEqualTo(new Dead("back-off 160s"));
    }

    @Test
    void aPodThatIsUpAndSilentDecidesNothing() {
        var pod = silent("a", REVISION, new Up(), Seen.unreachable("timed out"));
        var plan = job().recorded(Phase.RUNNING, 2).pod(pod).plan();
        assertThat(plan).isInstanceOf(Await.class);
        assertThat(plan.reason()).isEqualTo(Reason.RUNTIME_UNREACHABLE);
    }

    @Test
    void whatKeepsAPodFromStartingIsSaid() {
        assertThat(waiting(new Unschedulable("no room"))).isEqualTo(Reason.POD_UNSCHEDULABLE);
        assertThat(waiting(new NoImage("not found"))).isEqualTo(Reason.IMAGE_UNAVAILABLE);
        assertThat(waiting(new Misconfigured("secret"))).isEqualTo(Reason.POD_MISCONFIGURED);
    }

    private static Reason waiting(PodView.Health health) {
        return job().pod(silent("a", REVISION, health, Seen.absent())).plan().reason();
    }

    @Test
    void aProgramThatDoesNotCompileNeverStopsTheJobThatRuns() {
        var problem =
                Problem.of(Problem.Kind.PROGRAM_INVALID, "no such table: flights", "create it");
        var plan =
                job().recorded(Phase.RUNNING, 2)
                        .pod(outdated("old", running(2), open(2)))
                        .pod(current("new", new Unfit(problem), open(2)))
                        .plan();
        assertThat(plan).isInstanceOf(Blocked.class);
        assertThat(plan.reason()).isEqualTo(Reason.PROGRAM_INVALID);
        assertThat(plan.detail()).contains("flights");
    }

    @Test
    void theOldRevisionRunsUntilTheNewOneIsHeld() {
        var old = outdated("old", running(2), open(2));
        assertThat(action(job().pod(old).plan())).isInstanceOf(Action.CreatePod.class);
        assertThat(job().pod(old).pod(current("new", new Preparing(), open(2))).plan().reason())
                .isEqualTo(Reason.PREPARING);
        var stop =
                (Action.Stop)
                        action(job().pod(old).pod(current("new", new Held(), open(2))).plan());
        assertThat(stop.pod()).isEqualTo(old.ref());
        assertThat(stop.command().reason()).isEqualTo(CloseReason.HANDOVER);
        assertThat(stop.command().expectedTerm()).isEqualTo(2);
    }

    @Test
    void theNewRevisionIsActivatedOnceTheOldOneIsHeldAgain() {
        var plan =
                job().pod(outdated("old", new Held(), closed(2, CloseReason.HANDOVER, true)))
                        .pod(current("new", new Held(), open(2)))
                        .plan();
        assertThat(((Action.Activate) action(plan)).pod().name()).isEqualTo("new");
    }

    @Test
    void anOldPodGoesWhenTheNewRevisionRuns() {
        var old = outdated("old", new Held(), closed(2, CloseReason.HANDOVER, true));
        var plan = job().pod(old).pod(current("new", running(3), open(3))).plan();
        assertThat(action(plan)).isEqualTo(new Action.DeletePod(old.ref(), false));
    }

    @Test
    void aJobThatKeepsFailingIsSucceededWithoutASavepoint() {
        var failing = outdated("old", new Recovering(5, "division by zero", 3, NOW), open(5));
        var plan = job().pod(failing).pod(current("new", new Held(), open(5))).plan();
        assertThat(action(plan)).isInstanceOf(Action.Activate.class);
    }

    @Test
    void aSuspendedJobIsStoppedWithASavepointAndThenHasNoPods() {
        var runs = job().suspended().recorded(Phase.RUNNING, 2);
        assertThat(action(runs.pod(current("a", running(2), open(2))).plan()))
                .isInstanceOf(Action.Stop.class);
        var stopped = current("a", new Held(), closed(2, CloseReason.SUSPEND, true));
        var plan = job().suspended().recorded(Phase.SUSPENDING, 2).pod(stopped).plan();
        assertThat(action(plan)).isEqualTo(new Action.DeletePod(stopped.ref(), false));
        assertThat(plan.reason()).isEqualTo(Reason.SUSPENDED);
        assertThat(job().suspended().recorded(Phase.SUSPENDED, 2).plan())
                .isInstanceOf(Converged.class);
    }

    @Test
    void aJobThatFailedOnceIsWaitedForToTakeItsSavepointAndOneThatKeepsFailingIsNot() {
        var soon = NOW.plusSeconds(1);
        var once = current("a", new Recovering(2, "broker away", 1, soon), open(2));
        assertThat(job().suspended().recorded(Phase.RUNNING, 2).pod(once).plan())
                .isEqualTo(new Await(Reason.STOPPING, "broker away", Optional.of(soon)));
        assertThat(job().deleted(StateOnDeletion.RETAIN, Duration.ofSeconds(1)).pod(once).plan())
                .isEqualTo(new Await(Reason.DELETING, "broker away", Optional.of(soon)));
        var often = current("a", new Recovering(9, "poisoned", Pods.KEEPS_FAILING, soon), open(9));
        var plan = job().suspended().recorded(Phase.RUNNING, 9).pod(often).plan();
        assertThat(action(plan)).isEqualTo(new Action.DeletePod(often.ref(), false));
        assertThat(plan.reason()).isEqualTo(Reason.SUSPENDED_WITHOUT_SAVEPOINT);
    }

    @Test
    void rule8_aStopThatWasCutShortIsFinishedBeforeThePodsGo() {
        var cut = current("a", new Held(), closed(2, CloseReason.SUSPEND, false));
        var plan = job().suspended().recorded(Phase.SUSPENDING, 2).pod(cut).plan();
        assertThat(action(plan)).isInstanceOf(Action.Activate.class);
        assertThat(plan.reason()).isEqualTo(Reason.FINISHING_COMMIT);
    }

    @Test
    void aJobThatIsApplyingForNothingYetAndSuspendedNeedsNoPod() {
        assertThat(job().suspended().programs().plan()).isInstanceOf(Converged.class);
    }

    @Test
    void rule10_aDeletedJobIsStoppedThenItsLedgerIsClosedThenItIsLetGo() {
        var asked = Duration.ofSeconds(1);
        var runs = job().deleted(StateOnDeletion.RETAIN, asked);
        var stop = (Action.Stop) action(runs.pod(current("a", running(2), open(2))).plan());
        assertThat(stop.command().reason()).isEqualTo(CloseReason.DELETION);
        var done = current("a", new Held(), closed(2, CloseReason.DELETION, true));
        assertThat(action(job().deleted(StateOnDeletion.RETAIN, asked).pod(done).plan()))
                .isEqualTo(new Action.RemoveFinalizer());
        var erasing = job().deleted(StateOnDeletion.DELETE, asked);
        assertThat(action(erasing.pod(done).plan()))
                .isEqualTo(new Action.DeletePod(done.ref(), false));
        var keeper = storekeeper("k", new Held(), closed(2, CloseReason.DELETION, true));
        assertThat(action(job().deleted(StateOnDeletion.DELETE, asked).pod(keeper).plan()))
                .isInstanceOf(Action.EraseState.class);
    }

    @Test
    void rule10_whereNoPodLivesAStorekeeperClosesTheLedger() {
        var asked = Duration.ofSeconds(1);
        var create = (Action.CreatePod) action(job().deleted(StateOnDeletion.RETAIN, asked).plan());
        assertThat(create.role()).isEqualTo(Role.STOREKEEPER);
        var keeper = storekeeper("k", new Held(), closed(2, CloseReason.SUSPEND, true));
        assertThat(action(job().deleted(StateOnDeletion.RETAIN, asked).pod(keeper).plan()))
                .isInstanceOf(Action.CloseLedger.class);
    }

    @Test
    void aDeletionAlwaysEnds() {
        var stuck = silent("a", REVISION, new Up(), Seen.unreachable("timed out"));
        var late = job().deleted(StateOnDeletion.RETAIN, TeardownPlanner.STOP_BY.plusSeconds(1));
        assertThat(action(late.pod(stuck).plan()))
                .isEqualTo(new Action.DeletePod(stuck.ref(), true));
        var over = job().deleted(StateOnDeletion.DELETE, TeardownPlanner.GIVE_UP.plusSeconds(1));
        var plan = over.pod(stuck).plan();
        assertThat(action(plan)).isEqualTo(new Action.RemoveFinalizer());
        assertThat(plan.reason()).isEqualTo(Reason.DELETION_INCOMPLETE);
    }

    @Test
    void aJobWhoseNamespaceIsDeletedIsLetGoAsSoonAsItsLastPodIsGone() {
        var plan =
                job().deleted(StateOnDeletion.RETAIN, Duration.ofSeconds(1))
                        .namespaceEnding()
                        .plan();
        assertThat(action(plan)).isEqualTo(new Action.RemoveFinalizer());
        assertThat(plan.reason()).isEqualTo(Reason.DELETION_INCOMPLETE);
    }

    @Test
    void nothingIsMadeInANamespaceThatIsDeleted() {
        var plan = job().namespaceEnding().plan();
        assertThat(plan).isInstanceOf(Blocked.class);
        assertThat(plan.reason()).isEqualTo(Reason.NAMESPACE_ENDING);
    }

    @Test
    void everyWaitOfADeletionHasAnEnd() {
        var silent = silent("a", REVISION, new Up(), Seen.absent());
        var plan = job().deleted(StateOnDeletion.RETAIN, Duration.ofSeconds(1)).pod(silent).plan();
        assertThat(plan).isInstanceOf(Await.class);
        assertThat(((Await) plan).until()).isPresent();
    }

    @Test
    void aJobThatWasGivenUpSaysWhyAndWaits() {
        var plan = job().pod(current("a", new GaveUp(9, "poisoned record", 5), open(9))).plan();
        assertThat(plan.reason()).isEqualTo(Reason.JOB_FAILED);
        assertThat(plan.detail()).contains("poisoned record");
    }

    @Test
    void aProgramThatNoPodUsesIsRemoved() {
        var plan =
                job().programs(Names.shortRevision(REVISION), "cccccccccc")
                        .pod(current("a", running(2), open(2)))
                        .plan();
        assertThat(action(plan)).isEqualTo(new Action.DeleteProgram("cccccccccc"));
    }
}
