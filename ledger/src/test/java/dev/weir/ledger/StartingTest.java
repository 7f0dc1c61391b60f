package dev.weir.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ledger.ClaimOutcome.Refusal;
import dev.weir.ledger.ClaimOutcome.Refused;
import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.ledger.LedgerRecord.Tombstone;
import dev.weir.ledger.fake.Scene;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rules 5, 6 and 11: where a term may begin, whose it may be, and which ids it may use. */
final class StartingTest {

    private static final String OTHER_JOB = "job-2";

    private final Scene scene = new Scene();

    @Test
    void rule5_aFirstStartNeedsAnEmptyLedger() {
        scene.first("p");
        assertRefused(scene.claim(Scene.request("q", 1, new Start.First())), Refusal.NOT_EMPTY);
    }

    @Test
    void rule5_latestOfAnEmptyLedgerIsRefusedNotFresh() {
        assertRefused(
                scene.claim(Scene.request("p", 0, Scene.latest())), Refusal.NOTHING_TO_RESTORE);
        assertThat(scene.look()).isEqualTo(new LedgerView.Empty());
    }

    @Test
    void rule5_anExplicitStartIsConsumedByTheClaimThatRecordsItsNonce() {
        scene.checkpoint(scene.first("p"), 1);
        var named = new Start.Explicit(scene.savepoint(1), "nonce-1");
        var owned = scene.won(Scene.request("q", 1, named));
        assertThat(owned.claim().from()).isEqualTo(named.from());
        assertThat(owned.claim().startNonce()).contains("nonce-1");
        scene.checkpoint(owned, 2);

        var again = scene.won(Scene.request("r", 2, named));
        assertThat(again.claim().from()).isEqualTo(Scene.point(2, 2));
    }

    @Test
    void rule5_aConsumedNonceStaysConsumedOverLaterClaimsAndRolls() {
        var named = new Start.Explicit(scene.savepoint(1), "nonce-1");
        var owned = scene.won(Scene.request("p", 0, named));
        var rolled =
                Scene.kept(
                        scene.run(
                                new Owning(Scene.BOUND, 2)
                                        .checkpoint(owned, scene.written(owned, 2))));
        assertThat(rolled.term()).isEqualTo(2);
        scene.checkpoint(scene.won(Scene.request("q", 2, Scene.latest())), 3);
        assertThat(scene.won(Scene.request("r", 3, named)).claim().from())
                .isEqualTo(Scene.point(3, 3));
    }

    @Test
    void rule5_anotherNonceIsAnotherStart() {
        var named = new Start.Explicit(scene.savepoint(1), "nonce-1");
        scene.checkpoint(scene.won(Scene.request("p", 0, named)), 2);
        var fresh = new Start.Explicit(new RestorePoint.Fresh(), "nonce-2");
        assertThat(scene.won(Scene.request("q", 1, fresh)).claim().from())
                .isEqualTo(new RestorePoint.Fresh());
    }

    @Test
    void rule5_anExplicitStartThatCannotBeReadSealsNobody() {
        var old = scene.checkpoint(scene.first("p"), 1);
        var gone = new RestorePoint.Savepoint(1, "s3://bucket/savepoints/gone");
        assertRefused(
                scene.claim(Scene.request("q", 1, new Start.Explicit(gone, "nonce-1"))),
                Refusal.RESTORE_POINT_UNREADABLE);
        assertThat(scene.append(old, 2)).isInstanceOf(Owning.Kept.class);
    }

    @Test
    void rule5_aJobThatEndedRunsAgainOnlyWhenAskedExplicitly() {
        var owned = scene.checkpoint(scene.first("p"), 1);
        scene.run(new Owning(Scene.BOUND, Scene.NEVER_ROLLS).end(owned, "finished", Scene.NOW));
        assertRefused(scene.claim(Scene.request("q", 1, Scene.latest())), Refusal.ENDED);
        var fresh = new Start.Explicit(new RestorePoint.Fresh(), "nonce-1");
        scene.won(Scene.request("q", 1, fresh));
    }

    @Test
    void rule5_aConsumedNonceDoesNotRunAJobAgainThatEnded() {
        var named = new Start.Explicit(scene.savepoint(1), "nonce-1");
        var owned = scene.won(Scene.request("p", 0, named));
        scene.run(new Owning(Scene.BOUND, Scene.NEVER_ROLLS).end(owned, "finished", Scene.NOW));
        assertRefused(scene.claim(Scene.request("q", 1, named)), Refusal.ENDED);
    }

    @Test
    void rule6_idsGrowOnFromTheHighestOfAllTermsEvenAfterGoingBack() {
        var owned = scene.checkpoint(scene.checkpoint(scene.first("p"), 7), 8);
        var back = new Start.Explicit(Scene.point(1, 7), "nonce-1");
        var again = scene.won(Scene.request("q", owned.term(), back));
        assertThat(again.claim().floorId()).isEqualTo(8);
        assertThat(scene.won(Scene.request("r", 2, Scene.latest())).claim().floorId()).isEqualTo(8);
    }

    @Test
    void rule6_aStartFromAnotherJobsSavepointGrowsOnFromItsId() {
        var theirs = new Start.Explicit(scene.savepoint(41), "nonce-1");
        assertThat(scene.won(Scene.request("p", 0, theirs)).claim().floorId()).isEqualTo(41);
    }

    @Test
    void rule6_everyClaimedTermHasAJobIdOfItsOwn() {
        scene.checkpoint(scene.first("p"), 1);
        var second = scene.won(Scene.request("p", 1, Scene.latest()));
        assertThat(second.claim().jobIdTerm()).isEqualTo(2);
    }

    @Test
    void rule6_idsAndTermsGoOnAfterATombstone() {
        scene.objects.create(
                new Slot(1, 0).key(),
                LedgerJson.write(new Tombstone("keeper", Scene.NOW, Scene.JOB, 12)));
        var owned = scene.won(Scene.request("p", 1, new Start.First()));
        assertThat(owned.term()).isEqualTo(2);
        assertThat(owned.claim().floorId()).isEqualTo(12);
        assertThat(owned.claim().from()).isEqualTo(new RestorePoint.Fresh());
    }

    @Test
    void rule11_aTombstoneCountsAsAbsentAndOpensTheLedgerToAnyJob() {
        scene.objects.create(
                new Slot(1, 0).key(),
                LedgerJson.write(new Tombstone("keeper", Scene.NOW, Scene.JOB, 12)));
        var theirs =
                Scene.of(OTHER_JOB, Optional.empty(), Scene.request("q", 1, new Start.First()));
        assertThat(scene.won(theirs).claim().jobUid()).isEqualTo(OTHER_JOB);
        assertRefused(scene.claim(Scene.request("p", 2, Scene.latest())), Refusal.FOREIGN);
    }

    @Test
    void rule11_anotherJobsLedgerIsForeignWhateverTheStart() {
        var old = scene.checkpoint(scene.first("p"), 1);
        for (var start :
                new Start[] {
                    Scene.latest(),
                    new Start.First(),
                    new Start.Explicit(new RestorePoint.Fresh(), "nonce-1")
                }) {
            assertRefused(
                    scene.claim(
                            Scene.of(OTHER_JOB, Optional.empty(), Scene.request("q", 1, start))),
                    Refusal.FOREIGN);
        }
        assertThat(scene.append(old, 2)).isInstanceOf(Owning.Kept.class);
    }

    @Test
    void rule11_adoptionNamesTheOwnerAndHoldsOnce() {
        scene.checkpoint(scene.first("p"), 1);
        var wrong =
                Scene.of(OTHER_JOB, Optional.of("job-9"), Scene.request("q", 1, Scene.latest()));
        assertRefused(scene.claim(wrong), Refusal.FOREIGN);
        var right =
                Scene.of(OTHER_JOB, Optional.of(Scene.JOB), Scene.request("q", 1, Scene.latest()));
        assertThat(scene.won(right).claim().from()).isEqualTo(Scene.point(1, 1));
        assertRefused(scene.claim(Scene.request("p", 2, Scene.latest())), Refusal.FOREIGN);
    }

    @Test
    void rule11_aLedgerThatDeletionClosedIsOpenToTheNextJobOfItsName() {
        var owned = scene.checkpoint(scene.first("p"), 1);
        var savepoint = scene.savepoint(2);
        scene.close(owned, savepoint, CloseReason.DELETION, Optional.empty());
        var next = Scene.of(OTHER_JOB, Optional.empty(), Scene.request("q", 1, Scene.latest()));
        assertThat(scene.won(next).claim().from()).isEqualTo(savepoint);
    }

    @Test
    void rule11_aLedgerThatWasSuspendedStaysItsOwners() {
        var owned = scene.checkpoint(scene.first("p"), 1);
        scene.close(owned, scene.savepoint(2), CloseReason.SUSPEND, Optional.empty());
        assertRefused(
                scene.claim(
                        Scene.of(
                                OTHER_JOB,
                                Optional.empty(),
                                Scene.request("q", 1, Scene.latest()))),
                Refusal.FOREIGN);
    }

    private static void assertRefused(ClaimOutcome outcome, Refusal why) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.why()).isEqualTo(why));
    }
}
