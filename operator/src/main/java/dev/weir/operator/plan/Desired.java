package dev.weir.operator.plan;

import dev.weir.crds.DeletionSpec.StateOnDeletion;
import dev.weir.protocol.JobDescription;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the user wants, read from a spec that holds together: an invalid one never becomes a {@code
 * Desired}.
 *
 * @param generation of the resource
 * @param finalizer whether our finalizer stands on the resource
 * @param deletionAsked when the resource was deleted
 * @param silence how long a pod may be silent before it counts as unreachable
 */
public record Desired(
        Job job,
        long generation,
        boolean finalizer,
        Optional<Instant> deletionAsked,
        boolean suspend,
        StateOnDeletion onDeletion,
        Duration silence,
        Run run) {

    /** Which StreamJob it is. A re-created one of the same name has another UID. */
    public record Job(String namespace, String name, String uid) {}

    /**
     * What runs. Two specs with the same {@code description().revision()} run the same.
     *
     * @param sql the program's text
     * @param cpu Kubernetes quantity
     * @param memory Kubernetes quantity, the one that the memory budget was made from
     */
    public record Run(
            String sql,
            String image,
            String cpu,
            String memory,
            Optional<String> credentialsSecret,
            JobDescription description) {

        public String revision() {
            return description.revision();
        }
    }
}
