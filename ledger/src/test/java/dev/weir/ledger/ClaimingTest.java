package dev.weir.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ledger.ClaimOutcome.AlreadyDone;
import dev.weir.ledger.ClaimOutcome.Refusal;
import dev.weir.ledger.ClaimOutcome.Refused;
import dev.weir.ledger.ClaimOutcome.Undecided;
import dev.weir.ledger.ClaimOutcome.Won;
import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.ledger.LedgerRecord.Sealed;
import dev.weir.ledger.fake.Scene;
import dev.weir.ledger.fake.ScriptedStore.Fault;
import dev.weir.ledger.fake.ScriptedStore.Op;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rules 2, 4 and 9: who gets the next term, and from where. */
final class ClaimingTest {

    private static final Instant DEADLINE = Scene.NOW.plusSeconds(60);

    private final Scene scene = new Scene();

    @Test
    void rule2_aClaimSealsTheOpenTermAndTakesItsLastCheckpoint() {
        var old = scene.checkpoint(scene.checkpoint(scene.first("old"), 1), 2);
        var owned = scene.won(Scene.request("new", 1, Scene.latest()));
        assertThat(owned.claim().from()).isEqualTo(Scene.point(1, 2));
        assertThat(scene.record(1, 3)).containsInstanceOf(Sealed.class);
        assertThat(scene.append(old, 3)).isInstanceOf(Owning.Fenced.class);
    }

    @Test
    void rule2_aTermWithoutACheckpointGivesItsClaimsOwnRestorePoint() {
        scene.checkpoint(scene.first("old"), 1);
        scene.won(Scene.request("b", 1, Scene.latest()));
        var owned = scene.won(Scene.request("c", 2, Scene.latest()));
        assertThat(owned.claim().from()).isEqualTo(Scene.point(1, 1));
    }

    @Test
    void rule2_aCheckpointThatGetsToTheSlotFirstCountsAndTheNextSlotIsSealed() {
        var old = scene.checkpoint(scene.first("old"), 1);
        scene.store.meanwhile(Op.CREATE, new Slot(1, 2).key(), () -> scene.checkpoint(old, 2));
        var owned = scene.won(Scene.request("new", 1, Scene.latest()));
        assertThat(owned.claim().from()).isEqualTo(Scene.point(1, 2));
        assertThat(scene.record(1, 3)).containsInstanceOf(Sealed.class);
    }

    @Test
    void rule2_aPodThatCannotRestoreSealsNobody() {
        var old = scene.checkpoint(scene.first("old"), 1);
        scene.objects.removeMetadata(Scene.location(1, 1));
        assertRefused(
                scene.claim(Scene.request("new", 1, Scene.latest())),
                Refusal.RESTORE_POINT_UNREADABLE);
        assertThat(scene.append(old, 2)).isInstanceOf(Owning.Kept.class);
    }

    @Test
    void rule2_aRestorePointOfWhichNothingIsHeardIsUndecidedAndSealsNobody() {
        var old = scene.checkpoint(scene.first("old"), 1);
        scene.store.script(Op.METADATA, Scene.location(1, 1), Fault.TIMEOUT_BEFORE);
        assertThat(scene.claim(Scene.request("new", 1, Scene.latest())))
                .isInstanceOf(Undecided.class);
        assertThat(scene.append(old, 2)).isInstanceOf(Owning.Kept.class);
    }

    @Test
    void rule2_aRestorePointThatTheOwnerReplacedMeanwhileIsNoReasonToRefuse() {
        var old = scene.checkpoint(scene.first("old"), 1);
        scene.store.meanwhile(
                Op.METADATA,
                Scene.location(1, 1),
                () -> {
                    scene.checkpoint(old, 2);
                    scene.objects.removeMetadata(Scene.location(1, 1));
                });
        var owned = scene.won(Scene.request("new", 1, Scene.latest()));
        assertThat(owned.claim().from()).isEqualTo(Scene.point(1, 2));
    }

    @Test
    void rule2_whatTheSealDecidedIsReadAgainAndAnOlderOneIsNeverTaken() {
        var old = scene.checkpoint(scene.first("old"), 1);
        scene.store.meanwhile(
                Op.CREATE,
                new Slot(1, 2).key(),
                () -> {
                    scene.checkpoint(old, 2);
                    scene.objects.removeMetadata(Scene.location(1, 2));
                });
        assertRefused(
                scene.claim(Scene.request("new", 1, Scene.latest())),
                Refusal.RESTORE_POINT_UNREADABLE);
        assertThat(scene.record(2, 0)).isEmpty();
    }

    @Test
    void rule2_anEmptyMetadataIsNoRestorePoint() {
        scene.checkpoint(scene.first("old"), 1);
        scene.objects.putMetadata(Scene.location(1, 1), 0);
        assertRefused(
                scene.claim(Scene.request("new", 1, Scene.latest())),
                Refusal.RESTORE_POINT_UNREADABLE);
    }

    @Test
    void rule2_aClaimThatBrokeOffAfterItsSealIsGoneOnWithByAnybody() {
        scene.checkpoint(scene.first("old"), 1);
        var slot = new Slot(2, 0).key();
        var silence = Fault.TIMEOUT_BEFORE;
        scene.store.script(Op.CREATE, slot, silence, silence, silence);
        assertThat(scene.claim(Scene.request("b", 1, Scene.latest())))
                .isInstanceOf(Undecided.class);
        var owned = scene.won(Scene.request("c", 1, Scene.latest()));
        assertThat(owned.claim().from()).isEqualTo(Scene.point(1, 1));
        assertThat(scene.record(1, 3)).as("no second seal").isEmpty();
    }

    @Test
    void rule2_nothingIsSealedAfterAClose() {
        var old = scene.checkpoint(scene.first("old"), 1);
        var savepoint = scene.savepoint(2);
        scene.close(old, savepoint, CloseReason.SUSPEND, Optional.empty());
        var owned = scene.won(Scene.request("new", 1, Scene.latest()));
        assertThat(owned.claim().from()).isEqualTo(savepoint);
        assertThat(scene.record(1, 3)).isEmpty();
    }

    @Test
    void rule4_aClaimCreatesExactlyTheTermAfterTheExpectedOne() {
        scene.first("old");
        assertRefused(scene.claim(Scene.request("late", 0, new Start.First())), Refusal.STALE_TERM);
        assertRefused(scene.claim(Scene.request("early", 2, Scene.latest())), Refusal.STALE_TERM);
        assertThat(scene.term().number()).isEqualTo(1);
        assertThat(scene.term().end()).isEqualTo(new LedgerView.Open());
    }

    @Test
    void rule4_aRepeatIsAnsweredWithWhatTheCommandDid() {
        scene.checkpoint(scene.first("old"), 1);
        var request = Scene.request("new", 1, Scene.latest());
        scene.won(request);
        assertThat(scene.claim(request)).isEqualTo(new AlreadyDone(2));
    }

    @Test
    void rule4_aRepeatAfterARollIsAnsweredWithTheTermThatTheOwnerIsIn() {
        var request = Scene.request("old", 0, new Start.First());
        var owned = scene.won(request);
        var rolling = new Owning(Scene.BOUND, 2);
        scene.run(rolling.checkpoint(owned, scene.written(owned, 1)));
        assertThat(scene.claim(request)).isEqualTo(new AlreadyDone(2));
        assertThat(scene.term().end()).isEqualTo(new LedgerView.Open());
    }

    @Test
    void rule4_aRepeatAfterSomebodyElsesClaimIsStale() {
        var request = Scene.request("old", 0, new Start.First());
        scene.checkpoint(scene.won(request), 1);
        scene.won(Scene.request("new", 1, Scene.latest()));
        assertRefused(scene.claim(request), Refusal.STALE_TERM);
    }

    @Test
    void rule4_aClaimWhoseAnswerWasLostIsWon() {
        scene.store.script(Op.CREATE, new Slot(1, 0).key(), Fault.TIMEOUT_AFTER);
        assertThat(scene.claim(Scene.request("p", 0, new Start.First()))).isInstanceOf(Won.class);
    }

    @Test
    void rule4_aClaimThatLandedAfterItWasGivenUpIsFoundByItsRepeat() {
        var slot = new Slot(1, 0).key();
        scene.store.script(Op.CREATE, slot, Fault.LATE, Fault.LATE, Fault.LATE);
        var request = Scene.request("p", 0, new Start.First());
        assertThat(scene.claim(request)).isInstanceOf(Undecided.class);
        scene.store.land();
        assertThat(scene.claim(request)).isEqualTo(new AlreadyDone(1));
    }

    @Test
    void rule4_aContainerThatRestartsInPlaceGoesOnWithItsOwnOpenTermOnly() {
        scene.first("p");
        assertThat(resumable("p", Scene.NOW)).contains(1L);
        assertThat(resumable("q", Scene.NOW)).isEmpty();
        scene.won(Scene.request("q", 1, Scene.latest()));
        assertThat(resumable("p", Scene.NOW)).isEmpty();
        assertThat(resumable("q", Scene.NOW)).contains(2L);
    }

    @Test
    void rule4_aTermThatAnotherSealedIsNotGoneOnWithByItsOwner() {
        var owned = scene.checkpoint(scene.first("p"), 1);
        var seal = new Sealed("boot of q", Scene.NOW, "q");
        scene.objects.create(owned.next().key(), LedgerJson.write(seal));
        assertThat(resumable("p", Scene.NOW)).isEmpty();
    }

    @Test
    void rule4_aTermThatEndedOrWasSuspendedIsNotGoneOnWith() {
        var owned = scene.checkpoint(scene.first("p"), 1);
        scene.run(new Owning(Scene.BOUND, Scene.NEVER_ROLLS).end(owned, "finished", Scene.NOW));
        assertThat(resumable("p", Scene.NOW)).isEmpty();
        var other = new Scene();
        var suspended = other.first("p");
        other.close(suspended, other.savepoint(1), CloseReason.SUSPEND, Optional.of(DEADLINE));
        assertThat(Claiming.resumable(other.look(), "p", DEADLINE.plusSeconds(9))).isEmpty();
    }

    @Test
    void rule4_aHandoverIsOpenToTheOldPodAgainOnceItsDeadlineHasPassed() {
        var owned = scene.checkpoint(scene.first("p"), 1);
        scene.close(owned, scene.savepoint(2), CloseReason.HANDOVER, Optional.of(DEADLINE));
        assertThat(resumable("p", DEADLINE.minusNanos(1))).isEmpty();
        assertThat(resumable("p", DEADLINE)).isEmpty();
        assertThat(resumable("p", DEADLINE.plusNanos(1))).contains(1L);
        assertThat(resumable("q", DEADLINE.plusNanos(1))).isEmpty();
    }

    @Test
    void rule4_aRolledTermWhoseNextClaimIsMissingIsGoneOnWith() {
        var owned = scene.first("p");
        var slot = new Slot(2, 0).key();
        var silence = Fault.TIMEOUT_BEFORE;
        scene.store.script(Op.CREATE, slot, silence, silence, silence);
        assertThat(scene.run(new Owning(Scene.BOUND, 2).checkpoint(owned, scene.written(owned, 1))))
                .isInstanceOf(Owning.Unknown.class);
        assertThat(resumable("p", Scene.NOW)).contains(1L);
        assertThat(scene.won(Scene.request("p", 1, Scene.latest())).claim().from())
                .isEqualTo(Scene.point(1, 1));
    }

    @Test
    void rule9_goingBackToTheOldProgramTakesTheNewestOutputsState() {
        scene.checkpoint(scene.first("old program"), 1);
        var upgraded = scene.won(Scene.request("new program", 1, Scene.latest()));
        scene.checkpoint(upgraded, 2);
        var back = scene.won(Scene.request("old program", 2, Scene.latest()));
        assertThat(back.claim().from()).isEqualTo(Scene.point(2, 2));
    }

    private Optional<Long> resumable(String pod, Instant now) {
        return Claiming.resumable(scene.look(), pod, now);
    }

    private static void assertRefused(ClaimOutcome outcome, Refusal why) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.why()).isEqualTo(why));
    }
}
