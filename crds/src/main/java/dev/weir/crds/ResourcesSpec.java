package dev.weir.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/**
 * What the runtime pod asks of its node. Both are Kubernetes quantities; memory is request and
 * limit.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ResourcesSpec(
        @Default("1")
                @JsonPropertyDescription(
                        "CPU that the pod requests, as a Kubernetes quantity such as 500m or 2. It is not limited: the pod takes more while its node has some. Default: 1. A change is a new revision.")
                String cpu,
        @Default("1Gi")
                @JsonPropertyDescription(
                        "Memory of the whole pod, request and limit, as a Kubernetes quantity such as 1Gi. Heap, Flink's managed memory, network"
                                + " buffers and the JVM's own needs are derived from it. Default: 1Gi. A change is a new revision.")
                String memory) {}
