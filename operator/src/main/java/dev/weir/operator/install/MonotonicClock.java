package dev.weir.operator.install;

import java.time.Instant;
import java.time.InstantSource;

/**
 * Wall time at the start, and from then on what has passed since: a corrected system clock makes no
 * pod look silent.
 */
final class MonotonicClock implements InstantSource {

    private final Instant start = Instant.now();
    private final long startNanos = System.nanoTime();

    @Override
    public Instant instant() {
        return start.plusNanos(System.nanoTime() - startNanos);
    }
}
