package dev.weir.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.ledger.LedgerRecord.Closed;
import dev.weir.ledger.memory.InMemoryLedgerStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Rule 2: a claimer that found the term open, and finds it closed where it wants to seal, does not
 * go past: a zombie would bring a job back that was stopped or deleted while it slept.
 */
final class ClaimMeetsCloseTest {

    private static final Instant AT = Instant.parse("2026-03-01T00:00:00Z");
    private static final Bound BOUND = new Bound(3, Duration.ZERO);

    private final InMemoryLedgerStore store = new InMemoryLedgerStore();
    private final StepRunner runner = new StepRunner(store);

    @ParameterizedTest
    @EnumSource(CloseReason.class)
    void rule2_aCloseThatCameBetweenIsNotGonePast(CloseReason reason) throws Exception {
        claim("first", 0, new Start.First());
        var closed = new Closed("owner", AT, Optional.empty(), reason, Optional.empty());
        var meets = untilSealing(request("zombie", 1, new Start.Latest()));
        store.create(new Slot(1, 1).key(), LedgerJson.write(closed));
        assertThat(runner.run(meets)).isInstanceOf(ClaimOutcome.Undecided.class);
        assertThat(store.read(new Slot(2, 0).key())).isEqualTo(Seen.absent());
    }

    @Test
    void rule8_whoAsksAnewAndKnowsOfTheCloseMayClaim() throws Exception {
        claim("first", 0, new Start.First());
        var closed =
                new Closed("owner", AT, Optional.empty(), CloseReason.HANDOVER, Optional.empty());
        store.create(new Slot(1, 1).key(), LedgerJson.write(closed));
        assertThat(claim("next", 1, new Start.Latest())).isInstanceOf(ClaimOutcome.Won.class);
    }

    @Test
    void rule4_aPodThatGoesOnUnaskedFindsTheTermClosedSinceItLooked() throws Exception {
        claim("first", 0, new Start.First());
        var own = request("first", 1, new Start.Latest());
        var looked = runner.run(Walking.look());
        assertThat(looked)
                .isInstanceOfSatisfying(
                        Seen.Present.class,
                        seen ->
                                assertThat(
                                                Claiming.resumable(
                                                        (LedgerView) seen.value(),
                                                        own.podUid(),
                                                        AT))
                                        .contains(1L));
        var closed =
                new Closed("keeper", AT, Optional.empty(), CloseReason.DELETION, Optional.empty());
        store.create(new Slot(1, 1).key(), LedgerJson.write(closed));
        var outcome = runner.run(Claiming.resume(again(own), BOUND));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        ClaimOutcome.Refused.class,
                        r -> assertThat(r.why()).isEqualTo(ClaimOutcome.Refusal.STALE_TERM));
        assertThat(store.read(new Slot(2, 0).key())).isEqualTo(Seen.absent());
    }

    @Test
    void rule4_aPodGoesOnUnaskedWithItsOwnOpenTermAndNotWithAnothers() throws Exception {
        claim("first", 0, new Start.First());
        var strange = request("strange", 1, new Start.Latest());
        assertThat(runner.run(Claiming.resume(strange, BOUND)))
                .isInstanceOf(ClaimOutcome.Refused.class);
        var own = again(request("first", 1, new Start.Latest()));
        assertThat(runner.run(Claiming.resume(own, BOUND))).isInstanceOf(ClaimOutcome.Won.class);
    }

    /** The same pod after a restart in place: another command and another writer. */
    private static ClaimRequest again(ClaimRequest own) {
        return new ClaimRequest(
                "resume/1",
                own.expectedTerm(),
                own.start(),
                "next-boot",
                own.at(),
                own.podUid(),
                own.jobUid(),
                own.revision(),
                own.programDigest(),
                own.operators(),
                own.adopt(),
                Optional.empty());
    }

    /** The claim's steps up to its first create, which is the seal. */
    private Step<ClaimOutcome> untilSealing(ClaimRequest request) {
        var step = Claiming.claim(request, BOUND);
        while (!(step instanceof Step.Create<ClaimOutcome>)) {
            step =
                    switch (step) {
                        case Step.Read<ClaimOutcome>(var key, var then) ->
                                then.apply(store.read(key));
                        case Step.ListKeys<ClaimOutcome>(var prefix, var limit, var then) ->
                                then.apply(store.list(prefix, limit));
                        case Step.MetadataSize<ClaimOutcome>(var location, var then) ->
                                then.apply(store.metadataSize(location));
                        case Step.Pause<ClaimOutcome>(_, var then) -> then.get();
                        case Step.Done<ClaimOutcome> _,
                                Step.Create<ClaimOutcome> _,
                                Step.Delete<ClaimOutcome> _ ->
                                throw new AssertionError("no seal was tried: " + step);
                    };
        }
        return step;
    }

    private ClaimOutcome claim(String command, long expected, Start start) throws Exception {
        return runner.run(Claiming.claim(request(command, expected, start), BOUND));
    }

    private static ClaimRequest request(String command, long expected, Start start) {
        return new ClaimRequest(
                command,
                expected,
                start,
                "writer-of-" + command,
                AT,
                "pod-" + command,
                "job-1",
                "revision",
                "digest",
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
