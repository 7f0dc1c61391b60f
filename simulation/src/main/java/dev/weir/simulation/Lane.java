package dev.weir.simulation;

import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * Work that happens one after the other though each piece takes time: a thread, or what a lock
 * guards. A piece is given what it calls once it is done.
 */
final class Lane {

    private final ArrayDeque<Consumer<Runnable>> waiting = new ArrayDeque<>();
    private boolean busy;

    void run(Consumer<Runnable> work) {
        waiting.add(work);
        next();
    }

    /** Only if nobody else is at it, as {@code tryLock} does. */
    void tryRun(Consumer<Runnable> work) {
        if (!busy) {
            run(work);
        }
    }

    private void next() {
        if (busy || waiting.isEmpty()) {
            return;
        }
        busy = true;
        waiting.remove()
                .accept(
                        () -> {
                            busy = false;
                            next();
                        });
    }
}
