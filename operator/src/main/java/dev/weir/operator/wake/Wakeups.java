package dev.weir.operator.wake;

/**
 * Where anything that has news of a job says so. The news itself is not handed over: the pass that
 * follows looks again, so that an event that comes twice, late, or among others does no harm.
 */
@FunctionalInterface
public interface Wakeups {

    void wake(JobKey job);
}
