package dev.weir.runtime.flink;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.JobID;

/**
 * The terms of this JVM by Flink's job id. Static, and the only such place: Flink makes checkpoint
 * storage and event reporters by class name, so there is no constructor through which a term could
 * reach them.
 */
public final class RunningTerms {

    private static final Map<JobID, RunningTerm> BY_JOB = new ConcurrentHashMap<>();

    private RunningTerms() {}

    static void begin(JobID job, RunningTerm term) {
        BY_JOB.put(job, term);
    }

    static void end(JobID job) {
        BY_JOB.remove(job);
    }

    /** Empty on a worker, and for the throw-away job of the warm-up. */
    static Optional<RunningTerm> of(JobID job) {
        return Optional.ofNullable(BY_JOB.get(job));
    }
}
