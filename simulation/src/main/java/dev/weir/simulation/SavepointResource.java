package dev.weir.simulation;

import dev.weir.crds.SavepointStatus;
import dev.weir.operator.plan.WantedSavepoint;
import dev.weir.protocol.SavepointFormat;
import java.time.Instant;
import java.util.Optional;

/**
 * A Savepoint as the API server holds it.
 *
 * @param version grows with each write
 * @param generation grows with each change of the spec
 * @param erase whether its deletion deletes its files
 */
record SavepointResource(
        String uid,
        long version,
        long generation,
        boolean erase,
        boolean finalizer,
        Optional<Instant> deletionAsked,
        Optional<SavepointStatus> status) {

    static SavepointResource created(String uid, long version, boolean erase) {
        return new SavepointResource(
                uid, version, 1, erase, false, Optional.empty(), Optional.empty());
    }

    SavepointResource erase(boolean whether, long newVersion) {
        return new SavepointResource(
                uid, newVersion, generation + 1, whether, finalizer, deletionAsked, status);
    }

    SavepointResource finalizer(boolean whether, long newVersion) {
        return new SavepointResource(
                uid, newVersion, generation, erase, whether, deletionAsked, status);
    }

    SavepointResource status(Optional<SavepointStatus> now, long newVersion) {
        return new SavepointResource(
                uid, newVersion, generation, erase, finalizer, deletionAsked, now);
    }

    SavepointResource deleted(Instant at, long newVersion) {
        return new SavepointResource(
                uid, newVersion, generation + 1, erase, finalizer, Optional.of(at), status);
    }

    /** As the operator's {@code SavepointObserver} would read it. */
    WantedSavepoint wanted() {
        return new WantedSavepoint(
                uid,
                JobResource.NAME,
                generation,
                SavepointFormat.CANONICAL,
                erase,
                finalizer,
                deletionAsked);
    }
}
