package dev.weir.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ledger.ClaimOutcome.Refusal;
import dev.weir.ledger.Closing.Closure;
import dev.weir.ledger.LedgerRecord.Claim;
import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.ledger.LedgerRecord.Closed;
import dev.weir.ledger.LedgerRecord.Sealed;
import dev.weir.ledger.LedgerRecord.Tombstone;
import dev.weir.ledger.fake.Scene;
import dev.weir.ledger.fake.ScriptedStore.Fault;
import dev.weir.ledger.fake.ScriptedStore.Op;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rules 10 and 11: how deletion closes a ledger, and how it buries one. */
final class ClosingTest {

    private final Scene scene = new Scene();

    @Test
    void rule10_anOpenTermIsClosedInItsNextSlotAndItsOwnerFenced() {
        var owned = scene.checkpoint(scene.first("p"), 1);
        assertThat(end(close(1)))
                .isEqualTo(new LedgerView.ClosedFor(CloseReason.DELETION, Optional.empty(), false));
        assertThat(scene.append(owned, 2)).isInstanceOf(Owning.Fenced.class);
        assertThat(scene.term().latest()).isEqualTo(Scene.point(1, 1));
    }

    @Test
    void rule10_aCloseThatIsRepeatedChangesNothing() {
        scene.checkpoint(scene.first("p"), 1);
        var first = close(1);
        assertThat(close(1)).isEqualTo(first);
        assertThat(scene.record(1, 3)).isEmpty();
    }

    @Test
    void rule10_aSuspendedTermIsFollowedByOneThatDeletionClosesWithTheSameSavepoint() {
        var owned = scene.checkpoint(scene.first("p"), 1);
        var savepoint = scene.savepoint(2);
        scene.close(owned, savepoint, CloseReason.SUSPEND, Optional.empty());
        assertThat(close(1)).isInstanceOf(Closing.Settled.class);
        assertThat(scene.term().number()).isEqualTo(2);
        var closed = (Closed) scene.record(2, 1).orElseThrow();
        assertThat(closed.savepoint()).contains(savepoint);
        assertThat(close(1)).as("repeated").isInstanceOf(Closing.Settled.class);
        assertThat(scene.term().number()).isEqualTo(2);
    }

    @Test
    void rule10_aTermThatEndedByItselfIsClosedByDeletionToo() {
        var owned = scene.checkpoint(scene.first("p"), 1);
        scene.run(new Owning(Scene.BOUND, Scene.NEVER_ROLLS).end(owned, "finished", Scene.NOW));
        assertThat(end(close(1)))
                .isEqualTo(new LedgerView.ClosedFor(CloseReason.DELETION, Optional.empty(), false));
        assertThat(scene.term().latest()).isEqualTo(Scene.point(1, 1));
    }

    @Test
    void rule10_aTermThatAClaimantSealedAndLeftIsClosedByDeletion() {
        var owned = scene.checkpoint(scene.first("p"), 1);
        scene.objects.create(
                owned.next().key(), LedgerJson.write(new Sealed("q", Scene.NOW, "pod q")));
        assertThat(close(1)).isInstanceOf(Closing.Settled.class);
        assertThat(scene.term().number()).isEqualTo(2);
    }

    @Test
    void rule10_aCloseWhoseAnswerWasLostHalfwayIsGoneOnWithAtTheTermThatItOpened() {
        var owned = scene.checkpoint(scene.first("p"), 1);
        scene.close(owned, scene.savepoint(2), CloseReason.SUSPEND, Optional.empty());
        var slot = new Slot(2, 1).key();
        var silence = Fault.TIMEOUT_BEFORE;
        scene.store.script(Op.CREATE, slot, silence, silence, silence);
        assertThat(close(1)).isInstanceOf(Closing.Unknown.class);
        assertStale(close(1));
        assertThat(close(2)).isInstanceOf(Closing.Settled.class);
        assertThat(scene.term().number()).isEqualTo(2);
    }

    @Test
    void rule4_aCloseOrBurialOfAnotherTermIsStaleAndTouchesNobody() {
        scene.checkpoint(scene.first("p"), 1);
        var owned = scene.checkpoint(scene.won(Scene.request("q", 1, Scene.latest())), 2);
        assertStale(close(1));
        assertStale(bury(1));
        assertStale(close(3));
        assertThat(scene.append(owned, 3)).isInstanceOf(Owning.Kept.class);
    }

    @Test
    void rule11_anotherJobsLedgerIsNotClosed() {
        scene.first("p");
        var theirs = Scene.of("job-2", Optional.empty(), Scene.request("k", 1, Scene.latest()));
        assertRefused(scene.run(Closing.close(theirs, Scene.BOUND)), Refusal.FOREIGN);
        assertRefused(scene.run(Closing.bury(theirs, Scene.BOUND)), Refusal.FOREIGN);
        assertThat(scene.term().end()).isEqualTo(new LedgerView.Open());
    }

    @Test
    void rule10_aBurialClosesAndPutsATombstoneWhereAClaimWouldStand() {
        var owned = scene.checkpoint(scene.first("p"), 7);
        assertThat(bury(1)).isEqualTo(new Closing.Settled(new LedgerView.Deleted(2, 7)));
        assertThat(scene.record(2, 0)).containsInstanceOf(Tombstone.class);
        assertThat(scene.append(owned, 8)).isInstanceOf(Owning.Fenced.class);
        assertThat(bury(1)).as("repeated").isEqualTo(bury(2));
        assertThat(scene.look()).isEqualTo(new LedgerView.Deleted(2, 7));
    }

    @Test
    void rule10_aBurialNeedsNoReadableState() {
        var owned = scene.checkpoint(scene.first("p"), 1);
        var gone = new RestorePoint.Savepoint(2, "s3://bucket/savepoints/gone");
        scene.close(owned, gone, CloseReason.SUSPEND, Optional.empty());
        assertRefused(close(1), Refusal.RESTORE_POINT_UNREADABLE);
        assertThat(bury(1)).isEqualTo(new Closing.Settled(new LedgerView.Deleted(2, 2)));
    }

    @Test
    void rule10_aLedgerThatDeletionClosedCanStillBeBuried() {
        scene.checkpoint(scene.first("p"), 1);
        close(1);
        assertThat(bury(1)).isEqualTo(new Closing.Settled(new LedgerView.Deleted(2, 1)));
    }

    @Test
    void rule10_aClaimThatTookTheTombstonesPlaceIsToldAsLost() {
        scene.checkpoint(scene.first("p"), 1);
        scene.store.meanwhile(
                Op.CREATE,
                new Slot(2, 0).key(),
                () -> scene.won(Scene.request("q", 1, Scene.latest())));
        assertRefused(bury(1), Refusal.LOST);
        assertThat(scene.record(2, 0)).containsInstanceOf(Claim.class);
    }

    @Test
    void rule10_anEmptyLedgerNeedsNeither() {
        assertThat(close(0)).isEqualTo(new Closing.Settled(new LedgerView.Empty()));
        assertThat(bury(0)).isEqualTo(new Closing.Settled(new LedgerView.Empty()));
        assertThat(scene.store.created()).isEmpty();
    }

    private Closure close(long term) {
        return scene.run(Closing.close(request(term), Scene.BOUND));
    }

    private Closure bury(long term) {
        return scene.run(Closing.bury(request(term), Scene.BOUND));
    }

    private static ClaimRequest request(long term) {
        return Scene.request("keeper", term, Scene.latest());
    }

    private static LedgerView.End end(Closure closure) {
        return ((LedgerView.Term) ((Closing.Settled) closure).view()).end();
    }

    private static void assertStale(Closure closure) {
        assertRefused(closure, Refusal.STALE_TERM);
    }

    private static void assertRefused(Closure closure, Refusal why) {
        assertThat(closure)
                .isInstanceOfSatisfying(
                        Closing.Refused.class, r -> assertThat(r.why()).isEqualTo(why));
    }
}
