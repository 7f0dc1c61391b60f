package dev.weir.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.ledger.LedgerRecord.Checkpoint;
import dev.weir.ledger.LedgerRecord.Claim;
import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.ledger.LedgerRecord.Rolled;
import dev.weir.ledger.LedgerRecord.Sealed;
import dev.weir.ledger.fake.Scene;
import dev.weir.ledger.fake.ScriptedStore.Fault;
import dev.weir.ledger.fake.ScriptedStore.Op;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Rules 3, 6, 7, 8 and 13: what the owner of a term writes, and when it must halt. */
final class OwningTest {

    private final Scene scene = new Scene();
    private final Owning owning = new Owning(Scene.BOUND, Scene.NEVER_ROLLS);

    @Test
    void rule3_eachCheckpointGoesToTheSlotAfterTheLast() {
        var owned = scene.checkpoint(scene.checkpoint(scene.first("p"), 1), 2);
        assertThat(owned.next()).isEqualTo(new Slot(1, 3));
        assertThat(owned.latest()).isEqualTo(Scene.point(1, 2));
        assertThat(scene.record(1, 2)).containsInstanceOf(Checkpoint.class);
    }

    @Test
    void rule3_aSavepointThatClosesIsCheckpointAndSealInOne() {
        var owned = scene.checkpoint(scene.first("p"), 1);
        var savepoint = scene.savepoint(2);
        var closed = scene.close(owned, savepoint, CloseReason.SUSPEND, Optional.empty());
        assertThat(closed.latest()).isEqualTo(savepoint);
        assertThat(scene.term().latest()).isEqualTo(savepoint);
        assertThat(scene.term().end())
                .isEqualTo(new LedgerView.ClosedFor(CloseReason.SUSPEND, Optional.empty(), false));
    }

    @Test
    void rule3_aCloseWithoutASavepointLeavesTheLastCheckpoint() {
        var owned = scene.checkpoint(scene.first("p"), 1);
        var closed =
                new LedgerRecord.Closed(
                        owned.claim().writer(),
                        Scene.NOW,
                        Optional.empty(),
                        CloseReason.DELETION,
                        Optional.empty());
        assertThat(Scene.kept(scene.run(owning.close(owned, closed))).latest())
                .isEqualTo(Scene.point(1, 1));
        assertThat(scene.term().latest()).isEqualTo(Scene.point(1, 1));
    }

    @Test
    void rule8_finishedFollowsClosedAndIsSeen() {
        var owned = scene.checkpoint(scene.first("p"), 1);
        var closed = scene.close(owned, scene.savepoint(2), CloseReason.SUSPEND, Optional.empty());
        assertThat(scene.run(owning.finish(closed, Scene.NOW))).isInstanceOf(Owning.Kept.class);
        assertThat(scene.term().end())
                .isEqualTo(new LedgerView.ClosedFor(CloseReason.SUSPEND, Optional.empty(), true));
    }

    @Test
    void rule7_anOwnerRollsWhenItsTermIsFullAndGoesOnAsTheSameJob() {
        var rolling = new Owning(Scene.BOUND, 4);
        var owned = scene.first("p");
        for (var id = 1; id <= 3; id++) {
            owned = Scene.kept(scene.run(rolling.checkpoint(owned, scene.written(owned, id))));
        }
        assertThat(scene.record(1, 4)).containsInstanceOf(Rolled.class);
        assertThat(owned.next()).isEqualTo(new Slot(2, 1));
        var claim = (Claim) scene.record(2, 0).orElseThrow();
        assertThat(claim.from()).isEqualTo(Scene.point(1, 3));
        assertThat(claim.jobIdTerm()).as("rule 6: the running job's own").isEqualTo(1);
        assertThat(claim.floorId()).isEqualTo(3);
        assertThat(claim.podUid()).isEqualTo("p");
    }

    @Test
    void rule7_aTermAfterARollIsClaimedWithAJobIdOfItsOwn() {
        var owned = scene.first("p");
        Scene.kept(
                scene.run(new Owning(Scene.BOUND, 2).checkpoint(owned, scene.written(owned, 1))));
        var next = scene.won(Scene.request("q", 2, Scene.latest()));
        assertThat(next.claim().jobIdTerm()).isEqualTo(3);
        assertThat(next.claim().from()).isEqualTo(Scene.point(1, 1));
    }

    @Test
    void rule7_onlyTheMiddleOfTheTermBeforeMayGo() {
        var owned = scene.first("p");
        var rolling = new Owning(Scene.BOUND, 4);
        for (var id = 1; id <= 3; id++) {
            owned = Scene.kept(scene.run(rolling.checkpoint(owned, scene.written(owned, id))));
        }
        assertThat(Owning.prunable(owned, 5))
                .isEqualTo(LongStream.rangeClosed(1, 3).mapToObj(n -> new Slot(1, n)).toList());
        assertThat(Owning.prunable(owned, 2)).as("claim and end alone").isEmpty();
    }

    @Test
    void rule7_anOwnerThatRolledLeavesTheFirstAndTheLastSlotOfTheTermBefore() {
        var rolling = new Owning(Scene.BOUND, 4);
        var before = scene.first("p");
        var now = before;
        for (var id = 1; id <= 3; id++) {
            before = now;
            now = Scene.kept(scene.run(rolling.checkpoint(before, scene.written(before, id))));
        }
        assertThat(scene.run(Owning.pruneAfterRoll(before, now))).isEqualTo(3);
        assertThat(scene.objects.list(Slot.prefix(1), 10))
                .isEqualTo(Seen.present(List.of(new Slot(1, 0).key(), new Slot(1, 4).key())));
        assertThat(scene.run(Owning.pruneAfterRoll(now, now))).as("no roll, no pruning").isZero();
    }

    @Test
    void rule7_aTermThatCannotHoldItsClaimAndOneMoreIsNoSetting() {
        assertThatThrownBy(() -> new Owning(Scene.BOUND, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rule7_aRollWhoseClaimAnotherTookFencesTheOwner() {
        var owned = scene.first("p");
        scene.store.meanwhile(
                Op.CREATE,
                new Slot(2, 0).key(),
                () -> scene.won(Scene.request("q", 1, Scene.latest())));
        var checkpoint = new Owning(Scene.BOUND, 2).checkpoint(owned, scene.written(owned, 1));
        assertThat(scene.run(checkpoint))
                .isInstanceOfSatisfying(
                        Owning.Fenced.class,
                        f -> assertThat(((Claim) f.by()).podUid()).isEqualTo("q"));
        assertThat(scene.term().latest()).as("nothing is lost").isEqualTo(Scene.point(1, 1));
    }

    @Test
    void rule13_aLookFindsASealAndOnlyThat() {
        var owned = scene.checkpoint(scene.first("p"), 1);
        assertThat(scene.run(owning.look(owned))).isEqualTo(new Owning.Kept(owned));
        var seal = new Sealed("boot of q", Scene.NOW, "q");
        scene.objects.create(owned.next().key(), LedgerJson.write(seal));
        assertThat(scene.run(owning.look(owned))).isEqualTo(new Owning.Fenced(seal));
    }

    @Test
    void rule13_aLookThatIsNotAnsweredDecidesNothing() {
        var owned = scene.checkpoint(scene.first("p"), 1);
        scene.store.script(Op.READ, owned.next().key(), Fault.TIMEOUT_BEFORE);
        assertThat(scene.run(owning.look(owned))).isInstanceOf(Owning.Unknown.class);
    }

    @Test
    void rule2_theLookBeforeDeploymentAsksUntilItIsAnswered() {
        var owned = scene.checkpoint(scene.first("p"), 1);
        scene.store.script(Op.READ, owned.next().key(), Fault.TIMEOUT_BEFORE);
        assertThat(scene.run(owning.lookUntilTold(owned))).isEqualTo(new Owning.Kept(owned));
    }

    @Test
    void rule2_theLookBeforeDeploymentIsBoundedAndThenSaysThatItDoesNotKnow() {
        var owned = scene.checkpoint(scene.first("p"), 1);
        for (var i = 0; i < Scene.BOUND.tries(); i++) {
            scene.store.script(Op.READ, owned.next().key(), Fault.TIMEOUT_BEFORE);
        }
        assertThat(scene.run(owning.lookUntilTold(owned))).isInstanceOf(Owning.Unknown.class);
    }

    @Test
    void rule13_anOwnerThatSleptThroughItsSuccessionIsFencedAtItsNextAppend() {
        var zombie = scene.checkpoint(scene.first("p"), 1);
        var second = scene.checkpoint(scene.won(Scene.request("q", 1, Scene.latest())), 2);
        scene.checkpoint(scene.won(Scene.request("r", second.term(), Scene.latest())), 3);
        assertThat(scene.append(zombie, 2)).isInstanceOf(Owning.Fenced.class);
        assertThat(scene.run(owning.look(zombie))).isInstanceOf(Owning.Fenced.class);
    }

    @Test
    void rule13_anOwnerWhoseEarlierTermWasPrunedIsStillFenced() {
        var zombie = scene.checkpoint(scene.checkpoint(scene.first("p"), 1), 2);
        var second = scene.won(Scene.request("q", 1, Scene.latest()));
        Owning.prunable(second, 4).forEach(slot -> scene.objects.delete(slot.key()));
        assertThat(scene.append(zombie, 3)).isInstanceOf(Owning.Fenced.class);
        assertThat(scene.run(owning.look(zombie))).isInstanceOf(Owning.Fenced.class);
    }

    @Test
    void rule1_anAppendThatStaysUndecidedIsNoLicenceToGoOn() {
        var owned = scene.first("p");
        var silence = Fault.TIMEOUT_BEFORE;
        scene.store.script(Op.CREATE, owned.next().key(), silence, silence, silence);
        assertThat(scene.append(owned, 1)).isInstanceOf(Owning.Unknown.class);
    }
}
