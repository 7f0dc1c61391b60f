package dev.weir.crds;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a savepoint stands, in one word for people; programs look at the conditions. */
public enum SavepointPhase {
    /** Waits for its job to run, or for another savepoint of the job. */
    @JsonProperty("Pending")
    PENDING,
    /** The job was told; its barriers are on their way to all tasks. */
    @JsonProperty("Preparing")
    PREPARING,
    /** The tasks write their state. */
    @JsonProperty("Executing")
    EXECUTING,
    /** All state is written; the metadata that makes it whole is being written. */
    @JsonProperty("Completing")
    COMPLETING,
    /** Complete: the rest of the status says where it is. */
    @JsonProperty("Completed")
    COMPLETED,
    /** It was not taken and will not be: the condition says why and what helps. */
    @JsonProperty("Failed")
    FAILED,
    /** The resource was deleted, and its files are to be deleted too. */
    @JsonProperty("Deleting")
    DELETING;

    /** Whether nothing more comes of it. */
    public boolean settled() {
        return this == COMPLETED || this == FAILED;
    }
}
