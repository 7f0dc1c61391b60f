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

/**
 * Rules 10 and 11: how a job's ledger is closed by its deletion, with no live job needed.
 *
 * <ol>
 *   <li>An open term is closed in its next slot; its owner, if there is one yet, is fenced by that.
 *   <li>A term that is over for another reason is followed by one that is closed at once, so that
 *       the ledger's end says "deleted" and another StreamJob of that name may go on from it.
 *   <li>Where the state is to go as well, a tombstone takes the next term's slot 0, and only then
 *       are files deleted: whoever would claim from that state needs the same slot.
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

    /** Somebody else's claim came between: look again. */
    public record Refused(ClaimOutcome.Refusal why, String detail) implements Closure {}

    /** The store did not say. */
    public record Unknown(String cause) implements Closure {}

    /** Closes the ledger for {@link CloseReason#DELETION}. */
    public static Step<Closure> close(ClaimRequest request, Bound bound) {
        return new Closing(request, bound).closeNewest(TRIES);
    }

    /**
     * Closes the ledger and puts a tombstone after it. Files may be deleted once this is settled,
     * those of terms before it.
     */
    public static Step<Closure> bury(ClaimRequest request, Bound bound) {
        var closing = new Closing(request, bound);
        return closing.closeNewest(TRIES)
                .then(
                        closed ->
                                switch (closed) {
                                    case Settled(LedgerView.Term t) -> closing.tombstone(t);
                                    case Settled s -> Step.done(s);
                                    case Refused r -> Step.done(r);
                                    case Unknown u -> Step.done(u);
                                });
    }

    private Step<Closure> closeNewest(int tries) {
        return Walking.look()
                .then(
                        seen ->
                                switch (seen) {
                                    case Present<LedgerView>(var view) -> close(view, tries);
                                    case Absent<LedgerView>() ->
                                            unknown("the ledger gave no answer");
                                    case Unreachable<LedgerView>(var cause) -> unknown(cause);
                                });
    }

    private Step<Closure> close(LedgerView view, int tries) {
        return switch (view) {
            case LedgerView.Empty(), LedgerView.Deleted _ -> Step.done(new Settled(view));
            case LedgerView.Term t when !t.claim().jobUid().equals(request.jobUid()) ->
                    Step.done(
                            new Refused(
                                    ClaimOutcome.Refusal.FOREIGN,
                                    "the ledger belongs to the StreamJob with UID "
                                            + t.claim().jobUid()));
            case LedgerView.Term t ->
                    switch (t.end()) {
                        case Open() -> closeOpen(t, tries);
                        case ClosedFor(var reason, _, _) when reason == CloseReason.DELETION ->
                                Step.done(new Settled(t));
                        case ClosedFor _, SealedBy _, RolledOver _ ->
                                succeed(t, new Start.Latest(), tries);
                        case EndedWith(var how) ->
                                succeed(
                                        t,
                                        new Start.Explicit(t.latest(), "deletion:" + how),
                                        tries);
                    };
        };
    }

    private Step<Closure> closeOpen(LedgerView.Term t, int tries) {
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
                                            Step.done(
                                                    new Settled(
                                                            Walking.with(t, t.nextSlot(), closed)));
                                    case Taken(var by) ->
                                            close(Walking.with(t, t.nextSlot(), by), tries - 1);
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

    private Step<Closure> succeed(LedgerView.Term t, Start start, int tries) {
        var next =
                new ClaimRequest(
                        request.command() + "/" + (t.number() + 1),
                        t.number(),
                        start,
                        request.writer(),
                        request.at(),
                        request.podUid(),
                        request.jobUid(),
                        t.claim().revision(),
                        t.claim().programDigest(),
                        Optional.empty());
        return Claiming.claim(next, bound)
                .then(
                        outcome ->
                                switch (outcome) {
                                    case ClaimOutcome.Won _, ClaimOutcome.AlreadyDone _ ->
                                            closeNewest(tries - 1);
                                    case ClaimOutcome.Refused(var why, var detail) ->
                                            Step.done(new Refused(why, detail));
                                    case ClaimOutcome.Undecided(var cause) -> unknown(cause);
                                });
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

    private static Step<Closure> unknown(String cause) {
        return Step.done(new Unknown(cause));
    }
}
