package dev.weir.ledger;

import dev.weir.ledger.LedgerStore.Creation;
import dev.weir.ledger.Seen.Absent;
import dev.weir.ledger.Seen.Present;
import dev.weir.ledger.Seen.Unreachable;

/**
 * Rule 1: how a record gets into its slot.
 *
 * <ol>
 *   <li>Create the object on condition that there is none. Created: written.
 *   <li>Anything else is decided by reading the slot. The same bytes (the writer's nonce is among
 *       them): written. Other bytes: taken, and whoever wrote them has decided this slot.
 *   <li>Nothing there, or nobody answers: undecided. The same bytes are tried again at the same
 *       slot, never elsewhere.
 *   <li>Tries used up: still undecided. The caller halts; it must not go on as if the record were
 *       absent.
 * </ol>
 */
public final class Appending {

    private Appending() {}

    /** What became of an append. */
    public sealed interface Appended {}

    /** The record is in its slot. */
    public record Written() implements Appended {}

    /** Another's record is in the slot: the writer is fenced. */
    public record Taken(LedgerRecord by) implements Appended {}

    /** It may be in the slot or get there later. */
    public record Undecided(String cause) implements Appended {}

    public static Step<Appended> append(Slot slot, LedgerRecord record, Bound bound) {
        return attempt(slot, LedgerJson.write(record), bound);
    }

    private static Step<Appended> attempt(Slot slot, String content, Bound bound) {
        return new Step.Create<>(
                slot.key(),
                content,
                creation ->
                        switch (creation) {
                            case Creation.Created() -> Step.done(new Written());
                            case Creation.Exists() ->
                                    readBack(
                                            slot,
                                            content,
                                            bound,
                                            "the store says that the slot is taken, and shows no record");
                            case Creation.Undecided(var cause) ->
                                    readBack(slot, content, bound, cause);
                        });
    }

    private static Step<Appended> readBack(Slot slot, String content, Bound bound, String cause) {
        return new Step.Read<>(
                slot.key(),
                seen ->
                        switch (seen) {
                            case Present<String>(var there) when there.equals(content) ->
                                    Step.done(new Written());
                            case Present<String>(var there) -> taken(there);
                            case Absent<String>() -> again(slot, content, bound, cause);
                            case Unreachable<String>(var unread) ->
                                    again(slot, content, bound, cause + "; " + unread);
                        });
    }

    private static Step<Appended> taken(String there) {
        return Step.done(
                switch (LedgerJson.read(there)) {
                    case Present<LedgerRecord>(var by) -> new Taken(by);
                    case Absent<LedgerRecord>() -> new Undecided("an empty record");
                    case Unreachable<LedgerRecord>(var cause) -> new Undecided(cause);
                });
    }

    private static Step<Appended> again(Slot slot, String content, Bound bound, String cause) {
        return bound.tries() <= 1
                ? Step.done(new Undecided(cause))
                : new Step.Pause<>(bound.pause(), () -> attempt(slot, content, bound.less()));
    }
}
