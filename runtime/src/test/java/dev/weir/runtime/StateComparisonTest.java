package dev.weir.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ledger.Bound;
import dev.weir.ledger.ClaimOutcome;
import dev.weir.ledger.ClaimRequest;
import dev.weir.ledger.Claiming;
import dev.weir.ledger.LedgerRecord;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.Owned;
import dev.weir.ledger.Owning;
import dev.weir.ledger.RestorePoint;
import dev.weir.ledger.Seen;
import dev.weir.ledger.Slot;
import dev.weir.ledger.Start;
import dev.weir.ledger.Step;
import dev.weir.ledger.StepRunner;
import dev.weir.ledger.Walking;
import dev.weir.ledger.memory.InMemoryLedgerStore;
import dev.weir.protocol.RuntimeView.Fingerprint;
import dev.weir.protocol.RuntimeView.Operator;
import dev.weir.protocol.RuntimeView.Prepared;
import dev.weir.protocol.StateFit;
import dev.weir.protocol.StateFit.Changed;
import dev.weir.protocol.StateFit.Finding;
import dev.weir.protocol.StateFit.Kept;
import dev.weir.protocol.StateFit.New;
import dev.weir.runtime.FitWatch.Compared;
import dev.weir.runtime.fit.StoredOperator;
import dev.weir.runtime.ledger.JobLedger;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against what a pod that waits holds its program, and when it does so again. */
class StateComparisonTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Bound BOUND = new Bound(3, Duration.ZERO);
    private static final Prepared COUNTING = program("counting");
    private static final Prepared ADDING = program("adding");
    private static final LedgerView.End OPEN = new LedgerView.Open();

    private final InMemoryLedgerStore store = new InMemoryLedgerStore();
    private final JobLedger ledger = new JobLedger(store, BOUND, 1_000, (_, why) -> new Error(why));
    private Owned counting;
    private Owned addingWithoutACheckpoint;

    /** Two terms: one that made a checkpoint, and one of another program that made none. */
    @BeforeEach
    void twoTerms() throws InterruptedException {
        counting = claim(COUNTING, 0, new Start.First());
        store.putMetadata("s3://b/chk-1", 7);
        var checkpoint =
                new LedgerRecord.Checkpoint(counting.claim().writer(), NOW, 1, "s3://b/chk-1", 7);
        run(new Owning(BOUND, 1_000).checkpoint(counting, checkpoint));
        addingWithoutACheckpoint = claim(ADDING, 1, new Start.Latest());
    }

    private static Prepared program(String computes) {
        return new Prepared(
                "digest of " + computes,
                List.of(
                        new Operator(
                                "a",
                                "aggregate",
                                1,
                                Optional.empty(),
                                true,
                                Optional.of(new Fingerprint(computes, Optional.empty())))));
    }

    private Owned claim(Prepared program, long expectedTerm, Start start)
            throws InterruptedException {
        var request =
                new ClaimRequest(
                        "command " + expectedTerm,
                        expectedTerm,
                        start,
                        "writer " + expectedTerm,
                        NOW,
                        "pod",
                        "job-1",
                        "revision",
                        program.digest(),
                        Optional.of(program.claimed()),
                        Optional.empty(),
                        Optional.empty());
        return ((ClaimOutcome.Won) run(Claiming.claim(request, BOUND))).owned();
    }

    private <R> R run(Step<R> step) throws InterruptedException {
        return new StepRunner(store).run(step);
    }

    private LedgerView newest() throws InterruptedException {
        return ((Seen.Present<LedgerView>) run(Walking.look())).value();
    }

    private static List<StoredOperator> stored(RestorePoint from) {
        return from instanceof RestorePoint.Fresh
                ? List.of()
                : List.of(new StoredOperator("a", "aggregate", true, 128));
    }

    private List<Finding> findings(Prepared program, LedgerView view) {
        var fit = new StateComparison(ledger, StateComparisonTest::stored).of(program, view);
        return ((Seen.Present<StateFit>) fit).value().findings();
    }

    @Test
    void aProgramIsHeldAgainstTheOneThatMadeTheStateAndNotAgainstTheLastOneThatRan()
            throws Exception {
        assertThat(newest()).isInstanceOfSatisfying(LedgerView.Term.class, this::isTheSecond);
        assertThat(findings(COUNTING, newest())).containsExactly(new Kept("a", "aggregate"));
        assertThat(findings(ADDING, newest())).containsExactly(new Changed("a", "aggregate"));
    }

    private void isTheSecond(LedgerView.Term term) {
        assertThat(term.claim()).isEqualTo(addingWithoutACheckpoint.claim());
    }

    @Test
    void anEmptyLedgerGivesNoState() {
        assertThat(findings(COUNTING, new LedgerView.Empty()))
                .containsExactly(new New("a", "aggregate"));
        assertThat(findings(COUNTING, new LedgerView.Deleted(4, 9)))
                .containsExactly(new New("a", "aggregate"));
    }

    @Test
    void aRestorePointThatCannotBeReadIsToldWithItsCause() throws Exception {
        var comparison =
                new StateComparison(
                        ledger,
                        _ -> {
                            throw new IOException("the metadata is damaged");
                        });
        assertThat(comparison.of(COUNTING, newest()))
                .isInstanceOfSatisfying(
                        Seen.Unreachable.class,
                        told -> assertThat(told.cause()).contains("the metadata is damaged"));
    }

    @Test
    void aMakerThatCannotBeReadIsNoReasonToGoByTheIdAlone() throws Exception {
        var view = newest();
        store.delete(new Slot(1, 0).key());
        assertThat(new StateComparison(ledger, StateComparisonTest::stored).of(COUNTING, view))
                .isInstanceOf(Seen.Unreachable.class);
    }

    private static LedgerView.Term view(Owned owned, long checkpoint, LedgerView.End end) {
        var latest = new RestorePoint.Checkpoint(checkpoint, "s3://b/chk-" + checkpoint);
        return new LedgerView.Term(owned.term(), owned.claim(), 2, latest, checkpoint, end);
    }

    private static boolean stands(LedgerView before, LedgerView now, Duration later) {
        return new Compared(before, NOW).standsFor(now, NOW.plus(later));
    }

    @Test
    void rule2_theSameRestorePointIsNotReadTwice() {
        var before = view(counting, 1, OPEN);
        assertThat(stands(before, before, Duration.ofDays(1))).isTrue();
        assertThat(stands(before, addingFrom(before), Duration.ZERO)).isTrue();
        assertThat(stands(new LedgerView.Empty(), new LedgerView.Deleted(2, 9), Duration.ZERO))
                .isTrue();
    }

    /** A successor without a checkpoint of its own: the state is the old one. */
    private LedgerView addingFrom(LedgerView.Term before) {
        return new LedgerView.Term(
                2, addingWithoutACheckpoint.claim(), 1, before.latest(), 1, OPEN);
    }

    @Test
    void rule2_anotherMakerAnotherKindAndTheEndOfATermAreReasons() {
        var before = view(counting, 1, OPEN);
        var successor = view(addingWithoutACheckpoint, 2, OPEN);
        var sealed = view(counting, 2, new LedgerView.SealedBy("pod"));
        var closing =
                new LedgerView.Term(
                        1,
                        counting.claim(),
                        3,
                        new RestorePoint.Savepoint(2, "s3://b/savepoint"),
                        2,
                        OPEN);
        for (LedgerView now : List.of(successor, sealed, closing)) {
            assertThat(stands(before, now, Duration.ZERO)).as(now.toString()).isFalse();
        }
        assertThat(stands(new LedgerView.Empty(), before, Duration.ZERO)).isFalse();
    }

    @Test
    void rule3_aCheckpointMoreIsLookedAtOnceAMinute() {
        var before = view(counting, 1, OPEN);
        var next = view(counting, 2, OPEN);
        assertThat(stands(before, next, Duration.ofSeconds(59))).isTrue();
        assertThat(stands(before, next, Duration.ofSeconds(60))).isFalse();
    }
}
