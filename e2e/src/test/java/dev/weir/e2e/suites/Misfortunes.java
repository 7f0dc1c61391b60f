package dev.weir.e2e.suites;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.e2e.node.Await;
import dev.weir.e2e.node.BarePod;
import dev.weir.e2e.node.Bucket;
import dev.weir.e2e.node.ContainerProcess;
import dev.weir.e2e.node.JobUnderTest;
import dev.weir.e2e.node.Signal;
import dev.weir.e2e.node.Stage;
import dev.weir.ledger.LedgerRecord;
import dev.weir.ledger.Start;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;

/**
 * Causes misfortunes, each by the means that would cause it in earnest, and waits until the job is
 * Ready again.
 */
final class Misfortunes {

    private static final Duration BOUND = Duration.ofSeconds(90);
    private static final int CHECKPOINTS_OF_THE_SECOND = 3;

    private final Stage stage;
    private final ExactJob exact;
    private final JobUnderTest job;

    Misfortunes(Stage stage, ExactJob exact) {
        this.stage = stage;
        this.exact = exact;
        this.job = exact.job();
    }

    void cause(Misfortune misfortune) throws Exception {
        switch (misfortune) {
            case JVM_KILLED -> killJvm();
            case POD_DELETED -> job.deletePod(job.runningPod(BOUND), Duration.ofSeconds(30));
            case POD_DELETED_BY_FORCE -> job.deletePod(job.runningPod(BOUND), Duration.ZERO);
            case OPERATOR_AND_POD_KILLED -> {
                Pod pod = job.runningPod(BOUND);
                stage.weir().killPods();
                job.deletePod(pod, Duration.ZERO);
            }
            case JVM_KILLED_WITHOUT_OPERATOR -> withoutOperator(this::killJvmAndWatch);
            case STATUS_WIPED -> {
                job.wipeStatus();
                killJvm();
            }
            case TWO_JVMS -> withoutOperator(this::twoJvms);
        }
        stage.weir().awaitAvailable();
        job.awaitUpToDate(BOUND);
    }

    private void killJvm() {
        assertThat(job.jvm(BOUND).signal(Signal.KILL)).isTrue();
    }

    /** What befalls a job while no operator is there; it comes back whatever happens. */
    @FunctionalInterface
    private interface Mishap {
        void happen() throws Exception;
    }

    private void withoutOperator(Mishap mishap) throws Exception {
        stage.weir().scaleToZero();
        try {
            mishap.happen();
        } finally {
            stage.weir().scaleToOne();
        }
    }

    private void killJvmAndWatch() {
        long before = term();
        killJvm();
        Await.that("the container claims the next term by itself", BOUND, () -> term() > before);
        assertThat(exact.catchUp().behind()).as("output without operator").isZero();
    }

    private void twoJvms() throws Exception {
        Pod first = job.runningPod(BOUND);
        ContainerProcess frozen = job.jvm(BOUND);
        try (BarePod second = BarePod.twinOf(stage.cluster(), first)) {
            second.awaitHeld(BOUND);
            new CommitWindow(stage, exact).freeze(frozen);
            long term = term();
            second.activate(job.uid(), term, new Start.Latest());
            Await.that(
                    "the second JVM completes " + CHECKPOINTS_OF_THE_SECOND + " checkpoints",
                    BOUND,
                    () -> checkpoints(term + 1) >= CHECKPOINTS_OF_THE_SECOND);
            assertThat(frozen.signal(Signal.CONT)).isTrue();
            Await.that("the first JVM halts, fenced", BOUND, () -> !frozen.alive());
            assertThat(term()).as("the woken JVM claims nothing").isEqualTo(term + 1);
        }
    }

    private long term() {
        List<Bucket.Entry> ledger = ledger();
        return ledger.getLast().slot().term();
    }

    private long checkpoints(long term) {
        return ledger().stream()
                .filter(entry -> entry.slot().term() == term)
                .filter(entry -> entry.record() instanceof LedgerRecord.Checkpoint)
                .count();
    }

    private List<Bucket.Entry> ledger() {
        return stage.bucket().ledger(job.namespace(), job.name());
    }
}
