package dev.weir.operator.plan;

import static dev.weir.operator.plan.Scenario.REVISION;
import static dev.weir.operator.plan.Scenario.closed;
import static dev.weir.operator.plan.Scenario.current;
import static dev.weir.operator.plan.Scenario.empty;
import static dev.weir.operator.plan.Scenario.having;
import static dev.weir.operator.plan.Scenario.job;
import static dev.weir.operator.plan.Scenario.ledger;
import static dev.weir.operator.plan.Scenario.silent;
import static dev.weir.operator.plan.Scenario.storekeeper;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.crds.DeletionSpec.StateOnDeletion;
import dev.weir.crds.Phase;
import dev.weir.crds.Reason;
import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.Seen;
import dev.weir.operator.plan.Plan.Act;
import dev.weir.operator.plan.Plan.Await;
import dev.weir.operator.plan.Plan.Converged;
import dev.weir.operator.plan.PodView.Role;
import dev.weir.operator.plan.PodView.Starting;
import dev.weir.protocol.Problem;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.RuntimeState.Held;
import dev.weir.protocol.RuntimeState.Unfit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Plans made of evidence that is old, wiped, or late: each of these was a seed of the simulator.
 */
class StaleEvidenceTest {

    private static Action action(Plan plan) {
        assertThat(plan).isInstanceOf(Act.class);
        return ((Act) plan).action();
    }

    @Test
    void rule4_anActivateThatCameBeforeThePodWasHeldIsToldAgain() {
        var held = current("a", new Held(), closed(3, CloseReason.HANDOVER, true));
        var command = ((Action.Activate) action(job().pod(held).plan())).command();
        var early = new Receipt(command.id(), Receipt.Outcome.STALE, "the pod is Preparing");
        var again = (Action.Activate) action(job().pod(having(held, early)).plan());
        assertThat(again.command()).isEqualTo(command);
    }

    @Test
    void rule10_anOldLookThatFoundNothingOfTheJobDoesNotLetADeletedJobGo() {
        var second = Duration.ofSeconds(1);
        var others = ledger(3, "another", new LedgerView.Open());
        for (var state : StateOnDeletion.values()) {
            for (var nothing : List.of(empty(), others)) {
                var early = current("a", new Held(), nothing);
                var waits = job().deleted(state, second).pod(early);
                assertThat(action(waits.plan()))
                        .isEqualTo(new Action.DeletePod(early.ref(), false));
                var keeper = storekeeper("k", new Held(), nothing);
                var looked = job().deleted(state, second).pod(keeper);
                assertThat(action(looked.plan())).isEqualTo(new Action.RemoveFinalizer());
            }
        }
    }

    @Test
    void aPodWhoseProgramALatePlanRemovedIsGivenItAgain() {
        var waits = silent("a", REVISION, new Starting(), Seen.absent());
        assertThat(action(job().programs().pod(waits).plan()))
                .isEqualTo(new Action.CreateProgram(REVISION));
        assertThat(job().pod(waits).plan()).isInstanceOf(Await.class);
    }

    @Test
    void aPodOfAnotherRevisionThatNeverSpokeDoesNotHoldASuspensionUp() {
        var waits = silent("a", Scenario.OLD_REVISION, new Starting(), Seen.absent());
        var plan = job().suspended().recorded(Phase.SUSPENDING, 2).pod(waits).plan();
        assertThat(action(plan)).isEqualTo(new Action.DeletePod(waits.ref(), false));
    }

    @Test
    void rule8_aStoreThatDoesNotAnswerDoesNotEndASuspensionBeforeItsCommit() {
        var problem = Problem.of(Problem.Kind.STORE_UNREACHABLE, "503", "");
        var asks = current("a", new Unfit(problem), closed(2, CloseReason.SUSPEND, false));
        assertThat(job().suspended().recorded(Phase.SUSPENDING, 2).pod(asks).plan())
                .isInstanceOf(Await.class);
    }

    @Test
    void rule8_aSuspendedJobWhoseStatusWasWipedIsLookedAtBeforeItIsSaidToBeSuspended() {
        var create = (Action.CreatePod) action(job().suspended().plan());
        assertThat(create.role()).isEqualTo(Role.STANDALONE);
        var unread = current("a", new Held(), Seen.unreachable("503"));
        assertThat(job().suspended().pod(unread).plan().reason())
                .isEqualTo(Reason.SUSPENDED_WITHOUT_SAVEPOINT);
    }

    @Test
    void rule8_aJobThatWasSuspendedWithoutASavepointGoesOnBeingSaidToBe() {
        var unsaved = new Recorded(Optional.of(Phase.SUSPENDED), Optional.of(2L), true);
        var plan = job().suspended().recorded(unsaved).plan();
        assertThat(plan).isInstanceOf(Converged.class);
        assertThat(plan.reason()).isEqualTo(Reason.SUSPENDED_WITHOUT_SAVEPOINT);
    }
}
