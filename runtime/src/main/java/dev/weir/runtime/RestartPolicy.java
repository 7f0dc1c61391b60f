package dev.weir.runtime;

import dev.weir.protocol.JobDescription.Restart;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * When a failed job is claimed again (rule 13): after {@code initialDelay}, which doubles with each
 * failure in the window up to {@code maxDelay}, until {@code attempts} are used up. Not safe for
 * threads.
 */
final class RestartPolicy {

    /** Remembers no more failures than any delay needs to reach its ceiling. */
    private static final int REMEMBERED = 1_000;

    private final Restart restart;
    private final Deque<Instant> failures = new ArrayDeque<>();

    RestartPolicy(Restart restart) {
        this.restart = restart;
    }

    /** What to do about a failure. */
    sealed interface Answer {
        /**
         * @param attempt how many times the job was restarted in the present window, this time
         *     included
         */
        record Again(Duration delay, int attempt) implements Answer {}

        record GiveUp(int attempts) implements Answer {}
    }

    Answer failed(Instant now) {
        while (!failures.isEmpty() && failures.peekFirst().plus(restart.window()).isBefore(now)) {
            failures.removeFirst();
        }
        int before = failures.size();
        if (restart.attempts().filter(most -> before >= most).isPresent()) {
            return new Answer.GiveUp(before);
        }
        failures.addLast(now);
        if (failures.size() > REMEMBERED) {
            failures.removeFirst();
        }
        return new Answer.Again(delay(before), before + 1);
    }

    private Duration delay(int failuresBefore) {
        Duration delay = restart.initialDelay();
        for (int i = 0; i < failuresBefore && delay.compareTo(restart.maxDelay()) < 0; i++) {
            delay = delay.multipliedBy(2);
        }
        return delay.compareTo(restart.maxDelay()) > 0 ? restart.maxDelay() : delay;
    }
}
