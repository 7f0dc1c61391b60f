package dev.weir.ledger;

import java.util.concurrent.TimeUnit;

/**
 * Runs a {@link Step} to its end against a store, on the calling thread. Bounded, as every rule
 * bounds its own tries.
 */
public final class StepRunner {

    private final LedgerStore store;

    public StepRunner(LedgerStore store) {
        this.store = store;
    }

    /**
     * @throws InterruptedException if the thread is interrupted in a pause; the step is then
     *     undecided
     */
    public <R> R run(Step<R> step) throws InterruptedException {
        var now = step;
        while (true) {
            switch (now) {
                case Step.Done<R>(var result) -> {
                    return result;
                }
                case Step.Create<R>(var key, var content, var then) ->
                        now = then.apply(store.create(key, content));
                case Step.Read<R>(var key, var then) -> now = then.apply(store.read(key));
                case Step.ListKeys<R>(var prefix, var limit, var then) ->
                        now = then.apply(store.list(prefix, limit));
                case Step.MetadataSize<R>(var location, var then) ->
                        now = then.apply(store.metadataSize(location));
                case Step.Delete<R>(var key, var then) -> now = then.apply(store.delete(key));
                case Step.Pause<R>(var pause, var then) -> {
                    TimeUnit.NANOSECONDS.sleep(pause.toNanos());
                    now = then.get();
                }
            }
        }
    }
}
