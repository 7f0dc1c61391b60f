package dev.weir.operator.plan;

import dev.weir.crds.SavepointPhase;
import java.time.Instant;
import java.util.Optional;

/**
 * What a savepoint's status says of earlier times. It is evidence, never authority: an empty one (a
 * new savepoint, or a status that was wiped) loses nothing but the time that was waited.
 *
 * @param since when it was first told of, while it is not settled
 */
public record RecordedSavepoint(Optional<SavepointPhase> phase, Optional<Instant> since) {

    public static RecordedSavepoint nothing() {
        return new RecordedSavepoint(Optional.empty(), Optional.empty());
    }
}
