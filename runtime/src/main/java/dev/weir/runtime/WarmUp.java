package dev.weir.runtime;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Decides when a pod that waits warms itself up, by a throw-away job in its own JVM.
 *
 * <ol>
 *   <li>It begins once the pod has waited for a second in which it was told nothing: one that is
 *       needed now has been told by then.
 *   <li>Whatever the pod is told ends it at once, and so does a claim of the pod's own. The job
 *       that is to start waits for the slots to come back, and no longer than {@link
 *       #LONGEST_WAIT}.
 *   <li>An ended one is begun anew after another such second; one that failed is not.
 *   <li>A process that has run a job of its own is warm.
 * </ol>
 *
 * <p>Belongs to the driver's thread.
 */
final class WarmUp {

    static final Duration QUIET = Duration.ofSeconds(1);

    /** A start that waits longer is better off beside a job that is about to go. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private static final CompletableFuture<Void> NOW = CompletableFuture.completedFuture(null);

    /** Does something after a while, on the driver's thread. */
    @FunctionalInterface
    interface Later {
        void after(Duration delay, Runnable work);
    }

    /** How a try ended. */
    enum End {
        WARM,
        ENDED,
        FAILED
    }

    /** A warm-up under way. */
    interface Try {
        /**
         * Ends it, if it has not ended.
         *
         * @return done once it uses no slot any more
         */
        CompletableFuture<Void> end();
    }

    /** Begins a try, and tells on the driver's thread how it ended. */
    @FunctionalInterface
    interface Begin {
        Try begin(Consumer<End> over);
    }

    private enum Stand {
        COLD,
        WARM,
        GIVEN_UP
    }

    private final Later later;
    private final Begin begin;
    private final Runnable warmed;
    private Stand stand = Stand.COLD;
    private Optional<Try> underWay = Optional.empty();
    private long told;
    private long waitsSince = -1;

    /**
     * @param warmed told when the pod has warmed itself up
     */
    WarmUp(Later later, Begin begin, Runnable warmed) {
        this.later = later;
        this.begin = begin;
        this.warmed = warmed;
    }

    boolean isWarm() {
        return stand == Stand.WARM;
    }

    /** The pod waits; may be said any number of times. */
    void waits() {
        if (stand == Stand.COLD && underWay.isEmpty() && waitsSince != told) {
            waitsSince = told;
            long since = told;
            later.after(QUIET, () -> beginUnlessToldSince(since));
        }
    }

    private void beginUnlessToldSince(long since) {
        if (since == told && stand == Stand.COLD && underWay.isEmpty()) {
            underWay = Optional.of(begin.begin(this::over));
        }
    }

    private void over(End end) {
        underWay = Optional.empty();
        switch (end) {
            case WARM -> {
                stand = Stand.WARM;
                warmed.run();
            }
            case FAILED -> stand = stand == Stand.WARM ? Stand.WARM : Stand.GIVEN_UP;
            case ENDED -> {
                // The pod waits again, or its own job has made it warm.
            }
        }
    }

    /** The pod was told something, or goes on by itself. */
    void disturb() {
        told++;
        underWay.ifPresent(Try::end);
    }

    /**
     * A job of the pod's own is about to start: done once it has all slots, or has waited enough.
     */
    CompletableFuture<Void> room() {
        stand = Stand.WARM;
        return underWay.map(Try::end)
                .orElse(NOW)
                .handle((_, _) -> (Void) null)
                .completeOnTimeout(null, LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    }
}
