package dev.weir.crds;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.List;

/**
 * What the operator reports of a savepoint. It can be wiped: it is waited for anew, and what was
 * taken is found again in the store by the resource's UID, once the job runs. Written only by the
 * savepoint projector. A component is null where there is nothing to say yet.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SavepointStatus(
        @JsonPropertyDescription("Generation of the spec that the rest of the status speaks of.")
                Long observedGeneration,
        @JsonPropertyDescription("Where the savepoint stands, in one word.") SavepointPhase phase,
        @JsonPropertyDescription(
                        "Completed: it is whole and can be read. Progressing: it is waited for, or being taken or deleted.")
                List<SavepointCondition> conditions,
        @JsonPropertyDescription("The directory that holds its metadata.") String location,
        @JsonPropertyDescription("Size in bytes.") Long size,
        @JsonPropertyDescription("Hash of the job's revision that it was taken of.")
                String revision,
        @JsonPropertyDescription("Term of the job's ledger in which it was taken.") Long term,
        @JsonPropertyDescription("Flink's id of it, one of the job's checkpoint ids.")
                Long checkpointId,
        @JsonPropertyDescription("Version of Flink that took it, where known.") String flinkVersion,
        @JsonPropertyDescription("The operators whose state is in it, the largest first.")
                List<Operator> operators,
        @JsonPropertyDescription("Time from trigger to completion, such as 250ms, where known.")
                String duration,
        @JsonFormat(shape = JsonFormat.Shape.STRING)
                @JsonPropertyDescription("When it was seen to be complete.")
                Instant completedAt) {

    public SavepointStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        operators = operators == null ? List.of() : List.copyOf(operators);
    }

    /** One operator's state in a savepoint. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Operator(
            @JsonPropertyDescription("Id by which the state is found again.") String id,
            @JsonPropertyDescription("Name, for people.") String name,
            @JsonPropertyDescription("Number of subtasks that wrote it.") Integer parallelism,
            @JsonPropertyDescription("Most subtasks that it can be restored to.")
                    Integer maxParallelism,
            @JsonPropertyDescription("Size in bytes.") Long size) {}
}
