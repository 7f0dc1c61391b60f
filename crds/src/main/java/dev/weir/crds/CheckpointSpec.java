package dev.weir.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * When checkpoints are taken and how many are kept. Exactly-once sinks commit at checkpoints, so
 * the interval is also their latency. Durations are written as {@link DurationText}.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CheckpointSpec(
        @Default("10s")
                @Size(min = 2, max = 32)
                @ValidationRule(
                        value =
                                DurationText.CEL
                                        + " && duration(self) >= duration('100ms') && duration(self) <= duration('24h')",
                        message =
                                "spec.checkpoint.interval must be a duration from 100ms to 24h, such as 10s")
                @JsonPropertyDescription(
                        "Time from the start of one checkpoint to the start of the next. From 100ms to 24h. Default: 10s. A"
                                + " change is a new revision.")
                String interval,
        @Default("0s")
                @Size(min = 2, max = 32)
                @ValidationRule(
                        value = DurationText.CEL + " && duration(self) <= duration('24h')",
                        message =
                                "spec.checkpoint.minPause must be a duration of at most 24h, such as 500ms")
                @JsonPropertyDescription(
                        "Least time from the end of one checkpoint to the start of the next. At most 24h. Default: 0s. A change"
                                + " is a new revision.")
                String minPause,
        @Default("10m")
                @Size(min = 2, max = 32)
                @ValidationRule(
                        value =
                                DurationText.CEL
                                        + " && duration(self) >= duration('1s') && duration(self) <= duration('24h')",
                        message =
                                "spec.checkpoint.timeout must be a duration from 1s to 24h, such as 10m")
                @JsonPropertyDescription(
                        "A checkpoint that takes longer is given up and the next one is tried. From 1s to 24h. Default: 10m. A"
                                + " change is a new revision.")
                String timeout,
        @Default("false")
                @JsonPropertyDescription(
                        "true lets barriers overtake queued records: checkpoints stay short under backpressure and grow by the"
                                + " records in flight. Default: false. A change is a new revision.")
                Boolean unaligned,
        @Default("3")
                @Min(1)
                @Max(100)
                @JsonPropertyDescription(
                        "Number of newest checkpoints that are kept. Default: 3. A change is a new revision.")
                Integer retain) {}
