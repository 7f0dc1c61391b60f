package dev.weir.ledger;

import dev.weir.ledger.Appending.Appended;
import dev.weir.ledger.Appending.Taken;
import dev.weir.ledger.Appending.Written;
import dev.weir.ledger.ClaimOutcome.Refusal;
import dev.weir.ledger.LedgerRecord.Checkpoint;
import dev.weir.ledger.LedgerRecord.Claim;
import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.ledger.LedgerRecord.Closed;
import dev.weir.ledger.LedgerRecord.Ended;
import dev.weir.ledger.LedgerRecord.Finished;
import dev.weir.ledger.LedgerRecord.Rolled;
import dev.weir.ledger.LedgerRecord.Sealed;
import dev.weir.ledger.LedgerRecord.Tombstone;
import dev.weir.ledger.LedgerView.ClosedFor;
import dev.weir.ledger.LedgerView.EndedWith;
import dev.weir.ledger.LedgerView.Open;
import dev.weir.ledger.LedgerView.RolledOver;
import dev.weir.ledger.LedgerView.SealedBy;
import dev.weir.ledger.Seen.Absent;
import dev.weir.ledger.Seen.Present;
import dev.weir.ledger.Seen.Unreachable;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Rules 2, 4, 5 and 11: how a process comes to run the next term.
 *
 * <ol>
 *   <li>Walk to the newest term. It must be the expected one; the command's own claim found there
 *       answers a repeat.
 *   <li>Whose ledger it is, and whether the start asked for is one that it allows.
 *   <li>The restore point's metadata is read before anything is sealed: a pod that can't restore
 *       seals nobody.
 *   <li>An open term is sealed in its next slot; a checkpoint that got there first counts, and the
 *       next slot is tried. A stop that got there first is not gone past: whoever asked thought
 *       that the term was open, and has to ask anew.
 *   <li>The seal's place decides the restore point, whose metadata is read again.
 *   <li>The next term's slot 0 is created. It is this process's, or another's.
 * </ol>
 */
public final class Claiming {

    /**
     * A term is rolled at a thousand slots; an owner faster than this many seals in a row is not
     * credible.
     */
    private static final int SEAL_TRIES = 64;

    private final ClaimRequest request;
    private final Bound bound;
    private final boolean unasked;

    private Claiming(ClaimRequest request, Bound bound, boolean unasked) {
        this.request = request;
        this.bound = bound;
        this.unasked = unasked;
    }

    /** A claim that a command asks for. */
    public static Step<ClaimOutcome> claim(ClaimRequest request, Bound bound) {
        return new Claiming(request, bound, false).walk();
    }

    /**
     * A claim that nobody asked for: the pod goes on by itself. Rule 4 is held against what this
     * claim itself finds, for the term may have been closed since the pod last looked.
     */
    public static Step<ClaimOutcome> resume(ClaimRequest request, Bound bound) {
        return new Claiming(request, bound, true).walk();
    }

    /**
     * Rule 4: the term that a container restarted in place may claim by itself, without being told.
     *
     * @param podUid the pod's own UID
     * @return the expected term of that claim; empty where it must wait for a command
     */
    public static Optional<Long> resumable(LedgerView view, String podUid, Instant now) {
        return switch (view) {
            case LedgerView.Empty() -> Optional.empty();
            case LedgerView.Deleted _ -> Optional.empty();
            case LedgerView.Term t when !t.claim().podUid().equals(podUid) -> Optional.empty();
            case LedgerView.Term t ->
                    switch (t.end()) {
                        case Open(), RolledOver() -> Optional.of(t.number());
                        case SealedBy(var by) when by.equals(podUid) -> Optional.of(t.number());
                        case SealedBy _, EndedWith _ -> Optional.empty();
                        case ClosedFor(var reason, var deadline, _) ->
                                reason == CloseReason.HANDOVER
                                                && deadline.filter(now::isAfter).isPresent()
                                        ? Optional.of(t.number())
                                        : Optional.empty();
                    };
        };
    }

    private Step<ClaimOutcome> walk() {
        return Walking.look()
                .then(
                        seen ->
                                switch (seen) {
                                    case Present<LedgerView>(var view) -> admit(view);
                                    case Absent<LedgerView>() ->
                                            undecided("the ledger gave no answer");
                                    case Unreachable<LedgerView>(var cause) -> undecided(cause);
                                });
    }

    private Step<ClaimOutcome> admit(LedgerView view) {
        if (view instanceof LedgerView.Term t && t.claim().command().equals(request.command())) {
            return Step.done(new ClaimOutcome.AlreadyDone(t.number()));
        }
        if (view.term() != request.expectedTerm()) {
            return refused(
                    Refusal.STALE_TERM,
                    "term " + request.expectedTerm() + " was expected, it is " + view.term());
        }
        if (unasked && resumable(view, request.podUid(), request.at()).isEmpty()) {
            return refused(
                    Refusal.STALE_TERM,
                    "term " + view.term() + " is not this pod's to go on with unasked");
        }
        return switch (view) {
            case LedgerView.Empty() -> first(view);
            case LedgerView.Deleted _ -> first(view);
            case LedgerView.Term t -> succeed(t);
        };
    }

    private Step<ClaimOutcome> first(LedgerView view) {
        return switch (request.start()) {
            case Start.First() ->
                    create(view, new RestorePoint.Fresh(), Optional.empty(), Optional.empty());
            case Start.Latest() ->
                    refused(
                            Refusal.NOTHING_TO_RESTORE,
                            "the ledger is empty, and a fresh start was not asked for");
            case Start.Explicit(var from, var nonce) ->
                    readable(from, () -> create(view, from, Optional.empty(), Optional.of(nonce)));
        };
    }

    private Step<ClaimOutcome> succeed(LedgerView.Term t) {
        if (!ours(t)) {
            return refused(
                    Refusal.FOREIGN,
                    "the ledger belongs to the StreamJob with UID " + t.claim().jobUid());
        }
        return switch (request.start()) {
            case Start.First() -> refused(Refusal.NOT_EMPTY, "the ledger is at term " + t.number());
            case Start.Latest() ->
                    t.end() instanceof EndedWith(var how)
                            ? refused(Refusal.ENDED, "the job ended: " + how)
                            : sealAtLatest(t, SEAL_TRIES);
            case Start.Explicit(_, var nonce)
                    when t.claim().startNonce().equals(Optional.of(nonce)) ->
                    sealAtLatest(t, SEAL_TRIES);
            case Start.Explicit(var from, _) -> readable(from, () -> seal(t, SEAL_TRIES));
        };
    }

    /** Rule 11. */
    private boolean ours(LedgerView.Term t) {
        var owner = t.claim().jobUid();
        return owner.equals(request.jobUid())
                || request.adopt().equals(Optional.of(owner))
                || t.end() instanceof ClosedFor(var reason, _, _) && reason == CloseReason.DELETION;
    }

    /**
     * The owner of an open term may have replaced its checkpoint, and deleted it, since it was
     * looked at: only the one that is the latest at a second look can be missing.
     */
    private Step<ClaimOutcome> sealAtLatest(LedgerView.Term t, int tries) {
        return readable(
                t.latest(),
                () -> seal(t, SEAL_TRIES),
                missing -> tries == 0 ? missing : movedOn(t, missing, tries));
    }

    private Step<ClaimOutcome> movedOn(LedgerView.Term t, Step<ClaimOutcome> missing, int tries) {
        return Walking.look()
                .then(
                        seen ->
                                seen instanceof Present<LedgerView>(LedgerView.Term now)
                                                && now.number() == t.number()
                                                && !now.latest().equals(t.latest())
                                        ? sealAtLatest(now, tries - 1)
                                        : missing);
    }

    private Step<ClaimOutcome> seal(LedgerView.Term t, int tries) {
        return switch (t.end()) {
            case SealedBy _, RolledOver _, EndedWith _, ClosedFor _ -> decide(t);
            case Open() ->
                    tries == 0
                            ? undecided(
                                    "term " + t.number() + " moves faster than it can be sealed")
                            : Appending.append(
                                            new Slot(t.number(), t.nextSlot()), sealRecord(), bound)
                                    .then(appended -> sealed(t, appended, tries));
        };
    }

    private Step<ClaimOutcome> sealed(LedgerView.Term t, Appended appended, int tries) {
        return switch (appended) {
            case Written() -> decide(Walking.with(t, t.nextSlot(), sealRecord()));
            case Taken(Closed by) ->
                    undecided("term " + t.number() + " was closed meanwhile for " + by.reason());
            case Taken(var by) -> seal(Walking.with(t, t.nextSlot(), by), tries - 1);
            case Appending.Undecided(var cause) -> undecided(cause);
        };
    }

    private LedgerRecord sealRecord() {
        return new Sealed(request.writer(), request.at(), request.podUid());
    }

    /** The end of the term is known now; what it ended with decides. */
    private Step<ClaimOutcome> decide(LedgerView.Term t) {
        return switch (request.start()) {
            case Start.Explicit(var from, var nonce)
                    when !t.claim().startNonce().equals(Optional.of(nonce)) ->
                    readable(from, () -> create(t, from, t.madeIn(from), Optional.of(nonce)));
            case Start.Explicit _, Start.Latest(), Start.First() ->
                    t.end() instanceof EndedWith(var how)
                            ? refused(Refusal.ENDED, "the job ended: " + how)
                            : readable(
                                    t.latest(),
                                    () ->
                                            create(
                                                    t,
                                                    t.latest(),
                                                    t.madeIn(),
                                                    t.claim().startNonce()));
        };
    }

    private Step<ClaimOutcome> readable(RestorePoint from, Supplier<Step<ClaimOutcome>> then) {
        return readable(from, then, refusal -> refusal);
    }

    /**
     * @param gone makes of the refusal what a restore point that is not there comes to
     */
    private Step<ClaimOutcome> readable(
            RestorePoint from,
            Supplier<Step<ClaimOutcome>> then,
            UnaryOperator<Step<ClaimOutcome>> gone) {
        return switch (from) {
            case RestorePoint.Fresh() -> then.get();
            case RestorePoint.Checkpoint(_, var location) -> readable(location, then, gone);
            case RestorePoint.Savepoint(_, var location) -> readable(location, then, gone);
        };
    }

    private Step<ClaimOutcome> readable(
            String location,
            Supplier<Step<ClaimOutcome>> then,
            UnaryOperator<Step<ClaimOutcome>> gone) {
        return new Step.MetadataSize<>(
                location,
                seen ->
                        switch (seen) {
                            case Present<Long>(var size) when size > 0 -> then.get();
                            case Present<Long> _ ->
                                    refused(
                                            Refusal.RESTORE_POINT_UNREADABLE,
                                            location + "/_metadata is empty");
                            case Absent<Long>() ->
                                    gone.apply(
                                            refused(
                                                    Refusal.RESTORE_POINT_UNREADABLE,
                                                    location + "/_metadata is gone"));
                            case Unreachable<Long>(var cause) ->
                                    undecided(location + "/_metadata: " + cause);
                        });
    }

    private Step<ClaimOutcome> create(
            LedgerView before,
            RestorePoint from,
            Optional<Long> madeIn,
            Optional<String> startNonce) {
        var term = before.term() + 1;
        var claim =
                new Claim(
                        request.writer(),
                        request.at(),
                        request.command(),
                        request.podUid(),
                        request.jobUid(),
                        request.revision(),
                        request.programDigest(),
                        request.operators(),
                        from,
                        madeIn,
                        Math.max(before.usedIds(), from.lastId()),
                        term,
                        startNonce,
                        Optional.of(Rollout.next(before, request)));
        return Appending.append(new Slot(term, 0), claim, bound)
                .then(
                        appended ->
                                switch (appended) {
                                    case Written() ->
                                            Step.done(
                                                    new ClaimOutcome.Won(
                                                            new Owned(
                                                                    claim,
                                                                    new Slot(term, 1),
                                                                    from)));
                                    case Taken(var by) -> lost(term, by);
                                    case Appending.Undecided(var cause) -> undecided(cause);
                                });
    }

    private Step<ClaimOutcome> lost(long term, LedgerRecord by) {
        return switch (by) {
            case Claim c when c.command().equals(request.command()) ->
                    Step.done(new ClaimOutcome.AlreadyDone(term));
            case Claim c ->
                    refused(Refusal.LOST, "term " + term + " was claimed by pod " + c.podUid());
            case Tombstone _ -> refused(Refusal.LOST, "the job's state is being deleted");
            case Checkpoint _, Sealed _, Rolled _, Ended _, Closed _, Finished _ ->
                    undecided("term " + term + " does not begin with a claim");
        };
    }

    private static Step<ClaimOutcome> refused(Refusal why, String detail) {
        return Step.done(new ClaimOutcome.Refused(why, detail));
    }

    private static Step<ClaimOutcome> undecided(String cause) {
        return Step.done(new ClaimOutcome.Undecided(cause));
    }
}
