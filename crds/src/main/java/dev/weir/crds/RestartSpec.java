package dev.weir.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * Restarts after failures: the delay doubles from {@code initialDelay} to {@code maxDelay}, and the
 * job is given up after {@code attempts} restarts within {@code window}. A lost pod is no failure
 * of the program and is replaced at once.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RestartSpec(
        @Default("1s")
                @Size(min = 2, max = 32)
                @ValidationRule(
                        value = DurationText.CEL + " && duration(self) <= duration('1h')",
                        message =
                                "spec.restart.initialDelay must be a duration of at most 1h, such as 1s")
                @JsonPropertyDescription(
                        "Delay before the first restart. Doubles with each further failure. At most 1h. Default: 1s.")
                String initialDelay,
        @Default("1m")
                @Size(min = 2, max = 32)
                @ValidationRule(
                        value = DurationText.CEL + " && duration(self) <= duration('1h')",
                        message =
                                "spec.restart.maxDelay must be a duration of at most 1h, such as 1m")
                @JsonPropertyDescription("Longest delay before a restart. At most 1h. Default: 1m.")
                String maxDelay,
        @Min(1)
                @Max(10_000)
                @JsonPropertyDescription(
                        "Restarts within the window after which the job counts as Failed and stays down until its spec changes."
                                + " Default: none, so the job is restarted without end.")
                Integer attempts,
        @Default("1h")
                @Size(min = 2, max = 32)
                @ValidationRule(
                        value =
                                DurationText.CEL
                                        + " && duration(self) >= duration('1s') && duration(self) <= duration('168h')",
                        message =
                                "spec.restart.window must be a duration from 1s to 168h, such as 1h")
                @JsonPropertyDescription(
                        "Time over which attempts are counted. From 1s to 168h. Default: 1h.")
                String window) {}
