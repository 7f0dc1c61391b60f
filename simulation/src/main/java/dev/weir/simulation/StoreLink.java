package dev.weir.simulation;

import dev.weir.ledger.LedgerStore.Creation;
import dev.weir.ledger.LedgerStore.Deletion;
import dev.weir.ledger.Seen;
import dev.weir.ledger.Step;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One process's way to the store. It runs the ledger's own rules question by question: between two
 * of them others go on, the process may die or stand still, and what was asked may take effect
 * later than its answer.
 */
final class StoreLink {

    private static final long TIMEOUT = 2_000;
    private static final long LATE = 6_000;
    private static final long LAG = 20_000;

    private final World world;
    private final Bucket bucket;
    private final Life life;
    private final String who;
    private final Runnable crash;

    StoreLink(World world, Bucket bucket, Life life, String who, Runnable crash) {
        this.world = world;
        this.bucket = bucket;
        this.life = life;
        this.who = who;
        this.crash = crash;
    }

    <R> void run(Step<R> step, Consumer<R> then) {
        switch (step) {
            case Step.Done<R>(var result) -> then.accept(result);
            case Step.Create<R>(var key, var content, var next) ->
                    create(key, content, answer -> run(next.apply(answer), then));
            case Step.Read<R>(var key, var next) ->
                    read(() -> bucket.read(key), answer -> run(next.apply(answer), then));
            case Step.ListKeys<R>(var prefix, var limit, var next) -> {
                var blindFor = world.faults().strikes(Fault.LIST_LAG, who) ? LAG : 0;
                read(
                        () -> bucket.list(prefix, limit, blindFor),
                        answer -> run(next.apply(answer), then));
            }
            case Step.MetadataSize<R>(var location, var next) ->
                    read(
                            () -> bucket.metadataSize(location),
                            answer -> run(next.apply(answer), then));
            case Step.Delete<R>(var key, var next) ->
                    ask(
                            () -> bucket.delete(key),
                            Deletion.Undecided::new,
                            answer -> run(next.apply(answer), then));
            case Step.Pause<R>(var pause, var next) ->
                    life.after(pause.toMillis(), () -> run(next.get(), then));
        }
    }

    /** Which state is there, whole, below a prefix. */
    void find(String prefix, Consumer<Seen<String>> then) {
        read(() -> bucket.find(prefix), then);
    }

    private void create(String key, String content, Consumer<Creation> then) {
        Supplier<Creation> effect =
                world.faults().strikes(Fault.STORE_412_OF_OWN, who)
                        ? () -> {
                            bucket.create(key, content);
                            return new Creation.Exists();
                        }
                        : () -> bucket.create(key, content);
        ask(effect, Creation.Undecided::new, then);
    }

    private <T> void read(Supplier<Seen<T>> effect, Consumer<Seen<T>> then) {
        ask(effect, Seen::unreachable, then);
    }

    private <A> void ask(Supplier<A> effect, Function<String, A> failed, Consumer<A> then) {
        var faults = world.faults();
        if (faults.strikes(Fault.POD_CRASH_BEFORE_EFFECT, who)) {
            crash.run();
        } else if (bucket.isOut()) {
            life.after(TIMEOUT, () -> then.accept(failed.apply("the store is out")));
        } else if (faults.strikes(Fault.STORE_5XX, who)) {
            life.after(world.little(), () -> then.accept(failed.apply("503")));
        } else if (faults.strikes(Fault.STORE_TIMEOUT_AFTER_SUCCESS, who)) {
            world.agenda().after(world.little(), effect::get);
            life.after(TIMEOUT, () -> then.accept(failed.apply("timed out")));
        } else if (faults.strikes(Fault.STORE_TIMEOUT_BEFORE_SUCCESS, who)) {
            world.agenda().after(TIMEOUT + world.chance().between(1, LATE), effect::get);
            life.after(TIMEOUT, () -> then.accept(failed.apply("timed out")));
        } else {
            world.agenda().after(world.little(), () -> answer(effect.get(), then));
        }
    }

    private <A> void answer(A answer, Consumer<A> then) {
        if (!life.ended() && world.faults().strikes(Fault.POD_CRASH_AFTER_EFFECT, who)) {
            crash.run();
        } else {
            life.after(world.little(), () -> then.accept(answer));
        }
    }
}
