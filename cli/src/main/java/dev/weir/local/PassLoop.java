package dev.weir.local;

import dev.weir.operator.wake.JobKey;
import dev.weir.operator.wake.Wakeups;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that jobs get their passes: what the Java Operator SDK is to the operator on a
 * cluster.
 *
 * <ol>
 *   <li>A job has one pass at a time.
 *   <li>A wake-up is followed by a pass that begins after it; any number that come meanwhile are
 *       followed by one.
 *   <li>A pass may ask for the next one after a pause; a wake-up comes before that.
 *   <li>A pass that fails is tried again, after a pause that grows.
 * </ol>
 */
final class PassLoop implements Wakeups, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PassLoop.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LAST_RETRY = Duration.ofSeconds(10);
    private static final int THREADS = 4;

    private final Function<JobKey, Optional<Duration>> pass;
    private final ScheduledThreadPoolExecutor threads =
            new ScheduledThreadPoolExecutor(
                    THREADS, Thread.ofPlatform().daemon().name("pass-", 0).factory());
    private final Map<JobKey, Turn> turns = new HashMap<>();

    /** Of one job: whether a pass runs, whether another is to follow at once, and the timer. */
    private static final class Turn {
        private boolean running;
        private boolean again;
        private int failures;
        private Optional<ScheduledFuture<?>> timer = Optional.empty();
    }

    /**
     * @param pass says after which pause it wants to be followed by another
     */
    PassLoop(Function<JobKey, Optional<Duration>> pass) {
        this.pass = pass;
        threads.setRemoveOnCancelPolicy(true);
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public synchronized void wake(JobKey job) {
        Turn turn = turns.computeIfAbsent(job, _ -> new Turn());
        if (turn.running) {
            turn.again = true;
        } else {
            schedule(job, turn, Duration.ZERO);
        }
    }

    private void schedule(JobKey job, Turn turn, Duration pause) {
        turn.timer.ifPresent(timer -> timer.cancel(false));
        turn.timer =
                threads.isShutdown()
                        ? Optional.empty()
                        : Optional.of(
                                threads.schedule(
                                        () -> run(job), pause.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void run(JobKey job) {
        if (!begin(job)) {
            return;
        }
        try {
            ended(job, pass.apply(job));
        } catch (RuntimeException e) {
            LOG.warn("A pass over {} failed; it is tried again", job, e);
            failed(job);
        }
    }

    private synchronized boolean begin(JobKey job) {
        Turn turn = turns.get(job);
        if (turn == null || turn.running) {
            return false;
        }
        turn.running = true;
        turn.again = false;
        return true;
    }

    private synchronized void ended(JobKey job, Optional<Duration> next) {
        Turn turn = turns.get(job);
        turn.running = false;
        turn.failures = 0;
        if (turn.again) {
            schedule(job, turn, Duration.ZERO);
        } else if (next.isPresent()) {
            schedule(job, turn, next.get());
        } else {
            turns.remove(job);
        }
    }

    private synchronized void failed(JobKey job) {
        Turn turn = turns.get(job);
        turn.running = false;
        Duration pause = FIRST_RETRY.multipliedBy(1L << Math.min(turn.failures, 10));
        turn.failures++;
        schedule(job, turn, pause.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : pause);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
