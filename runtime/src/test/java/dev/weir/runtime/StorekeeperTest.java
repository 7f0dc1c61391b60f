package dev.weir.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ledger.Bound;
import dev.weir.ledger.ClaimOutcome;
import dev.weir.ledger.ClaimRequest;
import dev.weir.ledger.Claiming;
import dev.weir.ledger.LedgerRecord;
import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.Owned;
import dev.weir.ledger.Owning;
import dev.weir.ledger.RestorePoint;
import dev.weir.ledger.Seen;
import dev.weir.ledger.Slot;
import dev.weir.ledger.Start;
import dev.weir.ledger.StepRunner;
import dev.weir.ledger.memory.InMemoryLedgerStore;
import dev.weir.protocol.Command;
import dev.weir.protocol.JobDescription;
import dev.weir.protocol.JobDescription.Backend;
import dev.weir.protocol.MemoryBudget;
import dev.weir.protocol.Problem;
import dev.weir.protocol.Receipt.Outcome;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import dev.weir.runtime.control.StatusBoard;
import dev.weir.runtime.fake.FailingStore;
import dev.weir.runtime.ledger.Eraser;
import dev.weir.runtime.ledger.JobLedger;
import dev.weir.runtime.ledger.StoreCheck;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a storekeeper does to a ledger and its files, with a store that stops in the middle. */
final class StorekeeperTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Bound BOUND = new Bound(2, Duration.ZERO);
    private static final String BY_HAND = "savepoints/0b9e6a4e-by-hand/_metadata";

    private final InMemoryLedgerStore objects = new InMemoryLedgerStore();
    private final FailingStore store = new FailingStore(objects);

    @Test
    void itReadsTheLedgerTriesTheStoreAndIsHeld() throws Exception {
        runTerm(1);
        var keeper = new Keeper("boot-1");
        assertThat(keeper.view().state()).isEqualTo(new RuntimeState.Held());
        assertThat(keeper.ledger().term()).isEqualTo(1);
        assertThat(store.keys()).noneMatch(key -> key.startsWith("probe/"));
    }

    @Test
    void rule12_aStoreThatDoesNotAnswerIsToldAsSuchAndAskedUntilItDoes() {
        store.failAfter(0, 3);
        var keeper = new Keeper("boot-1");
        assertThat(keeper.told)
                .extracting(problem -> problem.map(Problem::kind))
                .containsExactly(
                        Optional.of(Problem.Kind.STORE_UNREACHABLE),
                        Optional.of(Problem.Kind.STORE_UNREACHABLE),
                        Optional.of(Problem.Kind.STORE_UNREACHABLE),
                        Optional.empty());
        assertThat(keeper.view().state()).isEqualTo(new RuntimeState.Held());
    }

    @Test
    void activateAndStopAreNotItsWork() {
        var keeper = new Keeper("boot-1");
        keeper.carryOut(
                new Command.Activate(
                        "a",
                        "job-1",
                        "keeper",
                        0,
                        new Start.First(),
                        Optional.empty(),
                        Optional.empty()));
        keeper.carryOut(
                new Command.Stop(
                        "s", "job-1", "keeper", 0, CloseReason.SUSPEND, "x", Duration.ZERO));
        assertThat(keeper.outcome("a")).isEqualTo(Outcome.STALE);
        assertThat(keeper.outcome("s")).isEqualTo(Outcome.STALE);
        assertThat(keeper.ledger()).isEqualTo(new LedgerView.Empty());
    }

    @Test
    void rule10_closeEndsTheLedgerByDeletionAndSaysSoOnTheBoard() throws Exception {
        runTerm(1);
        var keeper = new Keeper("boot-1");
        keeper.carryOut(close(1));
        assertThat(keeper.outcome("close-1")).isEqualTo(Outcome.DONE);
        assertThat(((LedgerView.Term) keeper.ledger()).end())
                .isEqualTo(new LedgerView.ClosedFor(CloseReason.DELETION, Optional.empty(), false));
    }

    @Test
    void rule4_closeOfAnotherTermThanTheLedgersIsStaleAndTheBoardTellsTheRightOne()
            throws Exception {
        runTerm(1);
        var keeper = new Keeper("boot-1");
        runTerm(2);
        keeper.carryOut(close(1));
        assertThat(keeper.outcome("close-1")).isEqualTo(Outcome.STALE);
        assertThat(keeper.ledger().term()).isEqualTo(2);
        keeper.carryOut(erase(1));
        assertThat(keeper.outcome("erase")).isEqualTo(Outcome.STALE);
        assertThat(((LedgerView.Term) keeper.ledger()).end()).isEqualTo(new LedgerView.Open());
    }

    @Test
    void rule11_anotherJobsLedgerIsNeitherClosedNorErased() throws Exception {
        runTerm(1);
        var before = store.keys();
        var keeper = new Keeper("boot-1", "job-2");
        keeper.carryOut(new Command.Erase("erase", "job-2", "keeper", keeper.ledger().term()));
        assertThat(keeper.outcome("erase")).isEqualTo(Outcome.REFUSED);
        assertThat(store.keys()).isEqualTo(before);
    }

    @Test
    void rule10_eraseLeavesClaimsEndsTombstoneAndSavepointsMadeByHand() throws Exception {
        runTerm(1);
        runTerm(2);
        var keeper = new Keeper("boot-1");
        keeper.carryOut(erase(2));
        assertErased(keeper);
    }

    @Test
    void rule10_eraseIsDoneThoughTheRestorePointCannotBeRead() throws Exception {
        runTerm(1);
        var term = (LedgerView.Term) new Keeper("boot-0").ledger();
        objects.removeMetadata(((RestorePoint.Checkpoint) term.latest()).location());
        var keeper = new Keeper("boot-1");
        keeper.carryOut(erase(1));
        assertThat(keeper.outcome("erase")).isEqualTo(Outcome.DONE);
    }

    @Test
    void eraseOfAJobThatNeverRanIsDone() {
        var keeper = new Keeper("boot-1");
        keeper.carryOut(erase(0));
        assertThat(keeper.outcome("erase")).isEqualTo(Outcome.DONE);
        assertThat(store.keys()).isEmpty();
    }

    @Test
    void rule10_aStoreThatStopsAnywhereInTheMiddleFailsTheCommandAndItsRepeatFinishes()
            throws Exception {
        for (int good = 0; good < 60; good++) {
            fill();
            var keeper = new Keeper("boot-1");
            store.failAfter(good, Integer.MAX_VALUE);
            keeper.carryOut(erase(2));
            var first = keeper.outcome("erase");
            store.failAfter(0, 0);
            if (first == Outcome.FAILED) {
                keeper.carryOut(erase(keeper.term()));
                // What was told of the ledger may be old by now: the operator is corrected.
                if (keeper.outcome("erase") == Outcome.STALE) {
                    keeper.carryOut(erase(keeper.term()));
                }
            }
            assertErased(keeper);
            if (first == Outcome.DONE) {
                assertThat(good).as("calls that an erasure takes").isGreaterThan(10);
                return;
            }
            assertThat(first).isEqualTo(Outcome.FAILED);
        }
        throw new AssertionError("the erasure never ends");
    }

    @Test
    void rule10_aStoreThatStutteredOnceIsAskedAgainWithinTheCommand() throws Exception {
        fill();
        var keeper = new Keeper("boot-1");
        for (int call = 0; call < 30; call++) {
            fill();
            store.failAfter(call, 1);
            keeper.carryOut(erase(2));
            assertErased(keeper);
        }
    }

    @Test
    void rule10_anotherProcessGoesOnWithAnErasureThatACrashCutOff() throws Exception {
        for (int good = 0; good < 30; good++) {
            fill();
            store.failAfter(good + new Keeper("boot-0").startCalls, Integer.MAX_VALUE);
            new Keeper("boot-1").carryOut(erase(2));
            store.failAfter(0, 0);
            var next = new Keeper("boot-2");
            next.carryOut(erase(next.term()));
            assertErased(next);
        }
    }

    @Test
    void rule11_anEraserThatWakesLateLeavesWhatALaterJobWrote() throws Exception {
        fill();
        var keeper = new Keeper("boot-1");
        keeper.carryOut(erase(2));
        var later = claim("job-2", 3, new Start.First());
        var theirs = checkpoint(later, 41);
        append(later, 41);
        new Eraser(store, BOUND).erase(3);
        assertThat(store.keys())
                .contains(theirs + "/_metadata", new Slot(4, 0).key(), new Slot(4, 1).key());
    }

    private void assertErased(Keeper keeper) {
        assertThat(keeper.outcome("erase")).isEqualTo(Outcome.DONE);
        assertThat(keeper.ledger()).isInstanceOf(LedgerView.Deleted.class);
        var kept = new ArrayList<String>();
        kept.add(new Slot(1, 0).key());
        kept.addAll(List.of(new Slot(1, 2).key(), new Slot(1, 3).key()));
        kept.add(new Slot(2, 0).key());
        kept.addAll(List.of(new Slot(2, 2).key(), new Slot(2, 3).key()));
        kept.add(new Slot(3, 0).key());
        assertThat(store.keys())
                .isEqualTo(Stream.concat(kept.stream(), Stream.of(BY_HAND)).toList());
    }

    /** Two terms of two checkpoints each, the second open, and files of every kind. */
    private void fill() throws InterruptedException {
        store.keys().forEach(objects::delete);
        runTerm(1);
        runTerm(2);
    }

    private void runTerm(long term) throws InterruptedException {
        var owned = claim("job-1", term - 1, term == 1 ? new Start.First() : new Start.Latest());
        for (int n = 1; n <= 2; n++) {
            checkpoint(owned, 10 * term + n);
            owned = append(owned, 10 * term + n);
        }
        objects.create("savepoints/%019d-ab12cd34/savepoint-1/_metadata".formatted(term), "x");
        objects.create(BY_HAND, "x");
    }

    private Owned claim(String job, long expected, Start start) throws InterruptedException {
        var request =
                new ClaimRequest(
                        "claim-" + expected,
                        expected,
                        start,
                        "owner-" + expected,
                        NOW,
                        "pod-" + expected,
                        job,
                        "rev",
                        "digest",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        var outcome = new StepRunner(objects).run(Claiming.claim(request, BOUND));
        return ((ClaimOutcome.Won) outcome).owned();
    }

    private Owned append(Owned owned, long id) throws InterruptedException {
        var record =
                new LedgerRecord.Checkpoint(
                        owned.claim().writer(), NOW, id, location(owned, id), 7);
        var kept = new StepRunner(objects).run(new Owning(BOUND, 100).checkpoint(owned, record));
        return ((Owning.Kept) kept).owned();
    }

    private String checkpoint(Owned owned, long id) {
        var directory = location(owned, id);
        objects.putMetadata(directory, 7);
        objects.create(directory + "/_metadata", "x");
        objects.create("checkpoints/%019d/a1/shared/%d".formatted(owned.term(), id), "x");
        return directory;
    }

    private static String location(Owned owned, long id) {
        return "checkpoints/%019d/a1/chk-%d".formatted(owned.term(), id);
    }

    private static Command.Close close(long term) {
        return new Command.Close("close-" + term, "job-1", "keeper", term);
    }

    private static Command.Erase erase(long term) {
        return new Command.Erase("erase", "job-1", "keeper", term);
    }

    /** A storekeeper's process: nothing of it outlives a crash but what is in the store. */
    private final class Keeper {

        private final StatusBoard board;
        private final Storekeeper storekeeper;
        private final List<Optional<Problem>> told = new ArrayList<>();
        private final int startCalls;

        Keeper(String boot) {
            this(boot, "job-1");
        }

        Keeper(String boot, String job) {
            int before = store.calls();
            var who = new Identity("keeper", boot, description(job));
            board = new StatusBoard(RuntimeMain.first(who));
            var ledger = new JobLedger(store, BOUND, 100, Halt.ofTheJvm());
            var check =
                    new StoreCheck(
                            description("job-1").storage(),
                            ledger,
                            board,
                            this::tell,
                            Duration.ZERO);
            var clock = Clock.fixed(NOW, ZoneOffset.UTC);
            var undertaker = new Undertaker(who, ledger, new Eraser(store, BOUND), BOUND, clock);
            storekeeper = new Storekeeper(board, ledger, check, undertaker, Runnable::run);
            storekeeper.begin();
            startCalls = store.calls() - before;
        }

        private void tell(Optional<Problem> problem) {
            told.add(problem);
            Storekeeper.tell(board, problem);
        }

        void carryOut(Command command) {
            storekeeper.carryOut(command);
        }

        RuntimeView view() {
            return board.view();
        }

        LedgerView ledger() {
            return ((Seen.Present<LedgerView>) view().ledger()).value();
        }

        /** What the operator would expect: the last term that the board told. */
        long term() {
            return view().ledger() instanceof Seen.Present<LedgerView>(var now) ? now.term() : 2;
        }

        Outcome outcome(String command) {
            return view().receipts().stream()
                    .filter(receipt -> receipt.command().equals(command))
                    .findFirst()
                    .orElseThrow()
                    .outcome();
        }
    }

    private static JobDescription description(String uid) {
        return new JobDescription(
                "ns",
                "life",
                uid,
                "rev",
                new JobDescription.Storage(
                        URI.create("s3://weir/jobs/ns/life"), "us-east-1", Optional.empty(), true),
                new JobDescription.State(Backend.HASH_MAP, false),
                new JobDescription.Checkpointing(
                        Duration.ofSeconds(10), Duration.ZERO, Duration.ofMinutes(1), false, 3),
                new JobDescription.Restart(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Optional.empty(),
                        Duration.ofMinutes(1)),
                1,
                MemoryBudget.of(1024L * 1024 * 1024, Backend.HASH_MAP),
                Map.of(),
                List.of(),
                100);
    }
}
