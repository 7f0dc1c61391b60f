package dev.weir.operator.plan;

import dev.weir.operator.plan.Desired.Run;
import java.time.Instant;
import java.util.List;

/**
 * Everything that was seen of one job at one moment. The planner knows nothing else, so the same
 * observation gives the same plan.
 *
 * @param pods all pods that belong to this StreamJob's UID, terminating ones too
 * @param programs revisions for which a program ConfigMap stands
 * @param runs what the programs of other revisions than the spec's tell of how these ran; one of an
 *     older Weir tells nothing
 * @param namespaceEnding whether nothing can be made in the namespace any more
 */
public record Observation(
        Instant now,
        List<PodView> pods,
        List<String> programs,
        List<Run> runs,
        boolean namespaceEnding) {

    public Observation {
        pods = List.copyOf(pods);
        programs = List.copyOf(programs);
        runs = List.copyOf(runs);
    }
}
