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
 * The budget of status writes whose only news is a newer checkpoint: one turn in {@link #INTERVAL}
 * for the whole operator, given to the job that had none for the longest, and to none more often
 * than every {@link #LEAST_AGE}. A turn wakes the job; its next pass may then write.
 */
public final class CheckpointRefresh {

    public static final Duration INTERVAL = Duration.ofMillis(500);
    static final Duration LEAST_AGE = Duration.ofSeconds(15);

    private final Wakeups wakeups;
    private final InstantSource clock;
    private final Map<JobKey, Instant> lastTurn = new HashMap<>();
    private final Set<JobKey> granted = new HashSet<>();

    public CheckpointRefresh(Wakeups wakeups, InstantSource clock) {
        this.wakeups = wakeups;
        this.clock = clock;
    }

    /** The job's status was written whole, so its checkpoint is fresh. */
    public synchronized void written(JobKey job) {
        lastTurn.put(job, clock.instant());
        granted.remove(job);
    }

    /** Whether the job may write for its checkpoint alone; a job that was never seen may later. */
    public synchronized boolean take(JobKey job) {
        lastTurn.putIfAbsent(job, clock.instant());
        return granted.remove(job);
    }

    public synchronized void forget(JobKey job) {
        lastTurn.remove(job);
        granted.remove(job);
    }

    /** Gives one turn; called every {@link #INTERVAL}. */
    public void tick() {
        turn().ifPresent(wakeups::wake);
    }

    private synchronized Optional<JobKey> turn() {
        Instant now = clock.instant();
        Instant due = now.minus(LEAST_AGE);
        Optional<JobKey> stalest =
                lastTurn.entrySet().stream()
                        .filter(entry -> !entry.getValue().isAfter(due))
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
