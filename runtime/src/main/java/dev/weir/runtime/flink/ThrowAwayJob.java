package dev.weir.runtime.flink;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.application.SingleJobApplication;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.dispatcher.TriggerSavepointMode;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;

/**
 * A job that belongs to no term: nothing of it is appended, and nobody hears of it. Its id is
 * drawn, 128 random bits, where a term's is derived, so that neither is ever taken for the other.
 */
public final class ThrowAwayJob {

    private static final Duration ASK = Duration.ofSeconds(60);
    private static final Duration UNTIL_IT_ENDS = Duration.ofDays(2000);
    private static final int TRIES = 3_000;
    private static final Executor SOON =
            CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);

    private final JobID id;
    private final HeldEngine engine;
    private final CompletableFuture<?> submitted;
    private final CompletableFuture<Void> over;

    private ThrowAwayJob(JobID id, HeldEngine engine, CompletableFuture<?> submitted) {
        this.id = id;
        this.engine = engine;
        this.submitted = submitted;
        this.over =
                submitted
                        .thenCompose(_ -> dispatcher().requestJobResult(id, UNTIL_IT_ENDS))
                        .handle((_, _) -> null);
    }

    /**
     * @param graph the caller's own copy
     * @param from the savepoint that it goes on from
     */
    public static ThrowAwayJob start(HeldEngine engine, JobGraph graph, Optional<String> from) {
        JobID id = new JobID();
        graph.setJobID(id);
        graph.setSavepointRestoreSettings(
                from.map(
                                path ->
                                        SavepointRestoreSettings.forPath(
                                                path, false, RecoveryClaimMode.NO_CLAIM))
                        .orElseGet(SavepointRestoreSettings::none));
        return new ThrowAwayJob(
                id,
                engine,
                engine.dispatcher().submitApplication(new SingleJobApplication(graph), ASK));
    }

    /** Done once the job has ended, however it did. */
    public CompletableFuture<Void> over() {
        return over;
    }

    /** Done once the job has ended and no slot is in use, failed if that takes too long. */
    public CompletableFuture<Void> gone(Duration within) {
        return over.thenCompose(_ -> engine.free(within));
    }

    /**
     * Takes a checkpoint, the first that the engine does not refuse: it does until all tasks run.
     */
    public CompletableFuture<String> checkpoint() {
        return checkpoint(TRIES);
    }

    private CompletableFuture<String> checkpoint(int tries) {
        return dispatcher()
                .triggerCheckpoint(id, ASK)
                .exceptionallyCompose(
                        refusal ->
                                over.isDone() || tries == 0
                                        ? CompletableFuture.failedFuture(refusal)
                                        : CompletableFuture.runAsync(() -> {}, SOON)
                                                .thenCompose(_ -> checkpoint(tries - 1)));
    }

    /** Ends the job with a savepoint into {@code directory}, and tells where that is. */
    public CompletableFuture<String> stop(String directory) {
        return dispatcher()
                .stopWithSavepointAndGetLocation(
                        id,
                        directory,
                        SavepointFormatType.NATIVE,
                        TriggerSavepointMode.SUSPEND_WITH_SAVEPOINT,
                        ASK)
                .thenCompose(location -> over.thenApply(_ -> location));
    }

    /** Ends the job at once, wherever it stands; one that is over stays so. */
    public void cancel() {
        submitted.thenCompose(_ -> dispatcher().cancelJob(id, ASK));
    }

    private DispatcherGateway dispatcher() {
        return engine.dispatcher();
    }
}
