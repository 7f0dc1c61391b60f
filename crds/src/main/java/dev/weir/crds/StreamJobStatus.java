package dev.weir.crds;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.time.Instant;
import java.util.List;

/**
 * What the operator reports of a job. Nothing is decided by it that the job's ledger does not also
 * say, so it can be wiped without loss. Written only by the status projector. A component is null
 * where there is nothing to say yet.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StreamJobStatus(
        @JsonPropertyDescription("Generation of the spec that the rest of the status speaks of.")
                Long observedGeneration,
        @JsonPropertyDescription("Where the job stands, in one word.") Phase phase,
        @JsonPropertyDescription(
                        "Ready: all tasks run. Progressing: the operator is at work towards the spec. Restorable: there is a"
                                + " checkpoint or savepoint to come back from. UpToDate: what runs is what the spec says.")
                List<JobCondition> conditions,
        @JsonPropertyDescription("The revision that runs, or that was run last.") Revision revision,
        @JsonPropertyDescription(
                        "Term of the job's ledger: it grows by one each time the job is started.")
                Long term,
        @JsonPropertyDescription("Flink's id of the job in this term.") String jobId,
        @JsonPropertyDescription(
                        "The newest checkpoint. Refreshed at most every 15 seconds; the pod's event stream has each one.")
                Snapshot checkpoint,
        @JsonPropertyDescription("The newest savepoint that the job was stopped with.")
                Snapshot savepoint,
        @JsonPropertyDescription("The last failure, and how it was overcome.") Failure lastFailure,
        @JsonPropertyDescription("Number of restarts after failures since the job was created.")
                Long restarts,
        @StatusReplicas
                @JsonPropertyDescription(
                        "Parallelism of the running job: replicas of the scale subresource.")
                Integer parallelism,
        @LabelSelector
                @JsonPropertyDescription(
                        "Label selector of the job's pods, for the scale subresource.")
                String selector) {

    public StreamJobStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }

    /**
     * What was written that changes the run, by number of the resource's generation and by hash.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Revision(
            @JsonPropertyDescription("Generation of the resource that this revision came with.")
                    Long number,
            @JsonPropertyDescription("Hash of all that changes the run.") String hash) {}

    /** A checkpoint or savepoint that is complete. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Snapshot(
            @JsonPropertyDescription("Flink's id; grows over all terms.") Long id,
            @JsonPropertyDescription("Where its metadata stands.") String location,
            @JsonPropertyDescription("Size in bytes.") Long size,
            @JsonPropertyDescription("Time from trigger to completion, such as 250ms.")
                    String duration,
            @JsonFormat(shape = JsonFormat.Shape.STRING)
                    @JsonPropertyDescription("When it was completed.")
                    Instant at) {}

    /** One failure of the job. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Failure(
            @JsonFormat(shape = JsonFormat.Shape.STRING)
                    @JsonPropertyDescription("When it was noticed.")
                    Instant at,
            @JsonPropertyDescription("What the engine or Kubernetes gave as its cause.")
                    String cause,
            @JsonPropertyDescription("Time from the last sign of life to the notice, where known.")
                    String detectedAfter,
            @JsonPropertyDescription(
                            "Time from the notice until all tasks ran again; absent while they do not.")
                    String recoveredAfter) {}
}
