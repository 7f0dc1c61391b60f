package dev.weir.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/** What a deletion leaves behind. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeletionSpec(
        @Default("Retain")
                @JsonPropertyDescription(
                        "Retain stops the job with a savepoint and keeps it. Delete stops the job and deletes its checkpoints"
                                + " and savepoints; of its ledger only claims, seals and a tombstone stay. Default: Retain.")
                StateOnDeletion state) {

    /** The fate of a deleted job's files. */
    public enum StateOnDeletion {
        @JsonProperty("Retain")
        RETAIN,
        @JsonProperty("Delete")
        DELETE
    }
}
