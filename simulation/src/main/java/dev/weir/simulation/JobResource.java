package dev.weir.simulation;

import dev.weir.crds.DeletionSpec.StateOnDeletion;
import dev.weir.crds.StreamJobStatus;
import dev.weir.crds.UpgradeSpec.OnFailure;
import dev.weir.operator.plan.Desired;
import dev.weir.protocol.JobDescription;
import dev.weir.protocol.JobDescription.Backend;
import dev.weir.protocol.MemoryBudget;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The StreamJob as the API server holds it.
 *
 * @param version grows with each write
 * @param generation grows with each change of the spec
 */
record JobResource(
        String uid,
        long version,
        long generation,
        boolean finalizer,
        Optional<Instant> deletionAsked,
        Spec spec,
        Optional<StreamJobStatus> status) {

    static final String NAMESPACE = "ns";
    static final String NAME = "delays";

    private static final Duration UPGRADE_DEADLINE = Duration.ofSeconds(60);

    private static final MemoryBudget MEMORY = MemoryBudget.of(1L << 30, Backend.HASH_MAP);

    /**
     * What the user writes.
     *
     * @param revision the hash of all that changes the run
     * @param knob something that is outside of the hash
     */
    record Spec(String revision, int knob, boolean suspend, StateOnDeletion onDeletion) {

        Spec revision(String other) {
            return new Spec(other, knob, suspend, onDeletion);
        }

        Spec turned() {
            return new Spec(revision, knob + 1, suspend, onDeletion);
        }

        Spec suspend(boolean whether) {
            return new Spec(revision, knob, whether, onDeletion);
        }

        Spec onDeletion(StateOnDeletion state) {
            return new Spec(revision, knob, suspend, state);
        }
    }

    JobResource spec(Spec changed, long newVersion) {
        return new JobResource(
                uid, newVersion, generation + 1, finalizer, deletionAsked, changed, status);
    }

    JobResource finalizer(boolean whether, long newVersion) {
        return new JobResource(uid, newVersion, generation, whether, deletionAsked, spec, status);
    }

    JobResource status(Optional<StreamJobStatus> now, long newVersion) {
        return new JobResource(uid, newVersion, generation, finalizer, deletionAsked, spec, now);
    }

    JobResource deleted(Instant at, long newVersion) {
        return new JobResource(
                uid, newVersion, generation + 1, finalizer, Optional.of(at), spec, status);
    }

    /** As the operator's {@code SpecReader} would read it. */
    Desired desired() {
        return new Desired(
                new Desired.Job(NAMESPACE, NAME, uid),
                generation,
                finalizer,
                deletionAsked,
                spec.suspend(),
                spec.onDeletion(),
                Duration.ofSeconds(5),
                new Desired.Upgrade(UPGRADE_DEADLINE, OnFailure.ROLL_BACK),
                run(uid, spec.revision()));
    }

    /** As the program of a revision tells of it. */
    static Desired.Run run(String uid, String revision) {
        return new Desired.Run(
                "INSERT", "image", "1", "1Gi", Optional.empty(), description(uid, revision));
    }

    private static JobDescription description(String uid, String revision) {
        return new JobDescription(
                NAMESPACE,
                NAME,
                uid,
                revision,
                new JobDescription.Storage(
                        URI.create("s3://bucket/ns/delays"), "any", Optional.empty(), true),
                new JobDescription.State(Backend.HASH_MAP, true),
                new JobDescription.Checkpointing(
                        Duration.ofSeconds(10), Duration.ZERO, Duration.ofMinutes(10), false, 3),
                new JobDescription.Restart(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10),
                        Optional.empty(),
                        Duration.ofMinutes(10)),
                1,
                MEMORY,
                Map.of(),
                List.of("key"),
                1_000);
    }
}
