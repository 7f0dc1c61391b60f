package dev.weir.ledger;

import dev.weir.ledger.Appending.Taken;
import dev.weir.ledger.Appending.Written;
import dev.weir.ledger.LedgerRecord.Checkpoint;
import dev.weir.ledger.LedgerRecord.Claim;
import dev.weir.ledger.LedgerRecord.Closed;
import dev.weir.ledger.LedgerRecord.Ended;
import dev.weir.ledger.LedgerRecord.Finished;
import dev.weir.ledger.LedgerRecord.Rolled;
import dev.weir.ledger.Seen.Absent;
import dev.weir.ledger.Seen.Present;
import dev.weir.ledger.Seen.Unreachable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Rules 1, 3, 7, 8 and 13: what the owner of a term writes. Anything but {@link Kept} means that
 * this process must halt before its sinks commit.
 */
public final class Owning {

    /** Rule 7: an owner goes on in a new term after this many slots. */
    public static final int STANDARD_ROLL_AFTER = 1_000;

    private final Bound bound;
    private final int rollAfter;

    /**
     * @param rollAfter slots of a term after which the owner rolls; tests lower it
     */
    public Owning(Bound bound, int rollAfter) {
        if (rollAfter < 2) {
            throw new IllegalArgumentException(
                    "a term holds its claim and at least one more slot: " + rollAfter);
        }
        this.bound = bound;
        this.rollAfter = rollAfter;
    }

    /** Whether the process still owns its term. */
    public sealed interface Ownership {}

    /** It does, and the record is in the ledger. */
    public record Kept(Owned owned) implements Ownership {}

    /** Another has taken over: halt at once. */
    public record Fenced(LedgerRecord by) implements Ownership {}

    /** The store did not say within the bound: halt, as the record may be there. */
    public record Unknown(String cause) implements Ownership {}

    /**
     * Rule 3: before any task is told that the checkpoint completed. Rolls the term when it is full
     * (rule 7).
     */
    public Step<Ownership> checkpoint(Owned owned, Checkpoint checkpoint) {
        return append(owned, checkpoint, checkpoint.restorePoint())
                .then(
                        kept ->
                                switch (kept) {
                                    case Kept(var now) when now.next().number() >= rollAfter ->
                                            roll(now, checkpoint.at());
                                    case Kept k -> Step.done(k);
                                    case Fenced f -> Step.done(f);
                                    case Unknown u -> Step.done(u);
                                });
    }

    /**
     * Rule 3: a stop's savepoint is checkpoint and seal in one; from here on the term only finishes
     * or halts.
     */
    public Step<Ownership> close(Owned owned, Closed closed) {
        return append(
                owned, closed, closed.savepoint().<RestorePoint>map(s -> s).orElse(owned.latest()));
    }

    /** Rule 8: after {@code closed}, once the job is FINISHED. */
    public Step<Ownership> finish(Owned owned, Instant at) {
        return append(owned, new Finished(owned.claim().writer(), at), owned.latest());
    }

    /** The job came to its own end. */
    public Step<Ownership> end(Owned owned, String how, Instant at) {
        return append(owned, new Ended(owned.claim().writer(), at, how), owned.latest());
    }

    /**
     * Rule 2: the look right before tasks are deployed. Unlike one in passing it has to be
     * answered, so the store is asked again within the bound.
     */
    public Step<Ownership> lookUntilTold(Owned owned) {
        return lookUntilTold(owned, bound);
    }

    private Step<Ownership> lookUntilTold(Owned owned, Bound left) {
        return look(owned)
                .then(
                        seen ->
                                seen instanceof Unknown && left.tries() > 1
                                        ? new Step.Pause<>(
                                                left.pause(),
                                                () -> lookUntilTold(owned, left.less()))
                                        : Step.done(seen));
    }

    /** Rule 13: a look at the own next slot in passing, every few seconds. */
    public Step<Ownership> look(Owned owned) {
        return new Step.Read<>(
                owned.next().key(),
                seen ->
                        Step.done(
                                switch (seen.flatMap(LedgerJson::read)) {
                                    case Absent<LedgerRecord>() -> new Kept(owned);
                                    case Present<LedgerRecord>(var by) -> new Fenced(by);
                                    case Unreachable<LedgerRecord>(var cause) -> new Unknown(cause);
                                }));
    }

    /**
     * Rule 7: the slots of an earlier term that may go, once this owner's claim stands: all but the
     * first and the last.
     */
    public static List<Slot> prunable(Owned rolled, long previousNextSlot) {
        return java.util.stream.LongStream.range(1, previousNextSlot - 1)
                .mapToObj(n -> new Slot(rolled.term() - 1, n))
                .toList();
    }

    /**
     * Rule 7: deletes the middle of the term that a checkpoint's append has just filled and rolled;
     * does nothing where it did not roll. A slot that the store does not delete now stays, which
     * costs its few bytes and nothing else.
     *
     * @param before as it was before that append
     * @param now as it is after it
     * @return how many slots were deleted
     */
    public static Step<Long> pruneAfterRoll(Owned before, Owned now) {
        // The append took one slot for the checkpoint and one for the roll.
        return now.term() == before.term()
                ? Step.done(0L)
                : prune(prunable(now, before.next().number() + 2), 0, 0);
    }

    private static Step<Long> prune(List<Slot> slots, int from, long deleted) {
        return from == slots.size()
                ? Step.done(deleted)
                : new Step.Delete<>(
                        slots.get(from).key(),
                        deletion ->
                                prune(
                                        slots,
                                        from + 1,
                                        switch (deletion) {
                                            case LedgerStore.Deletion.Deleted() -> deleted + 1;
                                            case LedgerStore.Deletion.Undecided _ -> deleted;
                                        }));
    }

    private Step<Ownership> roll(Owned full, Instant at) {
        var writer = full.claim().writer();
        return append(full, new Rolled(writer, at), full.latest())
                .then(
                        kept ->
                                switch (kept) {
                                    case Kept(var rolled) -> claimNext(rolled, at);
                                    case Fenced f -> Step.done(f);
                                    case Unknown u -> Step.done(u);
                                });
    }

    private Step<Ownership> claimNext(Owned rolled, Instant at) {
        var old = rolled.claim();
        var slot = new Slot(rolled.term() + 1, 0);
        var claim =
                new Claim(
                        old.writer(),
                        at,
                        old.command(),
                        old.podUid(),
                        old.jobUid(),
                        old.revision(),
                        old.programDigest(),
                        old.operators(),
                        rolled.latest(),
                        Optional.of(rolled.term()),
                        Math.max(old.floorId(), rolled.latest().lastId()),
                        old.jobIdTerm(),
                        old.startNonce(),
                        old.rollout().map(r -> r.rolled(!rolled.latest().equals(old.from()))));
        return Appending.append(slot, claim, bound)
                .then(
                        appended ->
                                Step.done(
                                        switch (appended) {
                                            case Written() ->
                                                    new Kept(
                                                            new Owned(
                                                                    claim,
                                                                    slot.next(),
                                                                    rolled.latest()));
                                            case Taken(var by) -> new Fenced(by);
                                            case Appending.Undecided(var cause) ->
                                                    new Unknown(cause);
                                        }));
    }

    private Step<Ownership> append(Owned owned, LedgerRecord record, RestorePoint latest) {
        return Appending.append(owned.next(), record, bound)
                .then(
                        appended ->
                                Step.done(
                                        switch (appended) {
                                            case Written() -> new Kept(owned.after(latest));
                                            case Taken(var by) -> new Fenced(by);
                                            case Appending.Undecided(var cause) ->
                                                    new Unknown(cause);
                                        }));
    }
}
