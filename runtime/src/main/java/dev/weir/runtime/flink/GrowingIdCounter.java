package dev.weir.runtime.flink;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.checkpoint.CheckpointIDCounter;

/**
 * Rule 6: checkpoint ids only grow, over all terms. A restore sets the counter to what follows the
 * restored id; that may lie below ids that later terms have used, so the counter takes the greater
 * of the two.
 */
final class GrowingIdCounter implements CheckpointIDCounter {

    private final AtomicLong next;

    GrowingIdCounter(long first) {
        next = new AtomicLong(first);
    }

    @Override
    public void start() {}

    @Override
    public CompletableFuture<Void> shutdown(JobStatus jobStatus) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public long getAndIncrement() {
        return next.getAndIncrement();
    }

    @Override
    public long get() {
        return next.get();
    }

    @Override
    public void setCount(long id) {
        next.accumulateAndGet(id, Math::max);
    }
}
