package dev.weir.e2e.node;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what a test expects, never longer than a bound, and says what it waited for. */
public final class Await {

    private static final Duration POLL = Duration.ofMillis(50);

    private Await() {}

    /** The first value that {@code look} finds. */
    public static <T> T present(String what, Duration bound, Supplier<Optional<T>> look) {
        Instant deadline = Instant.now().plus(bound);
        while (true) {
            Optional<T> found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("not within " + bound.toMillis() + " ms: " + what);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    public static void that(String what, Duration bound, BooleanSupplier holds) {
        present(what, bound, () -> holds.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** Fails if {@code holds} ceases to be true within {@code span}. */
    public static void stays(String what, Duration span, BooleanSupplier holds) {
        Instant end = Instant.now().plus(span);
        while (Instant.now().isBefore(end)) {
            if (!holds.getAsBoolean()) {
                throw new AssertionError("did not stay so for " + span.toMillis() + " ms: " + what);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /** Lets time pass, where passing time itself is what the test is about. */
    public static void pass(Duration span) {
        Instant end = Instant.now().plus(span);
        while (Instant.now().isBefore(end)) {
            LockSupport.parkNanos(Duration.between(Instant.now(), end).toNanos());
        }
    }
}
