package dev.weir.e2e.suites;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.e2e.node.JobUnderTest;
import dev.weir.e2e.node.Stage;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * No edit is overlooked. The operator writes the status after each edit; the next edit is made at a
 * random instant of the few milliseconds around that write, where a client that filters its own
 * writes out of its events can lose the user's. Each edit must be observed, or one that came after
 * it.
 */
@ExtendWith(OnTheNode.class)
class SpecEditsIT {

    private static final int EDITS = 1_000;
    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final int LONGEST_PAUSE_MILLIS = 40;

    @Test
    void everyEditIsActedUponWhileStatusIsBeingWritten(Stage stage) throws Exception {
        long seed = Long.getLong("weir.seed", new Random().nextLong());
        System.out.printf("spec edits: seed %d%n", seed);
        Random random = new Random(seed);
        String namespace = stage.namespace("edits");
        try (ExactJob exact =
                ExactJob.start(stage, namespace, new ExactJob.Settings("HashMap", "1s", seed))) {
            JobUnderTest job = exact.job();
            Object term = job.status("term").orElseThrow();
            int made = 0;
            while (made < EDITS) {
                int burst = Math.min(EDITS - made, 1 + random.nextInt(4));
                for (int i = 0; i < burst; i++) {
                    made++;
                    // Of no consequence for the run, so that no edit restarts the job.
                    job.patch(
                            "{\"spec\":{\"failureDetection\":{\"timeout\":\"%dms\"}}}"
                                    .formatted(5_000 + made));
                    LockSupport.parkNanos(
                            Duration.ofMillis(random.nextInt(LONGEST_PAUSE_MILLIS)).toNanos());
                }
                awaitObserved(job, made);
            }
            assertThat(job.status("term")).contains(term);
            assertThat(exact.finish().exact()).isTrue();
        }
    }

    private static void awaitObserved(JobUnderTest job, int made) {
        long generation = job.resource().orElseThrow().getMetadata().getGeneration();
        job.await(
                "edit " + made + " is observed",
                BOUND,
                () ->
                        job.status("observedGeneration")
                                .filter(observed -> ((Number) observed).longValue() >= generation)
                                .or(Optional::empty));
    }
}
