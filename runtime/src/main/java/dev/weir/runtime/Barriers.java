package dev.weir.runtime;

import dev.weir.protocol.RuntimeView.Phase;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How far the barriers of checkpoints have got. Preparing from the first subtask that one has
 * reached until it has reached all; then all that is left to do is to write.
 */
final class Barriers {

    private final Map<Long, Integer> arrivals = new HashMap<>();
    private int subtasks;

    /** The job has so many subtasks. */
    void of(int all) {
        subtasks = all;
    }

    void sent(long id) {
        arrivals.put(id, 0);
    }

    /** The phase that a checkpoint is in now; empty: nobody waits for it any more. */
    Optional<Phase> arrived(long id) {
        return Optional.ofNullable(arrivals.computeIfPresent(id, (_, before) -> before + 1))
                .map(now -> now < subtasks ? Phase.PREPARING : Phase.EXECUTING);
    }

    void forget(long id) {
        arrivals.remove(id);
    }
}
