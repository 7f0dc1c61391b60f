package dev.weir.ledger.fake;

import dev.weir.ledger.LedgerStore.Creation;
import dev.weir.ledger.LedgerStore.Deletion;
import dev.weir.ledger.Seen;
import dev.weir.ledger.Step;
import dev.weir.ledger.memory.InMemoryLedgerStore;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Runs two rules side by side on one store, in every order in which their calls can arrive, and
 * with up to a number of creates of which nothing is heard: such a one arrives at once, at any
 * later moment, after all is over, or never.
 *
 * <p>Two reads that follow each other can't tell in which order they came, so of the two orders one
 * is run. Everything else is run. A pause lasts no time.
 */
public final class Interleavings<A, B> {

    /** Judges one ending: what both came to, and what the store holds. */
    @FunctionalInterface
    public interface Check<A, B> {
        void check(A one, B other, World world);
    }

    /** A store between two calls; never changed, so that every order goes on from its own. */
    public record World(
            NavigableMap<String, String> objects,
            List<Write> underWay,
            Function<String, Seen<Long>> size) {

        /** A create of which nothing was heard. */
        private record Write(String key, String content) {}

        static World of(InMemoryLedgerStore store) {
            var objects = new TreeMap<String, String>();
            var keys = (Seen.Present<List<String>>) store.list("", Integer.MAX_VALUE);
            keys.value()
                    .forEach(
                            key ->
                                    objects.put(
                                            key, ((Seen.Present<String>) store.read(key)).value()));
            return new World(objects, List.of(), store::metadataSize);
        }

        public Seen<String> read(String key) {
            return objects.containsKey(key) ? Seen.present(objects.get(key)) : Seen.absent();
        }

        private World with(String key, String content) {
            var more = new TreeMap<>(objects);
            more.putIfAbsent(key, content);
            return new World(more, underWay, size);
        }

        private World without(String key) {
            var fewer = new TreeMap<>(objects);
            fewer.remove(key);
            return new World(fewer, underWay, size);
        }

        private World sent(String key, String content) {
            var more = new ArrayList<>(underWay);
            more.add(new Write(key, content));
            return new World(objects, List.copyOf(more), size);
        }

        private World landed(Write write) {
            var others = new ArrayList<>(underWay);
            others.remove(write);
            return new World(objects, List.copyOf(others), size).with(write.key(), write.content());
        }

        private Seen<List<String>> list(String prefix, int limit) {
            return Seen.present(
                    objects.tailMap(prefix, true).keySet().stream()
                            .takeWhile(key -> key.startsWith(prefix))
                            .limit(limit)
                            .toList());
        }
    }

    /**
     * What an exploration came to.
     *
     * @param endings how many orders were run
     * @param kinds how the two ended, by the names of their results: what a check was true of
     */
    public record Explored(long endings, Set<String> kinds) {}

    private enum Last {
        WRITE,
        READ_BY_ONE,
        READ_BY_OTHER
    }

    private final Check<A, B> check;
    private final Set<String> kinds = new TreeSet<>();
    private long endings;

    private Interleavings(Check<A, B> check) {
        this.check = check;
    }

    /**
     * @param faults how many creates may stay without an answer
     * @return what was judged
     */
    public static <A, B> Explored explore(
            InMemoryLedgerStore store, Step<A> one, Step<B> other, int faults, Check<A, B> check) {
        var all = new Interleavings<>(check);
        all.go(World.of(store), awake(one), awake(other), faults, Last.WRITE);
        return new Explored(all.endings, all.kinds);
    }

    private void go(World world, Step<A> one, Step<B> other, int faults, Last last) {
        for (var write : world.underWay()) {
            go(world.landed(write), one, other, faults, Last.WRITE);
        }
        if (one instanceof Step.Done<A>(var a) && other instanceof Step.Done<B>(var b)) {
            endings++;
            kinds.add(a.getClass().getSimpleName() + " " + b.getClass().getSimpleName());
            check.check(a, b, world);
            return;
        }
        if (!(one instanceof Step.Done<A>) && !(last == Last.READ_BY_OTHER && reads(one))) {
            var then = reads(one) ? Last.READ_BY_ONE : Last.WRITE;
            ask(world, one, faults, (after, next, left) -> go(after, next, other, left, then));
        }
        if (!(other instanceof Step.Done<B>)) {
            var then = reads(other) ? Last.READ_BY_OTHER : Last.WRITE;
            ask(world, other, faults, (after, next, left) -> go(after, one, next, left, then));
        }
    }

    @FunctionalInterface
    private interface Onward<R> {
        void go(World world, Step<R> next, int faults);
    }

    private static <R> void ask(World world, Step<R> step, int faults, Onward<R> onward) {
        switch (step) {
            case Step.Create<R>(var key, var content, var then) -> {
                var there = world.objects().containsKey(key);
                var after = there ? world : world.with(key, content);
                var answer = there ? new Creation.Exists() : new Creation.Created();
                onward.go(after, awake(then.apply(answer)), faults);
                if (faults > 0) {
                    var silence = awake(then.apply(new Creation.Undecided("timed out")));
                    onward.go(world.sent(key, content), silence, faults - 1);
                }
            }
            case Step.Read<R>(var key, var then) ->
                    onward.go(world, awake(then.apply(world.read(key))), faults);
            case Step.ListKeys<R>(var prefix, var limit, var then) ->
                    onward.go(world, awake(then.apply(world.list(prefix, limit))), faults);
            case Step.MetadataSize<R>(var location, var then) ->
                    onward.go(world, awake(then.apply(world.size().apply(location))), faults);
            case Step.Delete<R>(var key, var then) ->
                    onward.go(
                            world.without(key), awake(then.apply(new Deletion.Deleted())), faults);
            case Step.Pause<R> _, Step.Done<R> _ ->
                    throw new IllegalStateException("nothing to ask: " + step);
        }
    }

    private static boolean reads(Step<?> step) {
        return step instanceof Step.Read<?>
                || step instanceof Step.ListKeys<?>
                || step instanceof Step.MetadataSize<?>;
    }

    private static <R> Step<R> awake(Step<R> step) {
        var now = step;
        while (now instanceof Step.Pause<R>(_, var then)) {
            now = then.get();
        }
        return now;
    }
}
