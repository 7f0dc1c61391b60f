package dev.weir.runtime.flink;

import dev.weir.ledger.Owned;
import dev.weir.ledger.RestorePoint;
import dev.weir.protocol.SavepointFormat;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.application.SingleJobApplication;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.dispatcher.TriggerSavepointMode;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.jobmaster.JobResult;

/** One term's job in the engine, from its submission to its end. */
public final class ActiveJob {

    private static final Duration SUBMISSION = Duration.ofMinutes(2);

    /**
     * Flink wants a bound on every question, and knows none above seven years; this one is answered
     * when the job ends.
     */
    private static final Duration UNTIL_IT_ENDS = Duration.ofDays(2000);

    /** How a job ended. */
    public sealed interface End {
        record Finished() implements End {}

        record Failed(String cause) implements End {}

        /** The engine did not say: the job may run on, so this JVM can't start another. */
        record Unknown(String cause) implements End {}
    }

    private final JobID id;
    private final DispatcherGateway dispatcher;
    private final CompletableFuture<End> end;

    private ActiveJob(JobID id, DispatcherGateway dispatcher, CompletableFuture<End> end) {
        this.id = id;
        this.dispatcher = dispatcher;
        this.end = end;
    }

    /**
     * Starts a term's job from its claim's restore point. Whatever goes wrong comes through {@link
     * #end}.
     *
     * @param graph the caller's own copy
     * @param root the job's root in the store
     * @param room done once there are slots for it; never fails
     */
    public static ActiveJob start(
            HeldEngine engine,
            JobGraph graph,
            RunningTerm term,
            Owned owned,
            String root,
            CompletableFuture<Void> room) {
        JobID id = JobID.fromHexString(id(owned));
        graph.setJobID(id);
        graph.getJobConfiguration()
                .set(
                        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                        root + "/checkpoints/%019d".formatted(owned.claim().jobIdTerm()));
        graph.setSavepointRestoreSettings(restore(owned.claim().from()));
        RunningTerms.begin(id, term);
        term.told(new EngineEvent.Submitted(subtasks(graph)));
        DispatcherGateway dispatcher = engine.dispatcher();
        CompletableFuture<End> end =
                room.thenCompose(
                                _ ->
                                        dispatcher.submitApplication(
                                                new SingleJobApplication(graph), SUBMISSION))
                        .thenCompose(_ -> dispatcher.requestJobResult(id, UNTIL_IT_ENDS))
                        .thenCompose(result -> end(dispatcher, result))
                        .handle(
                                (told, failure) -> {
                                    RunningTerms.end(id);
                                    return failure == null
                                            ? told
                                            : new End.Unknown(Causes.inOneLine(failure));
                                });
        return new ActiveJob(id, dispatcher, end);
    }

    private static int subtasks(JobGraph graph) {
        int all = 0;
        for (JobVertex vertex : graph.getVertices()) {
            all += vertex.getParallelism();
        }
        return all;
    }

    /** A failure is told with the task that it befell, which the result does not know. */
    private static CompletableFuture<End> end(DispatcherGateway dispatcher, JobResult result) {
        return end(result) instanceof End.Failed(var cause)
                ? dispatcher
                        .requestExecutionGraphInfo(result.getJobId(), SUBMISSION)
                        .handle(
                                (graph, unknown) ->
                                        new End.Failed(
                                                unknown == null
                                                        ? cause + Causes.task(graph)
                                                        : cause))
                : CompletableFuture.completedFuture(end(result));
    }

    /**
     * The result's own word for success also covers a job that was suspended with its coordinator;
     * that one has not finished, and may not be recorded as if it had.
     */
    static End end(JobResult result) {
        var thrown =
                result.getSerializedThrowable()
                        .map(t -> t.deserializeError(ActiveJob.class.getClassLoader()));
        var status = result.getJobStatus().orElse(JobStatus.SUSPENDED);
        if (!status.isGloballyTerminalState()) {
            return new End.Unknown("the coordinator let go of the job while it was " + status);
        }
        return status == JobStatus.FINISHED
                ? new End.Finished()
                : new End.Failed(
                        thrown.map(Causes::inOneLine).orElse("The job ended as " + status));
    }

    /**
     * Rule 6: each term has its own id. A JVM that ran an id before refuses it, so a roll alone
     * keeps it.
     */
    public static String id(Owned owned) {
        String name = owned.claim().jobUid() + "/" + owned.claim().jobIdTerm();
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static SavepointRestoreSettings restore(RestorePoint from) {
        return switch (from) {
            case RestorePoint.Fresh() -> SavepointRestoreSettings.none();
            case RestorePoint.Checkpoint(_, var location) -> restore(location);
            case RestorePoint.Savepoint(_, var location) -> restore(location);
        };
    }

    private static SavepointRestoreSettings restore(String location) {
        return SavepointRestoreSettings.forPath(location, false, RecoveryClaimMode.NO_CLAIM);
    }

    public String id() {
        return id.toHexString();
    }

    public CompletableFuture<End> end() {
        return end;
    }

    /**
     * Takes a savepoint into {@code directory} and lets the job finish after it. Fails if the
     * savepoint does.
     */
    public CompletableFuture<String> stop(String directory, Duration timeout) {
        return dispatcher.stopWithSavepointAndGetLocation(
                id,
                directory,
                SavepointFormatType.NATIVE,
                TriggerSavepointMode.SUSPEND_WITH_SAVEPOINT,
                timeout);
    }

    /** Takes a savepoint into a directory of its own in {@code directory}; the job runs on. */
    public CompletableFuture<String> savepoint(
            String directory, SavepointFormat format, Duration timeout) {
        return dispatcher.triggerSavepointAndGetLocation(
                id,
                directory,
                SavepointMetadata.type(format),
                TriggerSavepointMode.SAVEPOINT,
                timeout);
    }
}
