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
    public enum Told {
        WON,
        LOST,
        NOTHING
    }

    /** What the race says of the store. */
    public sealed interface Verdict {}

    /** Exactly one writer won. */
    public record Sound() implements Verdict {}

    /** The store does not keep its word; no job may run on it. */
    public record Unsound(String why) implements Verdict {}

    /** Too little was heard to say. */
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
                                    case Creation.Created() -> Told.WON;
                                    case Creation.Exists() -> Told.LOST;
                                    case Creation.Undecided _ -> Told.NOTHING;
                                }));
    }

    public static Verdict judge(List<Told> told) {
        var won = told.stream().filter(t -> t == Told.WON).count();
        var silent = told.stream().filter(t -> t == Told.NOTHING).count();
        if (won > 1) {
            return new Unsound(
                    "the store let "
                            + won
                            + " of "
                            + told.size()
                            + " writers create the same object; it must honour If-None-Match: * on PUT");
        }
        if (won == 0 && silent == 0) {
            return new Unsound(
                    "the store refused all "
                            + told.size()
                            + " writers of an object that did not exist");
        }
        return silent > 0
                ? new Unclear(silent + " of " + told.size() + " writers got no answer")
                : new Sound();
    }
}
