package dev.weir.runtime.control;

import dev.weir.protocol.Receipt;
import dev.weir.protocol.RuntimeEvent;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * All that this process says of itself, as one value that is replaced as a whole. Readers wait for
 * a newer one and get the newest: a slow reader skips what came between, and costs nobody memory.
 */
public final class StatusBoard {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private RuntimeEvent.Snapshot newest;

    public StatusBoard(RuntimeView first) {
        newest = new RuntimeEvent.Snapshot(1, first);
    }

    public RuntimeView view() {
        return newest().view();
    }

    public RuntimeEvent.Snapshot newest() {
        lock.lock();
        try {
            return newest;
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@code change} must be quick: it runs under the board's lock. A change that changes nothing
     * is not sent.
     */
    public void update(Consumer<ViewDraft> change) {
        lock.lock();
        try {
            var draft = new ViewDraft(newest.view());
            change.accept(draft);
            RuntimeView next = draft.done();
            if (!next.equals(newest.view())) {
                newest = new RuntimeEvent.Snapshot(newest.sequence() + 1, next);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is a snapshot after {@code seen}; empty if none came in time. */
    Optional<RuntimeEvent.Snapshot> after(long seen, Duration patience)
            throws InterruptedException {
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (newest.sequence() <= seen) {
                if (left <= 0) {
                    return Optional.empty();
                }
                left = changed.awaitNanos(left);
            }
            return Optional.of(newest);
        } finally {
            lock.unlock();
        }
    }

    public void state(RuntimeState state) {
        update(view -> view.state(state));
    }

    public void receipt(Receipt receipt) {
        update(view -> view.receipt(receipt));
    }
}
