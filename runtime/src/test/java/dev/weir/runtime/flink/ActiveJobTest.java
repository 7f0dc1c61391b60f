package dev.weir.runtime.flink;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.util.SerializedThrowable;
import org.junit.jupiter.api.Test;

/** What counts as a job's own end, which the ledger records for ever. */
class ActiveJobTest {

    @Test
    void onlyAFinishedJobHasFinished() {
        assertThat(ActiveJob.end(result(JobStatus.FINISHED)))
                .isEqualTo(new ActiveJob.End.Finished());
    }

    @Test
    void aJobSuspendedWithItsCoordinatorHasNotFinishedThoughTheEngineCallsThatASuccess() {
        // The engine keeps no status for it: a result has a final one, or none.
        var suspended = result(null);
        assertThat(suspended.isSuccess()).isTrue();
        assertThat(ActiveJob.end(suspended)).isInstanceOf(ActiveJob.End.Unknown.class);
    }

    @Test
    void aFailedJobsCauseIsTold() {
        var failed =
                new JobResult.Builder()
                        .jobId(new JobID())
                        .jobStatus(JobStatus.FAILED)
                        .netRuntime(1)
                        .serializedThrowable(
                                new SerializedThrowable(new IllegalStateException("poisoned")))
                        .build();
        assertThat(ActiveJob.end(failed))
                .isInstanceOfSatisfying(
                        ActiveJob.End.Failed.class,
                        end -> assertThat(end.cause()).contains("poisoned"));
    }

    private static JobResult result(JobStatus status) {
        return new JobResult.Builder().jobId(new JobID()).jobStatus(status).netRuntime(1).build();
    }
}
