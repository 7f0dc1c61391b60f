package dev.weir.e2e.suites;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.e2e.node.JobUnderTest;
import dev.weir.e2e.node.Signal;
import dev.weir.e2e.node.Stage;
import dev.weir.ledger.LedgerRecord;
import dev.weir.sandbox.exact.Verdict;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Rule 7: an owner that rolls to a new term goes on without a pause, and what comes after is
 * restored as ever.
 */
@ExtendWith(OnTheNode.class)
class RolledIT {

    private static final int SLOTS = 6;
    private static final Duration BOUND = Duration.ofMinutes(2);

    @Test
    void rolledIsCrossedThreeTimesAndStaysExact(Stage stage) throws Exception {
        stage.reconfigure(Map.of("rollAfter", Integer.toString(SLOTS)));
        String namespace = stage.namespace("rolled");
        try (ExactJob exact =
                ExactJob.start(stage, namespace, new ExactJob.Settings("HashMap", "500ms", 1))) {
            JobUnderTest job = exact.job();
            awaitRolls(stage, exact, 3);
            assertThat(job.status("restarts").map(Object::toString).orElse("0")).isEqualTo("0");
            assertThat(job.jvm(BOUND).signal(Signal.KILL)).isTrue();
            job.await(
                    "a claim after the kill",
                    BOUND,
                    () -> job.condition("Ready").filter("False"::equals));
            job.awaitUpToDate(BOUND);
            awaitRolls(stage, exact, 5);
            Verdict verdict = exact.finish();
            assertThat(verdict.exact()).as(verdict.toString()).isTrue();
        }
    }

    @AfterEach
    void theDefaultLimitIsBack(Stage stage) {
        stage.reconfigure(Map.of());
    }

    private static void awaitRolls(Stage stage, ExactJob exact, int rolls) {
        JobUnderTest job = exact.job();
        job.await(
                rolls + " rolled terms",
                BOUND,
                () -> {
                    long rolled =
                            stage.bucket().ledger(job.namespace(), job.name()).stream()
                                    .filter(entry -> entry.record() instanceof LedgerRecord.Rolled)
                                    .count();
                    return rolled >= rolls ? Optional.of(rolled) : Optional.empty();
                });
    }
}
