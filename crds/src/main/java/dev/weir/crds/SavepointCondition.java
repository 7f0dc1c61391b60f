package dev.weir.crds;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;

/**
 * One claim about a savepoint, in the form that Kubernetes gives to conditions. At most one of each
 * type.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SavepointCondition(
        @Required @JsonPropertyDescription("What is claimed.") Type type,
        @Required @JsonPropertyDescription("Whether it holds.") JobCondition.Holds status,
        @JsonPropertyDescription("Generation of the spec that the claim was made about.")
                Long observedGeneration,
        @Required
                @JsonFormat(shape = JsonFormat.Shape.STRING)
                @JsonPropertyDescription("When the claim last came to hold or ceased to.")
                Instant lastTransitionTime,
        @Required @JsonPropertyDescription("Why, in one word of a closed vocabulary.")
                String reason,
        @Required @JsonPropertyDescription("Why, in a sentence, and what helps.") String message) {

    /** The claims that are made about a savepoint. */
    public enum Type {
        @JsonProperty("Completed")
        COMPLETED,
        @JsonProperty("Progressing")
        PROGRESSING
    }
}
