package dev.weir.runtime;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Work that takes its time, done on another thread than the one that wants its result. */
final class Aside {

    private Aside() {}

    /** Whatever the work throws, errors too, is what the result ends with. */
    static <T> CompletableFuture<T> call(Executor threads, Callable<T> work) {
        var result = new CompletableFuture<T>();
        threads.execute(
                () -> {
                    try {
                        result.complete(work.call());
                    } catch (Throwable e) {
                        result.completeExceptionally(e);
                    }
                });
        return result;
    }
}
