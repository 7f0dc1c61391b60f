package dev.weir.ledger;

import dev.weir.ledger.LedgerRecord.Checkpoint;
import dev.weir.ledger.LedgerRecord.Claim;
import dev.weir.ledger.LedgerRecord.Closed;
import dev.weir.ledger.LedgerRecord.Ended;
import dev.weir.ledger.LedgerRecord.Finished;
import dev.weir.ledger.LedgerRecord.Rolled;
import dev.weir.ledger.LedgerRecord.Sealed;
import dev.weir.ledger.LedgerRecord.Tombstone;
import dev.weir.ledger.LedgerView.ClosedFor;
import dev.weir.ledger.LedgerView.End;
import dev.weir.ledger.LedgerView.EndedWith;
import dev.weir.ledger.LedgerView.Open;
import dev.weir.ledger.LedgerView.RolledOver;
import dev.weir.ledger.LedgerView.SealedBy;
import dev.weir.ledger.Seen.Absent;
import dev.weir.ledger.Seen.Present;
import dev.weir.ledger.Seen.Unreachable;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the ledger to its end.
 *
 * <ol>
 *   <li>The newest term: slot 0 of every term is kept for ever (rule 7), so terms are looked up by
 *       doubling and halving: about 2 log2(terms) reads, whatever the ledger's age.
 *   <li>Within it, a list says where to begin; from there the walk goes forward by reads until a
 *       slot is absent (rule 2: lists are hints).
 *   <li>A slot that is absent below one that is listed is no end: the next term was claimed
 *       meanwhile and this one pruned (rule 7), so the walk goes on there; or it is damage.
 *   <li>The restore point is that of the last record before the end; a term without one has its
 *       claim's own.
 *   <li>Anything that can't be read makes the whole view Unreachable. A missing first term below
 *       other keys is damage, not emptiness.
 * </ol>
 */
public final class Walking {

    /** More keys than a term can hold: it is rolled at a thousand. */
    private static final int LIST_LIMIT = 1_100;

    /** A ceiling for the walk, so that a store that invents objects can't hold it for ever. */
    private static final int WALK_LIMIT = 100_000;

    private static final Pattern SLOT = Pattern.compile("ledger/\\d{19}/(\\d{19})\\.json");

    private Walking() {}

    /**
     * The view of the whole ledger; {@code Absent} is never the answer, an empty ledger is {@link
     * LedgerView.Empty}.
     */
    public static Step<Seen<LedgerView>> look() {
        return exists(1, first -> first ? gallop(1) : emptiness());
    }

    private static Step<Seen<LedgerView>> emptiness() {
        return new Step.ListKeys<>(
                "ledger/",
                1,
                seen ->
                        Step.done(
                                switch (seen) {
                                    case Present<List<String>>(var keys) when keys.isEmpty() ->
                                            Seen.present(new LedgerView.Empty());
                                    case Present<List<String>>(var keys) ->
                                            Seen.unreachable(
                                                    "the ledger's first claim is missing, yet there is "
                                                            + keys.getFirst());
                                    case Absent<List<String>>() ->
                                            Seen.present(new LedgerView.Empty());
                                    case Unreachable<List<String>>(var cause) ->
                                            Seen.unreachable(cause);
                                }));
    }

    /** {@code known} exists; doubles until a term does not. */
    private static Step<Seen<LedgerView>> gallop(long known) {
        return exists(known * 2, there -> there ? gallop(known * 2) : narrow(known, known * 2));
    }

    /** {@code known} exists, {@code missing} did not. */
    private static Step<Seen<LedgerView>> narrow(long known, long missing) {
        if (missing - known == 1) {
            return term(known);
        }
        var middle = known + (missing - known) / 2;
        return exists(middle, there -> there ? narrow(middle, missing) : narrow(known, middle));
    }

    private static Step<Seen<LedgerView>> exists(
            long term, Function<Boolean, Step<Seen<LedgerView>>> then) {
        return new Step.Read<>(
                new Slot(term, 0).key(),
                seen ->
                        switch (seen) {
                            case Present<String> _ -> then.apply(true);
                            case Absent<String>() -> then.apply(false);
                            case Unreachable<String>(var cause) ->
                                    Step.done(Seen.unreachable(cause));
                        });
    }

    /** The view of one term that is known to exist, as if no later one did. */
    static Step<Seen<LedgerView>> term(long number) {
        return record(
                new Slot(number, 0),
                first ->
                        switch (first) {
                            case Claim claim -> begin(number, claim);
                            case Tombstone tombstone ->
                                    Step.done(
                                            Seen.present(
                                                    new LedgerView.Deleted(
                                                            number, tombstone.floorId())));
                            case Checkpoint _, Sealed _, Rolled _, Ended _, Closed _, Finished _ ->
                                    Step.done(
                                            Seen.unreachable(
                                                    "term "
                                                            + number
                                                            + " does not begin with a claim"));
                        },
                () -> Step.done(Seen.unreachable("term " + number + " was there a moment ago")));
    }

    /** Three slots before the list's end, so that the last restore point is among what is read. */
    private static Step<Seen<LedgerView>> begin(long number, Claim claim) {
        return new Step.ListKeys<>(
                Slot.prefix(number),
                LIST_LIMIT,
                seen ->
                        switch (seen) {
                            case Present<List<String>>(var keys) -> {
                                var listed = lastSlot(keys);
                                yield forward(
                                        start(number, claim), Math.max(1, listed - 2), listed);
                            }
                            case Absent<List<String>>() -> forward(start(number, claim), 1, 0);
                            case Unreachable<List<String>>(var cause) ->
                                    Step.done(Seen.unreachable(cause));
                        });
    }

    private static long lastSlot(List<String> keys) {
        return keys.stream()
                .map(SLOT::matcher)
                .filter(Matcher::matches)
                .mapToLong(slot -> Long.parseLong(slot.group(1)))
                .max()
                .orElse(0);
    }

    private static LedgerView.Term start(long number, Claim claim) {
        var used = Math.max(claim.floorId(), claim.from().lastId());
        return new LedgerView.Term(number, claim, 1, claim.from(), used, new Open());
    }

    private static Step<Seen<LedgerView>> forward(LedgerView.Term so, long slot, long listed) {
        if (slot > WALK_LIMIT) {
            return Step.done(
                    Seen.unreachable(
                            "term " + so.number() + " has no end within " + WALK_LIMIT + " slots"));
        }
        return record(
                new Slot(so.number(), slot),
                next -> forward(with(so, slot, next), slot + 1, listed),
                () -> slot > listed ? Step.done(Seen.present(so)) : gap(so.number(), slot, listed));
    }

    /** Each time the walk begins anew here, the ledger is at least one term further. */
    private static Step<Seen<LedgerView>> gap(long term, long slot, long listed) {
        return exists(
                term + 1,
                there ->
                        there
                                ? gallop(term + 1)
                                : Step.done(
                                        Seen.unreachable(
                                                "term "
                                                        + term
                                                        + " lacks slot "
                                                        + slot
                                                        + ", yet there is slot "
                                                        + listed)));
    }

    static LedgerView.Term with(LedgerView.Term so, long slot, LedgerRecord next) {
        return switch (next) {
            case Checkpoint c -> advance(so, slot, c.restorePoint(), so.end());
            case Sealed(_, _, var by) -> advance(so, slot, so.latest(), new SealedBy(by));
            case Rolled _ -> advance(so, slot, so.latest(), new RolledOver());
            case Ended(_, _, var how) -> advance(so, slot, so.latest(), new EndedWith(how));
            case Closed c ->
                    advance(
                            so,
                            slot,
                            c.savepoint().<RestorePoint>map(s -> s).orElse(so.latest()),
                            new ClosedFor(c.reason(), c.deadline(), false));
            case Finished _ -> advance(so, slot, so.latest(), finished(so.end()));
            case Claim _, Tombstone _ -> advance(so, slot, so.latest(), so.end());
        };
    }

    private static End finished(End end) {
        return switch (end) {
            case ClosedFor(var reason, var deadline, _) -> new ClosedFor(reason, deadline, true);
            case Open _, SealedBy _, RolledOver _, EndedWith _ -> end;
        };
    }

    private static LedgerView.Term advance(
            LedgerView.Term so, long slot, RestorePoint latest, End end) {
        return new LedgerView.Term(
                so.number(),
                so.claim(),
                slot + 1,
                latest,
                Math.max(so.highestId(), latest.lastId()),
                end);
    }

    private static Step<Seen<LedgerView>> record(
            Slot slot,
            Function<LedgerRecord, Step<Seen<LedgerView>>> present,
            java.util.function.Supplier<Step<Seen<LedgerView>>> absent) {
        return new Step.Read<>(
                slot.key(),
                seen ->
                        switch (seen.flatMap(LedgerJson::read)) {
                            case Present<LedgerRecord>(var record) -> present.apply(record);
                            case Absent<LedgerRecord>() -> absent.get();
                            case Unreachable<LedgerRecord>(var cause) ->
                                    Step.done(Seen.unreachable(cause));
                        });
    }
}
