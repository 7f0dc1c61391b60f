package dev.weir.operator.plan;

import dev.weir.crds.Phase;
import java.util.Optional;

/**
 * What the status says of earlier times. It is evidence, never authority: an empty one (a new job,
 * or a status that was wiped) loses nothing.
 *
 * @param term the newest term that was ever seen; empty where none was
 * @param unsaved suspended without a savepoint: output may wait for its commit
 */
public record Recorded(Optional<Phase> phase, Optional<Long> term, boolean unsaved) {

    public Recorded(Optional<Phase> phase, Optional<Long> term) {
        this(phase, term, false);
    }

    public static Recorded nothing() {
        return new Recorded(Optional.empty(), Optional.empty());
    }

    boolean phaseIs(Phase other) {
        return phase.equals(Optional.of(other));
    }
}
