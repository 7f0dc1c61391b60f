package dev.weir.ledger;

import dev.weir.ledger.Appending.Taken;
import dev.weir.ledger.Appending.Undecided;
import dev.weir.ledger.Appending.Written;
import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.ledger.LedgerRecord.Closed;
import dev.weir.ledger.LedgerRecord.Tombstone;
import dev.weir.ledger.LedgerView.ClosedFor;
import dev.weir.ledger.LedgerView.EndedWith;
import dev.weir.ledger.LedgerView.Open;
import dev.weir.ledger.LedgerView.RolledOver;
import dev.weir.ledger.LedgerView.SealedBy;
import dev.weir.ledger.Seen.Absent;
import dev.weir.ledger.Seen.Present;
import dev.weir.ledger.Seen.Unreachable;
import java.util.Optional;
import java.util.function.Function;

/**
 * Rules 10 and 11: how a job's ledger is closed by its deletion, with no live job needed.
 *
 * <ol>
 *   <li>The ledger must be at the expected term (rule 4), or be closed by deletion or buried
 *       already: a repeat changes nothing.
 *   <li>An open term is closed in its next slot; its owner, if there is one yet, is fenced by that.
 *   <li>A term that is over for another reason is followed by one that is closed at once, so that
 *       the ledger's end says "deleted" and another StreamJob of that name may go on from it.
 *   <li>Where the state is to go as well, a tombstone takes the slot 0 that comes after the end,
 *       and only then are files deleted: whoever would claim from that state needs the same slot.
 *       Nothing is read of a state that is to go, so one that is damaged can be buried too.
 * </ol>
 */
public final class Closing {

    private static final int TRIES = 64;

    private final ClaimRequest request;
    private final Bound bound;

    private Closing(ClaimRequest request, Bound bound) {
        this.request = request;
        this.bound = bound;
    }

    /** How a close or a burial ended. */
    public sealed interface Closure {}

    /**
     * The ledger ends as it was asked to; {@code view} is its end. Repeating it changes nothing.
     */
    public record Settled(LedgerView view) implements Closure {}

    /** The ledger is another's, or at another term than expected: look again. */
    public record Refused(ClaimOutcome.Refusal why, String detail) implements Closure {}

    /** The store did not say. */
    public record Unknown(String cause) implements Closure {}

    /** Closes the ledger for {@link CloseReason#DELETION}. */
    public static Step<Closure> close(ClaimRequest request, Bound bound) {
        var closing = new Closing(request, bound);
        return closing.newest(view -> closing.close(view, request.expectedTerm()));
    }

    /**
     * Closes the ledger and puts a tombstone after it. Files may be deleted once this is settled,
     * those of terms before it.
     */
    public static Step<Closure> bury(ClaimRequest request, Bound bound) {
        var closing = new Closing(request, bound);
        return closing.newest(closing::bury);
    }

    private Step<Closure> newest(Function<LedgerView, Step<Closure>> then) {
        return Walking.look()
                .then(
                        seen ->
                                switch (seen) {
                                    case Present<LedgerView>(var view) -> then.apply(view);
                                    case Absent<LedgerView>() ->
                                            unknown("the ledger gave no answer");
                                    case Unreachable<LedgerView>(var cause) -> unknown(cause);
                                });
    }

    private Step<Closure> close(LedgerView view, long expected) {
        return switch (view) {
            case LedgerView.Empty(), LedgerView.Deleted _ -> Step.done(new Settled(view));
            case LedgerView.Term t when isForeign(t) -> foreign(t);
            case LedgerView.Term t when isDeleted(t.end()) -> Step.done(new Settled(t));
            case LedgerView.Term t when t.number() != expected -> stale(t, expected);
            case LedgerView.Term t -> closeOpen(t, TRIES, this::closed);
        };
    }

    private Step<Closure> bury(LedgerView view) {
        return switch (view) {
            case LedgerView.Empty(), LedgerView.Deleted _ -> Step.done(new Settled(view));
            case LedgerView.Term t when isForeign(t) -> foreign(t);
            case LedgerView.Term t when t.number() != request.expectedTerm() ->
                    stale(t, request.expectedTerm());
            case LedgerView.Term t -> closeOpen(t, TRIES, this::tombstone);
        };
    }

    private boolean isForeign(LedgerView.Term t) {
        return !t.claim().jobUid().equals(request.jobUid());
    }

    private static boolean isDeleted(LedgerView.End end) {
        return end instanceof ClosedFor(var reason, _, _) && reason == CloseReason.DELETION;
    }

    /** {@code then} goes on with the term once it is over, by this closing or otherwise. */
    private Step<Closure> closeOpen(
            LedgerView.Term t, int tries, Function<LedgerView.Term, Step<Closure>> then) {
        if (!(t.end() instanceof Open)) {
            return then.apply(t);
        }
        if (tries == 0) {
            return unknown("term " + t.number() + " moves faster than it can be closed");
        }
        var closed =
                new Closed(
                        request.writer(),
                        request.at(),
                        closingSavepoint(t),
                        CloseReason.DELETION,
                        Optional.empty());
        return Appending.append(new Slot(t.number(), t.nextSlot()), closed, bound)
                .then(
                        appended ->
                                switch (appended) {
                                    case Written() ->
                                            then.apply(Walking.with(t, t.nextSlot(), closed));
                                    case Taken(var by) ->
                                            closeOpen(
                                                    Walking.with(t, t.nextSlot(), by),
                                                    tries - 1,
                                                    then);
                                    case Undecided(var cause) -> unknown(cause);
                                });
    }

    /**
     * A term that this closing itself opened begins at a savepoint, perhaps: that one still is what
     * closes the job.
     */
    private static Optional<RestorePoint.Savepoint> closingSavepoint(LedgerView.Term t) {
        return t.latest() instanceof RestorePoint.Savepoint s ? Optional.of(s) : Optional.empty();
    }

    /** The term is over; if it is not over by deletion, the next one is to be. */
    private Step<Closure> closed(LedgerView.Term t) {
        return switch (t.end()) {
            case ClosedFor _ when isDeleted(t.end()) -> Step.done(new Settled(t));
            case ClosedFor _, SealedBy _, RolledOver _, Open() -> succeed(t, new Start.Latest());
            case EndedWith(var how) ->
                    succeed(t, new Start.Explicit(t.latest(), "deletion:" + how));
        };
    }

    private Step<Closure> succeed(LedgerView.Term t, Start start) {
        var next = t.number() + 1;
        return Claiming.claim(successor(t, start), bound)
                .then(
                        outcome ->
                                switch (outcome) {
                                    case ClaimOutcome.Won _, ClaimOutcome.AlreadyDone _ ->
                                            newest(view -> close(view, next));
                                    case ClaimOutcome.Refused(var why, var detail) ->
                                            Step.done(new Refused(why, detail));
                                    case ClaimOutcome.Undecided(var cause) -> unknown(cause);
                                });
    }

    private ClaimRequest successor(LedgerView.Term t, Start start) {
        return new ClaimRequest(
                request.command() + "/" + (t.number() + 1),
                t.number(),
                start,
                request.writer(),
                request.at(),
                request.podUid(),
                request.jobUid(),
                t.claim().revision(),
                t.claim().programDigest(),
                t.claim().operators(),
                Optional.empty(),
                Optional.empty());
    }

    private Step<Closure> tombstone(LedgerView.Term t) {
        var stone = new Tombstone(request.writer(), request.at(), request.jobUid(), t.highestId());
        var term = t.number() + 1;
        return Appending.append(new Slot(term, 0), stone, bound)
                .then(
                        appended ->
                                switch (appended) {
                                    case Written() ->
                                            Step.done(
                                                    new Settled(
                                                            new LedgerView.Deleted(
                                                                    term, stone.floorId())));
                                    case Taken(Tombstone by) ->
                                            Step.done(
                                                    new Settled(
                                                            new LedgerView.Deleted(
                                                                    term, by.floorId())));
                                    case Taken _ ->
                                            Step.done(
                                                    new Refused(
                                                            ClaimOutcome.Refusal.LOST,
                                                            "term "
                                                                    + term
                                                                    + " was claimed meanwhile"));
                                    case Undecided(var cause) -> unknown(cause);
                                });
    }

    private static Step<Closure> foreign(LedgerView.Term t) {
        return Step.done(
                new Refused(
                        ClaimOutcome.Refusal.FOREIGN,
                        "the ledger belongs to the StreamJob with UID " + t.claim().jobUid()));
    }

    private static Step<Closure> stale(LedgerView.Term t, long expected) {
        return Step.done(
                new Refused(
                        ClaimOutcome.Refusal.STALE_TERM,
                        "term " + expected + " was expected, it is " + t.number()));
    }

    private static Step<Closure> unknown(String cause) {
        return Step.done(new Unknown(cause));
    }
}
