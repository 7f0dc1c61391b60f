package dev.weir.operator.publish;

import dev.weir.operator.wake.JobKey;
import dev.weir.operator.wake.Wakeups;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The budget of status writes that bring newer figures and no news: one turn in {@link #INTERVAL}
 * for the whole operator, given to the job that had none for the longest, and to none more often
 * than every {@link #LEAST_AGE}, or {@link #LEAST_AGE_OF_TROUBLE} while something is wrong with it.
 * A turn wakes the job; its next pass may then write.
 */
public final class StatusRefresh {

    public static final Duration INTERVAL = Duration.ofMillis(500);
    static final Duration LEAST_AGE = Duration.ofSeconds(15);

    /**
     * So that a job costs the API server two writes a minute at most for as long as it is wrong.
     */
    static final Duration LEAST_AGE_OF_TROUBLE = Duration.ofSeconds(60);

    private final Wakeups wakeups;
    private final InstantSource clock;
    private final Map<JobKey, Instant> lastTurn = new HashMap<>();
    private final Set<JobKey> troubled = new HashSet<>();
    private final Set<JobKey> granted = new HashSet<>();

    public StatusRefresh(Wakeups wakeups, InstantSource clock) {
        this.wakeups = wakeups;
        this.clock = clock;
    }

    /** The job's status was written whole, so its figures are fresh. */
    public synchronized void written(JobKey job) {
        lastTurn.put(job, clock.instant());
        granted.remove(job);
    }

    /**
     * Whether the job may write for its figures alone; a job that was never seen may later.
     *
     * @param trouble whether something is wrong with the job
     */
    public synchronized boolean take(JobKey job, boolean trouble) {
        if (trouble) {
            troubled.add(job);
        } else {
            troubled.remove(job);
        }
        lastTurn.putIfAbsent(job, clock.instant());
        return granted.remove(job);
    }

    public synchronized void forget(JobKey job) {
        lastTurn.remove(job);
        granted.remove(job);
        troubled.remove(job);
    }

    /** Gives one turn; called every {@link #INTERVAL}. */
    public void tick() {
        turn().ifPresent(wakeups::wake);
    }

    private Duration leastAge(JobKey job) {
        return troubled.contains(job) ? LEAST_AGE_OF_TROUBLE : LEAST_AGE;
    }

    private synchronized Optional<JobKey> turn() {
        Instant now = clock.instant();
        Optional<JobKey> stalest =
                lastTurn.entrySet().stream()
                        .filter(
                                entry ->
                                        !entry.getValue()
                                                .plus(leastAge(entry.getKey()))
                                                .isAfter(now))
                        .min(Map.Entry.comparingByValue())
                        .map(Map.Entry::getKey);
        stalest.ifPresent(
                job -> {
                    lastTurn.put(job, now);
                    granted.add(job);
                });
        return stalest;
    }
}
