package dev.weir.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** When silence means loss. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FailureDetectionSpec(
        @Default("5s")
                @Size(min = 2, max = 32)
                @ValidationRule(
                        value =
                                DurationText.CEL
                                        + " && duration(self) >= duration('2s') && duration(self) <= duration('10m')",
                        message =
                                "spec.failureDetection.timeout must be a duration from 2s to 10m, such as 5s")
                @JsonPropertyDescription(
                        "Silence of a runtime pod after which it counts as unreachable, and absence of its node after which it is"
                                + " replaced. A pod that was only cut off is fenced by the ledger and commits nothing more. From 2s to"
                                + " 10m. Default: 5s.")
                String timeout) {}
