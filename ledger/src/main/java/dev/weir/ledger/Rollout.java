package dev.weir.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * How far the revision of a claim has come, and what there is to fall back on (rule 9). Each claim
 * works it out from the one before it, so that it is known for as long as the ledger is.
 *
 * <ol>
 *   <li>A revision is proven once a term of it has made a restore point of its own, a checkpoint or
 *       a savepoint: its output is committed then, and going back is no longer free.
 *   <li>A claim of the same revision goes on with its roll-out; one of another begins a new one.
 *   <li>The fallback is the last revision that was proven. Put back, it is proven still, and what
 *       it was put back in place of is nothing to fall back on.
 *   <li>What a claim rejects stays rejected until another revision is claimed.
 * </ol>
 *
 * @param since when the revision was first claimed
 * @param proven whether an earlier term of this roll-out made a restore point
 * @param fallback the revision to go back to should this one fail; empty: none was proven
 * @param rejected the revision that this one was put back in place of
 */
public record Rollout(
        Instant since, boolean proven, Optional<String> fallback, Optional<Rejected> rejected) {

    /**
     * A revision that failed before it was proven.
     *
     * @param why in one line, for people
     */
    public record Rejected(String revision, String why) {}

    /** The first claim of a job, or of a ledger that was another's. */
    static Rollout first(Instant at) {
        return new Rollout(at, false, Optional.empty(), Optional.empty());
    }

    /**
     * That of a claim which does not say, because it is of a time when none did: nothing is held
     * against its revision.
     */
    static Rollout ofOld(LedgerRecord.Claim claim) {
        return new Rollout(claim.at(), true, Optional.empty(), Optional.empty());
    }

    /** Of the claim that {@code request} asks for, after all that {@code before} shows. */
    static Rollout next(LedgerView before, ClaimRequest request) {
        return switch (before) {
            case LedgerView.Empty _, LedgerView.Deleted _ -> first(request.at());
            case LedgerView.Term t when !t.claim().jobUid().equals(request.jobUid()) ->
                    first(request.at());
            case LedgerView.Term t when t.claim().revision().equals(request.revision()) ->
                    new Rollout(
                            t.rollout().since(),
                            t.proven(),
                            t.rollout().fallback(),
                            request.rejects().or(t.rollout()::rejected));
            case LedgerView.Term t -> after(t, request);
        };
    }

    /**
     * The owner goes on in the next term.
     *
     * @param made whether the term that it leaves made a restore point
     */
    Rollout rolled(boolean made) {
        return new Rollout(since, proven || made, fallback, rejected);
    }

    private static Rollout after(LedgerView.Term before, ClaimRequest request) {
        var good =
                before.proven()
                        ? Optional.of(before.claim().revision())
                        : before.rollout().fallback();
        var back =
                request.rejects().isPresent()
                        || !before.proven() && good.equals(Optional.of(request.revision()));
        return new Rollout(request.at(), back, back ? Optional.empty() : good, request.rejects());
    }
}
