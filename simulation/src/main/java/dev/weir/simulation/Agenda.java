package dev.weir.simulation;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Virtual time. What is due runs one after the other, in the order of its time and then of its
 * entry, so a schedule is the same each time.
 */
final class Agenda {

    static final Instant BEGINNING = Instant.parse("2026-03-01T00:00:00Z");

    private record Entry(long at, long number, Runnable what) {}

    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparingLong(Entry::at).thenComparing(Entry::number));
    private long now;
    private long number;

    /** Milliseconds since the beginning. */
    long millis() {
        return now;
    }

    Instant now() {
        return BEGINNING.plusMillis(now);
    }

    void after(long millis, Runnable what) {
        entries.add(new Entry(now + Math.max(0, millis), number++, what));
    }

    /** Runs all that is due until then, and stands at that time. */
    void runUntil(long millis) {
        while (!entries.isEmpty() && entries.peek().at() <= millis) {
            var next = entries.remove();
            now = next.at();
            next.what().run();
        }
        now = Math.max(now, millis);
    }
}
