package dev.weir.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import java.util.Map;

/**
 * What the user asks for.
 *
 * <p>A component is null only where the resource was not defaulted by an API server that knows this
 * schema, or where its text says what absence means; {@code SpecReader} turns a spec into a value
 * without nulls, or into every violation.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "has(self.storage) == has(oldSelf.storage)",
        message =
                "spec.storage cannot be added or removed once the job exists, because its state would be left"
                        + " behind; create a StreamJob of another name for the new place")
public record StreamJobSpec(
        @Required
                @JsonPropertyDescription(
                        "The program that the job runs. A change is a new revision: the running job is stopped with a"
                                + " savepoint, and the new program starts from it.")
                ProgramSpec program,
        @Size(min = 1, max = 512)
                @JsonPropertyDescription(
                        "Image of the runtime pod. Default: the image that the operator was installed with. A change is"
                                + " a new revision.")
                String image,
        @Default("false")
                @JsonPropertyDescription(
                        "true stops the job with a savepoint and removes its pods; false starts it again from exactly there."
                                + " Default: false.")
                Boolean suspend,
        @Default("1")
                @Min(1)
                @Max(1024)
                @SpecReplicas
                @JsonPropertyDescription(
                        "Number of parallel subtasks of each operator, unless the program sets its own. Also the replicas"
                                + " of the scale subresource. Default: 1. A change is a new revision.")
                Integer parallelism,
        @JsonPropertyDescription("CPU and memory of the runtime pod.") ResourcesSpec resources,
        @JsonPropertyDescription(
                        "Object storage of the job's ledger, checkpoints and savepoints. Default: the storage that the operator"
                                + " was installed with, under the prefix of this job's namespace and name. Cannot be added or removed"
                                + " later.")
                StorageSpec storage,
        @JsonPropertyDescription("How the job keeps its state while it runs.") StateSpec state,
        @JsonPropertyDescription("How often the state is made durable, and how much of it is kept.")
                CheckpointSpec checkpoint,
        @JsonPropertyDescription(
                        "How a failed job is started again from its newest checkpoint. A change is a new revision.")
                RestartSpec restart,
        @JsonPropertyDescription("What becomes of a new revision that turns out to be bad.")
                UpgradeSpec upgrade,
        @JsonPropertyDescription("When a runtime pod counts as unreachable or lost.")
                FailureDetectionSpec failureDetection,
        @JsonPropertyDescription("What becomes of the job's state when this resource is deleted.")
                DeletionSpec deletion,
        @Size(max = 64)
                @JsonPropertyDescription(
                        "Further settings of Apache Flink, by key. Keys that Weir owns (storage, state, checkpoints, restarts,"
                                + " memory, ports, high availability) are refused; the message names the field to use instead. A change"
                                + " is a new revision.")
                Map<String, String> flinkConfiguration) {}
