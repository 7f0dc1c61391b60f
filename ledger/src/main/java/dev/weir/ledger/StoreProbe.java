package dev.weir.ledger;

import dev.weir.ledger.LedgerStore.Creation;
import java.util.List;

/**
 * Rule 12: the store is not trusted. Several writers create one key at once; a store that lets two
 * win, or none, can't hold a ledger. The key is a new one each time, and is deleted afterwards.
 */
public final class StoreProbe {

    private StoreProbe() {}

    /** What one writer of the race was told. */
    public sealed interface Told {}

    public record Won() implements Told {}

    public record Lost() implements Told {}

    /** Nothing that says whether the object was created. */
    public record Nothing(String cause) implements Told {}

    /** What the race says of the store. */
    public sealed interface Verdict {}

    /** Exactly one writer won. */
    public record Sound() implements Verdict {}

    /** The store does not keep its word; no job may run on it. */
    public record Unsound(String why) implements Verdict {}

    /**
     * Too little was heard to say.
     *
     * @param why what one of the writers was told instead
     */
    public record Unclear(String why) implements Verdict {}

    public static String key(String nonce) {
        return "probe/" + nonce;
    }

    /** One writer's part; run several of them at the same time with the same key. */
    public static Step<Told> race(String key, String writer) {
        return new Step.Create<>(
                key,
                writer,
                creation ->
                        Step.done(
                                switch (creation) {
                                    case Creation.Created() -> new Won();
                                    case Creation.Exists() -> new Lost();
                                    case Creation.Undecided(var cause) -> new Nothing(cause);
                                }));
    }

    /** The words are the same each time: how many of the writers it concerns is chance. */
    public static Verdict judge(List<Told> told) {
        if (told.stream().filter(Won.class::isInstance).count() > 1) {
            return new Unsound("several writers were told that they had created one object");
        }
        var silent =
                told.stream().filter(Nothing.class::isInstance).map(Nothing.class::cast).toList();
        if (!silent.isEmpty()) {
            return new Unclear(silent.getFirst().cause());
        }
        return told.stream().anyMatch(Won.class::isInstance)
                ? new Sound()
                : new Unsound("every writer of an object that did not exist was refused");
    }
}
