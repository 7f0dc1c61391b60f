package dev.weir.crds;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a job stands, in one word for people; programs look at the conditions. */
public enum Phase {
    /** Accepted, and nothing was done for it yet. */
    @JsonProperty("Pending")
    PENDING,
    /** A pod boots and compiles the program. */
    @JsonProperty("Preparing")
    PREPARING,
    /** A pod is ready to run the job, and waits. */
    @JsonProperty("Held")
    HELD,
    /** The job was activated; not all of its tasks run yet. */
    @JsonProperty("Starting")
    STARTING,
    /** All tasks run. */
    @JsonProperty("Running")
    RUNNING,
    /** The running revision is stopped with a savepoint to make room for the one of the spec. */
    @JsonProperty("Upgrading")
    UPGRADING,
    /** The new revision failed before its first checkpoint, and the one before it is put back. */
    @JsonProperty("RollingBack")
    ROLLING_BACK,
    /** The job failed or lost its pod, and is brought back from its newest checkpoint. */
    @JsonProperty("Recovering")
    RECOVERING,
    /** The job is stopped with a savepoint. */
    @JsonProperty("Suspending")
    SUSPENDING,
    /** Stopped on request; no pod is left. */
    @JsonProperty("Suspended")
    SUSPENDED,
    /** The program came to its end by itself. */
    @JsonProperty("Completed")
    COMPLETED,
    /** Given up, or the spec cannot be run: the Ready condition says why and what helps. */
    @JsonProperty("Failed")
    FAILED,
    /** The resource was deleted, and its end is being brought about. */
    @JsonProperty("Deleting")
    DELETING
}
