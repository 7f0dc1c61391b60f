package dev.weir.operator.plan;

import dev.weir.crds.DeletionSpec.StateOnDeletion;
import dev.weir.crds.UpgradeSpec.OnFailure;
import dev.weir.ledger.Rollout.Rejected;
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
 * @param run what is to run; the spec's, unless that is rejected
 * @param rejected the spec's revision, where another has to run in its place ({@link Rollback})
 */
public record Desired(
        Job job,
        long generation,
        boolean finalizer,
        Optional<Instant> deletionAsked,
        boolean suspend,
        StateOnDeletion onDeletion,
        Duration silence,
        Upgrade upgrade,
        Run run,
        Optional<Rejected> rejected) {

    /** As the spec says, before anything is known of how its revision fares. */
    public Desired(
            Job job,
            long generation,
            boolean finalizer,
            Optional<Instant> deletionAsked,
            boolean suspend,
            StateOnDeletion onDeletion,
            Duration silence,
            Upgrade upgrade,
            Run run) {
        this(
                job,
                generation,
                finalizer,
                deletionAsked,
                suspend,
                onDeletion,
                silence,
                upgrade,
                run,
                Optional.empty());
    }

    /** The same wish with another run in the place of the spec's, which is rejected. */
    Desired inPlaceOf(Rejected specs, Run other) {
        return new Desired(
                job,
                generation,
                finalizer,
                deletionAsked,
                suspend,
                onDeletion,
                silence,
                upgrade,
                other,
                Optional.of(specs));
    }

    /**
     * What becomes of a revision that fails before its first checkpoint.
     *
     * @param deadline by which it has to take its first checkpoint, on top of the checkpoints'
     *     interval
     */
    public record Upgrade(Duration deadline, OnFailure onFailure) {}

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
