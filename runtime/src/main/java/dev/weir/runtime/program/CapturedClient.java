package dev.weir.runtime.program;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;

/**
 * The client of a job that was captured and does not run: it knows the job's id and refuses the
 * rest.
 */
record CapturedClient(JobID jobId) implements JobClient {

    private static <T> CompletableFuture<T> heldOnly() {
        return CompletableFuture.failedFuture(
                new UnsupportedOperationException(
                        "The job is prepared and held: a program cannot steer it."));
    }

    @Override
    public JobID getJobID() {
        return jobId;
    }

    @Override
    public CompletableFuture<JobStatus> getJobStatus() {
        return heldOnly();
    }

    @Override
    public CompletableFuture<Void> cancel() {
        return heldOnly();
    }

    @Override
    public CompletableFuture<String> stopWithSavepoint(
            boolean advanceToEndOfEventTime,
            String savepointDirectory,
            SavepointFormatType formatType) {
        return heldOnly();
    }

    @Override
    public CompletableFuture<String> triggerSavepoint(
            String savepointDirectory, SavepointFormatType formatType) {
        return heldOnly();
    }

    @Override
    public CompletableFuture<Map<String, Object>> getAccumulators() {
        return heldOnly();
    }

    @Override
    public CompletableFuture<JobExecutionResult> getJobExecutionResult() {
        return heldOnly();
    }
}
