package dev.weir.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/** Where the state of a running job lives. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StateSpec(
        @Default("HashMap")
                @JsonPropertyDescription(
                        "HashMap keeps the state on the heap: fastest, bounded by memory. RocksDB keeps it on the pod's disk:"
                                + " for state larger than memory. Default: HashMap. A change is a new revision.")
                StateBackend backend,
        @Default("true")
                @JsonPropertyDescription(
                        "true writes only what changed since the last checkpoint; takes effect with RocksDB alone. Default:"
                                + " true. A change is a new revision.")
                Boolean incremental) {}
