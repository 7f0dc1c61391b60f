package dev.weir.e2e.suites;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.e2e.node.JobUnderTest;
import dev.weir.e2e.node.Stage;
import dev.weir.sandbox.exact.ExactProgram;
import dev.weir.sandbox.exact.Verdict;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Rule 9 on the node: an edit whose program fails, here as its operators are others than those that
 * the state is of, gives way to the program before it, by itself; the next edit is tried. Every row
 * is judged.
 */
@ExtendWith(OnTheNode.class)
class RollbackIT {

    private static final Duration BOUND = Duration.ofMinutes(3);
    private static final long SEED = 9;

    @Test
    void rule9_aProgramThatFailsGivesWayToTheOneBeforeAndTheNextEditIsTried(Stage stage)
            throws Exception {
        var settings = new ExactJob.Settings("HashMap", "1s", SEED);
        try (ExactJob exact = ExactJob.start(stage, stage.namespace("rollback"), settings)) {
            JobUnderTest job = exact.job();
            job.awaitUpToDate(BOUND);
            Object good = job.status("revision", "hash").orElseThrow();
            String sql = new ExactProgram(exact.topics(), exact.transactionalIdPrefix()).sql();

            job.editSql(
                    sql.replace("SELECT k, seq, v, COUNT", "SELECT k, seq, v / (k - k), COUNT"));
            job.await(
                    "the edit is rejected, and the program before it runs",
                    BOUND,
                    () ->
                            job.reason("UpToDate")
                                    .filter("RevisionRejected"::equals)
                                    .filter(_ -> job.phase().equals(Optional.of("Running"))));
            assertThat(job.message("UpToDate").orElseThrow()).contains("failed before its first");
            assertThat(job.condition("Ready")).contains("True");
            assertThat(job.status("revision", "hash")).contains(good);
            assertThat(exact.catchUp().faultless()).isTrue();

            job.editSql("-- Another revision of the same program.\n" + sql);
            job.awaitUpToDate(BOUND);
            assertThat(job.status("revision", "hash")).isNotEqualTo(Optional.of(good));
            Verdict verdict = exact.finish();
            System.out.printf("rolled back and edited: %s%n", verdict);
            assertThat(verdict.exact()).as(verdict.toString()).isTrue();
        }
    }
}
