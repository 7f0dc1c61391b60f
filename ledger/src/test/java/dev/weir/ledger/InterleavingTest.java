package dev.weir.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.ledger.ClaimOutcome.Refusal;
import dev.weir.ledger.LedgerRecord.Claim;
import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.ledger.LedgerRecord.Closed;
import dev.weir.ledger.LedgerRecord.Sealed;
import dev.weir.ledger.LedgerRecord.Tombstone;
import dev.weir.ledger.fake.Interleavings;
import dev.weir.ledger.fake.Interleavings.World;
import dev.weir.ledger.fake.Scene;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two that meet on one ledger, in every order of their calls: with every answer heard, and with one
 * or two creates of which nothing is heard, and which arrive whenever it suits them.
 */
final class InterleavingTest {

    /** Few tries, so that with two creates unheard of there are those who give up. */
    private static final Bound BOUND = new Bound(2, Duration.ZERO);

    private final Scene scene = new Scene();
    private Owned owner;

    @BeforeEach
    void aJobRunsWithOneCheckpoint() {
        owner = scene.checkpoint(scene.first("old"), 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void rule2_ofTwoClaimantsExactlyOneWinsOrNobodyHeardThatItDid(int faults) {
        var explored =
                Interleavings.explore(
                        scene.objects,
                        claim("p"),
                        claim("q"),
                        faults,
                        (p, q, world) -> {
                            assertThat(won(p) && won(q)).as(p + " and " + q).isFalse();
                            var claim = claimOf(world, 2);
                            if (faults == 0) {
                                assertThat(won(p) || won(q)).as(p + " and " + q).isTrue();
                            }
                            assertWinnerIsTheClaim(p, claim);
                            assertWinnerIsTheClaim(q, claim);
                            assertLoser(p);
                            assertLoser(q);
                            claim.ifPresent(
                                    c -> assertThat(c.from()).isEqualTo(lastBeforeSeal(world)));
                        });
        assertThat(explored.kinds()).contains("Won Refused", "Refused Won");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void rule2_theSealsPlaceDecidesWhetherACheckpointCounts(int faults) {
        var checkpoint =
                new Owning(BOUND, Scene.NEVER_ROLLS).checkpoint(owner, scene.written(owner, 2));
        var explored =
                Interleavings.explore(
                        scene.objects,
                        claim("p"),
                        checkpoint,
                        faults,
                        (p, old, world) -> {
                            var claim = claimOf(world, 2);
                            if (faults == 0) {
                                assertThat(won(p)).as(p.toString()).isTrue();
                            }
                            assertWinnerIsTheClaim(p, claim);
                            claim.ifPresent(
                                    c -> assertThat(c.from()).isEqualTo(lastBeforeSeal(world)));
                            // What the old owner was told decides what its sinks commit.
                            switch (old) {
                                case Owning.Kept _ ->
                                        claim.ifPresent(
                                                c ->
                                                        assertThat(c.from())
                                                                .isEqualTo(Scene.point(1, 2)));
                                case Owning.Fenced(var by) -> {
                                    assertThat(by).isInstanceOf(Sealed.class);
                                    assertThat(lastBeforeSeal(world)).isEqualTo(Scene.point(1, 1));
                                }
                                case Owning.Unknown _ -> assertThat(faults).isPositive();
                            }
                        });
        assertThat(explored.kinds()).contains("Won Kept", "Won Fenced");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void rule3_aStopAndAClaimAgreeOnTheSavepointOrTheStopIsFenced(int faults) {
        var closed =
                new Closed(
                        owner.claim().writer(),
                        Scene.NOW,
                        Optional.of(scene.savepoint(2)),
                        CloseReason.HANDOVER,
                        Optional.of(Scene.NOW.plusSeconds(60)));
        var explored =
                Interleavings.explore(
                        scene.objects,
                        claim("p"),
                        new Owning(BOUND, Scene.NEVER_ROLLS).close(owner, closed),
                        faults,
                        (p, old, world) -> {
                            var claim = claimOf(world, 2);
                            assertWinnerIsTheClaim(p, claim);
                            if (old instanceof Owning.Kept) {
                                claim.ifPresent(
                                        c ->
                                                assertThat(c.from())
                                                        .isEqualTo(closed.savepoint().get()));
                            }
                            if (old instanceof Owning.Fenced) {
                                assertThat(record(world, 1, 2)).containsInstanceOf(Sealed.class);
                            }
                        });
        assertThat(explored.kinds()).contains("Won Kept", "Won Fenced");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void rule7_anOwnerThatRollsAndAClaimantNeverBothOwnTheNextTerm(int faults) {
        var rolling = new Owning(BOUND, 3).checkpoint(owner, scene.written(owner, 2));
        var explored =
                Interleavings.explore(
                        scene.objects,
                        claim("p"),
                        rolling,
                        faults,
                        (p, old, world) -> {
                            var rolled = old instanceof Owning.Kept(var now) && now.term() == 2;
                            assertThat(won(p) && rolled).as(p + " and " + old).isFalse();
                            if (faults == 0) {
                                assertThat(won(p) || rolled).as(p + " and " + old).isTrue();
                            }
                            claimOf(world, 2)
                                    .ifPresent(
                                            c ->
                                                    assertThat(c.from())
                                                            .isEqualTo(lastBeforeSeal(world)));
                        });
        assertThat(explored.kinds()).contains("Won Fenced", "Refused Kept");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void rule10_aBurialAndAClaimNeverBothTakeTheNextTerm(int faults) {
        var explored =
                Interleavings.explore(
                        scene.objects,
                        claim("p"),
                        Closing.bury(Scene.request("keeper", 1, Scene.latest()), BOUND),
                        faults,
                        (p, burial, world) -> {
                            var buried = burial instanceof Closing.Settled(LedgerView.Deleted _);
                            assertThat(won(p) && buried).as(p + " and " + burial).isFalse();
                            if (buried) {
                                assertThat(record(world, 2, 0)).containsInstanceOf(Tombstone.class);
                            }
                            if (faults == 0) {
                                assertThat(won(p) || buried).as(p + " and " + burial).isTrue();
                            }
                        });
        assertThat(explored.kinds()).contains("Won Refused", "Refused Settled");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void rule10_aBurialFencesTheOwnerOrCountsItsCheckpoint(int faults) {
        var checkpoint =
                new Owning(BOUND, Scene.NEVER_ROLLS).checkpoint(owner, scene.written(owner, 2));
        var explored =
                Interleavings.explore(
                        scene.objects,
                        Closing.bury(Scene.request("keeper", 1, Scene.latest()), BOUND),
                        checkpoint,
                        faults,
                        (burial, old, world) -> {
                            if (faults == 0) {
                                assertThat(burial)
                                        .isInstanceOfSatisfying(
                                                Closing.Settled.class,
                                                s ->
                                                        assertThat(s.view().usedIds())
                                                                .isEqualTo(
                                                                        old instanceof Owning.Kept
                                                                                ? 2
                                                                                : 1));
                            }
                            if (old instanceof Owning.Fenced(var by)) {
                                assertThat(by).isInstanceOf(Closed.class);
                            }
                        });
        assertThat(explored.kinds()).contains("Settled Kept", "Settled Fenced");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void rule4_oneCommandDeliveredToTwoProcessesClaimsOneTerm(int faults) {
        var one = Scene.request("p", 1, Scene.latest());
        var twin =
                new ClaimRequest(
                        one.command(),
                        1,
                        one.start(),
                        "another boot of p",
                        one.at(),
                        one.podUid(),
                        one.jobUid(),
                        one.revision(),
                        one.programDigest(),
                        one.operators(),
                        one.adopt(),
                        Optional.empty());
        var explored =
                Interleavings.explore(
                        scene.objects,
                        Claiming.claim(one, BOUND),
                        Claiming.claim(twin, BOUND),
                        faults,
                        (p, q, world) -> {
                            assertThat(won(p) && won(q)).as(p + " and " + q).isFalse();
                            if (faults == 0) {
                                assertThat(Set.of(p.getClass(), q.getClass()))
                                        .containsExactlyInAnyOrder(
                                                ClaimOutcome.Won.class,
                                                ClaimOutcome.AlreadyDone.class);
                            }
                            assertThat(world.objects()).doesNotContainKey(new Slot(3, 0).key());
                        });
        assertThat(explored.kinds()).contains("Won AlreadyDone", "AlreadyDone Won");
    }

    /** The exploration can find fault: without the seal an owner commits what nobody restores. */
    @Test
    void rule2_aClaimantThatDoesNotSealIsFoundOut() {
        var unsealed =
                new Claim(
                        "boot of p",
                        Scene.NOW,
                        "command",
                        "p",
                        Scene.JOB,
                        "revision",
                        "digest",
                        Optional.empty(),
                        Scene.point(1, 1),
                        Optional.of(1L),
                        1,
                        2,
                        Optional.empty(),
                        Optional.empty());
        var checkpoint =
                new Owning(BOUND, Scene.NEVER_ROLLS).checkpoint(owner, scene.written(owner, 2));
        var claims = Appending.append(new Slot(2, 0), unsealed, BOUND);
        assertThatThrownBy(
                        () ->
                                Interleavings.explore(
                                        scene.objects,
                                        claims,
                                        checkpoint,
                                        0,
                                        (_, _, world) ->
                                                assertThat(claimOf(world, 2).orElseThrow().from())
                                                        .isEqualTo(lastBeforeSeal(world))))
                .isInstanceOf(AssertionError.class);
    }

    private static void assertLoser(ClaimOutcome outcome) {
        switch (outcome) {
            case ClaimOutcome.Won _, ClaimOutcome.Undecided _ -> {
                // Judged by what is in the ledger.
            }
            case ClaimOutcome.Refused(var why, _) ->
                    assertThat(why).isIn(Refusal.LOST, Refusal.STALE_TERM);
            case ClaimOutcome.AlreadyDone _ -> throw new AssertionError("nobody repeats here");
        }
    }

    private static void assertWinnerIsTheClaim(ClaimOutcome outcome, Optional<Claim> claim) {
        if (outcome instanceof ClaimOutcome.Won(var owned)) {
            assertThat(claim).contains(owned.claim());
            assertThat(owned.next()).isEqualTo(new Slot(2, 1));
        }
    }

    /** Rule 2, read off the store: the last restore point of term 1 before whatever ended it. */
    private static RestorePoint lastBeforeSeal(World world) {
        RestorePoint last = new RestorePoint.Fresh();
        for (long slot = 1; record(world, 1, slot).isPresent(); slot++) {
            last =
                    switch (record(world, 1, slot).get()) {
                        case LedgerRecord.Checkpoint c -> c.restorePoint();
                        case Closed c when c.savepoint().isPresent() -> c.savepoint().get();
                        case LedgerRecord _ -> last;
                    };
        }
        return last;
    }

    private static Optional<Claim> claimOf(World world, long term) {
        return record(world, term, 0).map(Claim.class::cast);
    }

    private static Optional<LedgerRecord> record(World world, long term, long slot) {
        return world.read(new Slot(term, slot).key()).flatMap(LedgerJson::read)
                        instanceof Seen.Present<LedgerRecord>(var record)
                ? Optional.of(record)
                : Optional.empty();
    }

    private static boolean won(ClaimOutcome outcome) {
        return outcome instanceof ClaimOutcome.Won;
    }

    private static Step<ClaimOutcome> claim(String pod) {
        return Claiming.claim(Scene.request(pod, 1, Scene.latest()), BOUND);
    }
}
