package dev.weir.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.ledger.Rollout.Rejected;
import dev.weir.ledger.fake.Scene;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rule 9, as far as the ledger carries it: what a claim knows of the revisions before it. */
class RolloutTest {

    private static final Instant LATER = Scene.NOW.plusSeconds(60);

    private final Scene scene = new Scene();
    private long claims;

    @Test
    void aFirstClaimHasNothingToFallBackOn() {
        claim("v1");
        assertThat(rollout())
                .isEqualTo(new Rollout(Scene.NOW, false, Optional.empty(), Optional.empty()));
        assertThat(scene.term().proven()).isFalse();
    }

    @Test
    void aCheckpointProvesARevisionForItsLaterTermsToo() {
        scene.checkpoint(claim("v1"), 1);
        assertThat(scene.term().proven()).isTrue();
        claim("v1", LATER);
        assertThat(rollout())
                .isEqualTo(new Rollout(Scene.NOW, true, Optional.empty(), Optional.empty()));
    }

    @Test
    void aClosingSavepointProvesARevision() {
        var owned = claim("v1");
        scene.close(owned, scene.savepoint(1), CloseReason.HANDOVER, Optional.empty());
        claim("v2");
        assertThat(rollout().fallback()).contains("v1");
        assertThat(scene.term().proven()).isFalse();
    }

    @Test
    void rule9_theFallbackIsTheLastRevisionThatWasProvenWhateverCameBetween() {
        scene.checkpoint(claim("v1"), 1);
        claim("v2");
        claim("v2", LATER);
        claim("v3");
        assertThat(rollout().fallback()).contains("v1");
        scene.checkpoint(owner(), 2);
        claim("v4");
        assertThat(rollout().fallback()).contains("v3");
    }

    @Test
    void rule9_theFallbackIsProvenWhenItIsPutBackAndKeepsWhatItRejected() {
        scene.checkpoint(claim("v1"), 1);
        claim("v2");
        var rejected = Optional.of(new Rejected("v2", "it failed three times"));
        claim("v1", LATER, rejected);
        assertThat(rollout()).isEqualTo(new Rollout(LATER, true, Optional.empty(), rejected));
        assertThat(scene.term().latest()).isEqualTo(Scene.point(1, 1));

        claim("v1", LATER.plusSeconds(1));
        assertThat(rollout()).isEqualTo(new Rollout(LATER, true, Optional.empty(), rejected));

        claim("v3");
        assertThat(rollout().rejected()).isEmpty();
        assertThat(rollout().fallback()).contains("v1");
    }

    @Test
    void rule9_whatTheNewRevisionCommittedIsWhereTheFallbackGoesOn() {
        scene.checkpoint(claim("v1"), 1);
        scene.checkpoint(claim("v2"), 2);
        claim("v1", LATER, Optional.of(new Rejected("v2", "it failed")));
        assertThat(scene.term().latest()).isEqualTo(Scene.point(2, 2));
        assertThat(rollout().proven()).isTrue();
        assertThat(rollout().fallback()).isEmpty();
    }

    @Test
    void rule7_aRollIsTheSameRollout() {
        scene.checkpoint(claim("v1"), 1);
        var owned = claim("v2");
        var rolled =
                Scene.kept(
                        scene.run(
                                new Owning(Scene.BOUND, 2)
                                        .checkpoint(owned, scene.written(owned, 2))));
        assertThat(rolled.term()).isEqualTo(owned.term() + 1);
        assertThat(rollout())
                .isEqualTo(new Rollout(Scene.NOW, true, Optional.of("v1"), Optional.empty()));
    }

    @Test
    void anotherJobsLedgerSaysNothingOfThisOnesRevisions() {
        var owned = claim("v1");
        scene.close(owned, scene.savepoint(1), CloseReason.DELETION, Optional.empty());
        scene.won(Scene.of("job-2", Optional.empty(), request("v2", LATER, Optional.empty())));
        assertThat(rollout())
                .isEqualTo(new Rollout(LATER, false, Optional.empty(), Optional.empty()));
    }

    @Test
    void nothingIsHeldAgainstTheRevisionOfAClaimThatDoesNotSay() {
        claim("v1");
        var said = scene.term().claim();
        var old =
                new LedgerRecord.Claim(
                        said.writer(),
                        said.at(),
                        said.command(),
                        said.podUid(),
                        said.jobUid(),
                        said.revision(),
                        said.programDigest(),
                        said.operators(),
                        said.from(),
                        said.fromTerm(),
                        said.floorId(),
                        said.jobIdTerm(),
                        said.startNonce(),
                        Optional.empty());
        assertThat(LedgerJson.read(LedgerJson.write(old))).isEqualTo(Seen.present(old));
        var term = new LedgerView.Term(1, old, 1, old.from(), 0, new LedgerView.Open());
        assertThat(term.proven()).isTrue();
        assertThat(term.rollout().fallback()).isEmpty();
    }

    private Rollout rollout() {
        return scene.term().claim().rollout().orElseThrow();
    }

    private Owned owner() {
        var term = scene.term();
        return new Owned(term.claim(), new Slot(term.number(), term.nextSlot()), term.latest());
    }

    private Owned claim(String revision) {
        return claim(revision, Scene.NOW);
    }

    private Owned claim(String revision, Instant at) {
        return claim(revision, at, Optional.empty());
    }

    private Owned claim(String revision, Instant at, Optional<Rejected> rejects) {
        return scene.won(request(revision, at, rejects));
    }

    /** From a pod of its own, like every claim here. */
    private ClaimRequest request(String revision, Instant at, Optional<Rejected> rejects) {
        var term = scene.look().term();
        var pod = "pod " + ++claims;
        return new ClaimRequest(
                "activate " + pod,
                term,
                term == 0 ? new Start.First() : new Start.Latest(),
                "boot of " + pod,
                at,
                pod,
                Scene.JOB,
                revision,
                "digest of " + revision,
                Optional.empty(),
                Optional.empty(),
                rejects);
    }
}
