package dev.weir.operator.install;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * Wall time at the start, and from then on what has passed since: a corrected system clock makes no
 * pod look silent. In milliseconds, as finer ones only make statuses hard to read.
 */
final class MonotonicClock implements InstantSource {

    private final Instant start = Instant.now();
    private final long startNanos = System.nanoTime();

    @Override
    public Instant instant() {
        return start.plusNanos(System.nanoTime() - startNanos).truncatedTo(ChronoUnit.MILLIS);
    }
}
