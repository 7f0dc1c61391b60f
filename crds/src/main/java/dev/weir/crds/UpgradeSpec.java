package dev.weir.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** What becomes of a revision that turns out to be bad once it runs. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UpgradeSpec(
        @Default("5m")
                @Size(min = 2, max = 32)
                @ValidationRule(
                        value =
                                DurationText.CEL
                                        + " && duration(self) >= duration('1s') && duration(self) <= duration('24h')",
                        message =
                                "spec.upgrade.deadline must be a duration from 1s to 24h, such as 5m")
                @JsonPropertyDescription(
                        "How long a new revision may take from its start to its first checkpoint, on top of checkpoint.interval."
                                + " One that takes longer has failed. From 1s to 24h. Default: 5m. A change restarts nothing.")
                String deadline,
        @Default("RollBack")
                @JsonPropertyDescription(
                        "What is done about a new revision that fails before its first checkpoint: it keeps failing, its pod"
                                + " crashes, or the deadline passes. RollBack puts the last revision that took a checkpoint back, from"
                                + " the newest restore point; the spec is tried again once it has changed. Halt leaves the new revision"
                                + " as it is. Default: RollBack. A change restarts nothing.")
                OnFailure onFailure) {

    /** The answer to a revision that fails before its first checkpoint. */
    public enum OnFailure {
        @JsonProperty("RollBack")
        ROLL_BACK,
        @JsonProperty("Halt")
        HALT
    }
}
