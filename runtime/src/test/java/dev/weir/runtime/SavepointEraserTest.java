package dev.weir.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ledger.Bound;
import dev.weir.ledger.ClaimOutcome;
import dev.weir.ledger.ClaimRequest;
import dev.weir.ledger.Claiming;
import dev.weir.ledger.RestorePoint;
import dev.weir.ledger.Slot;
import dev.weir.ledger.Start;
import dev.weir.ledger.StepRunner;
import dev.weir.ledger.memory.InMemoryLedgerStore;
import dev.weir.protocol.Command;
import dev.weir.protocol.Receipt.Outcome;
import dev.weir.runtime.fake.FailingStore;
import dev.weir.runtime.ledger.JobLedger;
import dev.weir.runtime.ledger.SavepointPlace;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the erasure of one savepoint takes along, and when it takes nothing. */
final class SavepointEraserTest {

    private static final Bound BOUND = new Bound(3, Duration.ZERO);
    private static final String OURS = new SavepointPlace("u-1", 1).directory("") + "/a";
    private static final String LATER = new SavepointPlace("u-1", 2).directory("") + "/b";
    private static final String ANOTHERS = new SavepointPlace("u-10", 1).directory("") + "/a";

    private final InMemoryLedgerStore objects = new InMemoryLedgerStore();
    private final FailingStore store = new FailingStore(objects);
    private final SavepointEraser eraser =
            new SavepointEraser(new JobLedger(store, BOUND, 100, Halt.ofTheJvm()));

    @Test
    void rule10_allAttemptsGoAndNothingElseDoes() throws Exception {
        claim(new Start.First());
        put(OURS, LATER, ANOTHERS);
        assertThat(erase(1)).isEqualTo(Outcome.DONE);
        assertThat(store.keys())
                .containsExactly(
                        new Slot(1, 0).key(),
                        ANOTHERS.substring(1) + "/0a1b",
                        ANOTHERS.substring(1) + "/_metadata");
        assertThat(erase(1)).as("again").isEqualTo(Outcome.DONE);
    }

    @Test
    void rule4_anOrderForAnotherTermThanTheLedgersIsStale() throws Exception {
        claim(new Start.First());
        put(OURS);
        assertThat(erase(0)).isEqualTo(Outcome.STALE);
        assertThat(store.keys()).hasSize(3);
    }

    @Test
    void rule10_filesThatTheJobsStateWouldComeFromStay() throws Exception {
        put(OURS);
        objects.putMetadata("s3://b/j" + OURS, 7);
        claim(new Start.Explicit(new RestorePoint.Savepoint(42, "s3://b/j" + OURS), "nonce"));
        assertThat(erase(1)).isEqualTo(Outcome.REFUSED);
        assertThat(store.keys()).contains(OURS.substring(1) + "/_metadata");
    }

    @Test
    void aStoreThatStopsInTheMiddleFailsTheOrderAndItsRepeatFinishes() throws Exception {
        claim(new Start.First());
        var interrupted = 0;
        for (int good = 0; ; good++) {
            put(OURS, LATER);
            store.failAfter(good, Integer.MAX_VALUE);
            var first = erase(1);
            store.failAfter(0, 0);
            assertThat(erase(1)).isEqualTo(Outcome.DONE);
            assertThat(store.keys()).containsExactly(new Slot(1, 0).key());
            if (first == Outcome.DONE) {
                assertThat(interrupted).as("places where it was interrupted").isGreaterThan(3);
                return;
            }
            interrupted++;
            assertThat(first).isEqualTo(Outcome.FAILED);
        }
    }

    private Outcome erase(long term) {
        return eraser.answer(new Command.EraseSavepoint("erase", "job-1", "pod", term, "u-1"))
                .outcome();
    }

    private void put(String... directories) {
        for (String directory : directories) {
            objects.create(directory.substring(1) + "/0a1b", "x");
            objects.create(directory.substring(1) + "/_metadata", "x");
        }
    }

    private void claim(Start start) throws InterruptedException {
        var request =
                new ClaimRequest(
                        "claim",
                        0,
                        start,
                        "writer",
                        Instant.parse("2026-03-01T12:00:00Z"),
                        "pod",
                        "job-1",
                        "rev",
                        "digest",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        assertThat(new StepRunner(objects).run(Claiming.claim(request, BOUND)))
                .isInstanceOf(ClaimOutcome.Won.class);
    }
}
