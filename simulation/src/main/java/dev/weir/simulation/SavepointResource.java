package dev.weir.simulation;

import dev.weir.crds.SavepointStatus;
import dev.weir.operator.plan.WantedSavepoint;
import dev.weir.protocol.SavepointFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A Savepoint as the API server holds it.
 *
 * @param version grows with each write
 * @param generation grows with each change of the spec
 * @param erase whether its deletion deletes its files
 * @param patience how long it is waited for while it cannot be begun
 */
record SavepointResource(
        String uid,
        long version,
        long generation,
        boolean erase,
        Duration patience,
        boolean finalizer,
        Optional<Instant> deletionAsked,
        Optional<SavepointStatus> status) {

    static SavepointResource created(String uid, long version, boolean erase, Duration patience) {
        return new SavepointResource(
                uid, version, 1, erase, patience, false, Optional.empty(), Optional.empty());
    }

    /** Whether it is not waited for as long as it takes a job to run again. */
    boolean isImpatient() {
        return patience.compareTo(Duration.ofMinutes(1)) < 0;
    }

    SavepointResource erase(boolean whether, long newVersion) {
        return new SavepointResource(
                uid,
                newVersion,
                generation + 1,
                whether,
                patience,
                finalizer,
                deletionAsked,
                status);
    }

    SavepointResource finalizer(boolean whether, long newVersion) {
        return new SavepointResource(
                uid, newVersion, generation, erase, patience, whether, deletionAsked, status);
    }

    SavepointResource status(Optional<SavepointStatus> now, long newVersion) {
        return new SavepointResource(
                uid, newVersion, generation, erase, patience, finalizer, deletionAsked, now);
    }

    SavepointResource deleted(Instant at, long newVersion) {
        return new SavepointResource(
                uid,
                newVersion,
                generation + 1,
                erase,
                patience,
                finalizer,
                Optional.of(at),
                status);
    }

    /** As the operator's {@code SavepointObserver} would read it. */
    WantedSavepoint wanted() {
        return new WantedSavepoint(
                uid,
                JobResource.NAME,
                generation,
                SavepointFormat.CANONICAL,
                erase,
                patience,
                finalizer,
                deletionAsked);
    }
}
