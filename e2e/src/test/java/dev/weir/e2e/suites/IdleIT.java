package dev.weir.e2e.suites;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.e2e.node.AuditLog;
import dev.weir.e2e.node.AuditLog.Write;
import dev.weir.e2e.node.Await;
import dev.weir.e2e.node.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A job that just runs costs the API server nothing: checkpoints are the ledger's business. */
@ExtendWith(OnTheNode.class)
class IdleIT {

    private static final Duration SPAN = Duration.ofMinutes(3);
    private static final Duration REFRESH = Duration.ofSeconds(15);

    @Test
    void anIdleOperatorWritesItsLeaseAndTheBudgetOfStatusRefreshes(Stage stage) throws Exception {
        String namespace = stage.namespace("idle");
        try (ExactJob exact =
                ExactJob.start(stage, namespace, new ExactJob.Settings("HashMap", "1s", 1))) {
            exact.job().awaitUpToDate(Duration.ofMinutes(1));
            Await.pass(Duration.ofSeconds(20));
            long checkpointsBefore = stage.bucket().ledger(namespace, "exact").size();
            Instant begin = Instant.now();
            Await.pass(SPAN);
            List<Write> writes =
                    AuditLog.of(stage.cluster()).operatorWrites(begin, begin.plus(SPAN));
            Map<String, Long> counts =
                    writes.stream()
                            .collect(
                                    Collectors.groupingBy(
                                            Function.identity(), Collectors.counting()))
                            .entrySet()
                            .stream()
                            .collect(
                                    Collectors.toMap(
                                            entry -> entry.getKey().toString(),
                                            Map.Entry::getValue));
            System.out.printf("writes of the operator in %d s: %s%n", SPAN.toSeconds(), counts);
            assertThat(stage.bucket().ledger(namespace, "exact").size() - checkpointsBefore)
                    .as("checkpoints meanwhile")
                    .isGreaterThan(SPAN.toSeconds() / 2);
            assertThat(writes).allMatch(write -> write.isLease() || write.isStatusOf("streamjobs"));
            assertThat(writes).filteredOn(Write::isLease).isNotEmpty();
            assertThat(writes)
                    .filteredOn(write -> write.isStatusOf("streamjobs"))
                    .hasSizeLessThanOrEqualTo((int) SPAN.dividedBy(REFRESH) + 1);
        }
    }
}
