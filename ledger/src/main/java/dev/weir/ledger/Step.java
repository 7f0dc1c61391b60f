package dev.weir.ledger;

import dev.weir.ledger.LedgerStore.Creation;
import dev.weir.ledger.LedgerStore.Deletion;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A rule of the ledger as a value: what it asks of the store next, and how it goes on from each
 * answer. It does nothing by itself. {@link StepRunner} runs it against a real store; the
 * simulation runs many of them side by side in one thread, stops one between any two questions, and
 * lets it wake again much later.
 */
public sealed interface Step<R> {

    record Done<R>(R result) implements Step<R> {}

    record Create<R>(String key, String content, Function<Creation, Step<R>> then)
            implements Step<R> {}

    record Read<R>(String key, Function<Seen<String>, Step<R>> then) implements Step<R> {}

    record ListKeys<R>(String prefix, int limit, Function<Seen<List<String>>, Step<R>> then)
            implements Step<R> {}

    record MetadataSize<R>(String location, Function<Seen<Long>, Step<R>> then)
            implements Step<R> {}

    record Delete<R>(String key, Function<Deletion, Step<R>> then) implements Step<R> {}

    record Pause<R>(Duration pause, Supplier<Step<R>> then) implements Step<R> {}

    static <R> Step<R> done(R result) {
        return new Done<>(result);
    }

    /** This step, and then the one that {@code f} makes of its result. */
    default <S> Step<S> then(Function<R, Step<S>> f) {
        return switch (this) {
            case Done<R>(var result) -> f.apply(result);
            case Create<R>(var key, var content, var next) ->
                    new Create<>(key, content, a -> next.apply(a).then(f));
            case Read<R>(var key, var next) -> new Read<>(key, a -> next.apply(a).then(f));
            case ListKeys<R>(var prefix, var limit, var next) ->
                    new ListKeys<>(prefix, limit, a -> next.apply(a).then(f));
            case MetadataSize<R>(var location, var next) ->
                    new MetadataSize<>(location, a -> next.apply(a).then(f));
            case Delete<R>(var key, var next) -> new Delete<>(key, a -> next.apply(a).then(f));
            case Pause<R>(var pause, var next) -> new Pause<>(pause, () -> next.get().then(f));
        };
    }
}
