package dev.weir.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * Which job a savepoint is taken of, and how. Components are null only where the resource was not
 * defaulted by an API server that knows this schema.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SavepointSpec(
        @Required
                @Size(min = 1, max = 253)
                @ValidationRule(
                        value = "self == oldSelf",
                        message =
                                "spec.job cannot be changed, because a savepoint is taken once; create another Savepoint for the"
                                        + " other job")
                @JsonPropertyDescription(
                        "Name of the StreamJob, in the same namespace. The savepoint is taken as soon as that job runs."
                                + " Immutable.")
                String job,
        @Default("Canonical")
                @ValidationRule(
                        value = "self == oldSelf",
                        message =
                                "spec.format cannot be changed, because a savepoint is taken once; create another Savepoint of the"
                                        + " other format")
                @JsonPropertyDescription(
                        "Canonical can be restored with another state backend, which a copy that is kept for what cannot be"
                                + " foreseen should be. Native is the backend's own form: quicker to take and to restore, by much where"
                                + " RocksDB holds large state. Default: Canonical. Immutable.")
                Format format,
        @Default("Retain")
                @JsonPropertyDescription(
                        "What the deletion of this resource does to the savepoint's files. Retain leaves them where"
                                + " status.location says. Delete deletes them; this is done by a pod of the job, so the resource goes once"
                                + " one has done it, or with the job itself. Can be changed. Default: Retain.")
                DeletionPolicy deletionPolicy,
        @Default("1h")
                @Size(min = 2, max = 32)
                @ValidationRule(
                        value =
                                DurationText.CEL
                                        + " && duration(self) >= duration('1s') && duration(self) <= duration('720h')",
                        message = "spec.deadline must be a duration from 1s to 720h, such as 1h")
                @JsonPropertyDescription(
                        "How long the savepoint is waited for while it cannot be begun, because the job does not run or"
                                + " another savepoint of that job is taken. Then it has failed. One that is being taken is let finish."
                                + " From 1s to 720h. Can be changed. Default: 1h.")
                String deadline) {

    /** How the state is written. */
    public enum Format {
        @JsonProperty("Canonical")
        CANONICAL,
        @JsonProperty("Native")
        NATIVE
    }

    /** The fate of a deleted savepoint's files. */
    public enum DeletionPolicy {
        @JsonProperty("Retain")
        RETAIN,
        @JsonProperty("Delete")
        DELETE
    }
}
