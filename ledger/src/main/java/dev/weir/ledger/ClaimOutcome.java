package dev.weir.ledger;

/** How a claim ended. */
public sealed interface ClaimOutcome {

    /** The term is this process's. */
    record Won(Owned owned) implements ClaimOutcome {}

    /** This very command has claimed before; {@code term} is what it did. */
    record AlreadyDone(long term) implements ClaimOutcome {}

    /** The ledger does not allow it, and asking again in the same way will not help. */
    record Refused(Refusal why, String detail) implements ClaimOutcome {}

    /** The store did not say. The claim may have happened; the same command may be asked again. */
    record Undecided(String cause) implements ClaimOutcome {}

    /** Why a claim was refused. */
    enum Refusal {
        /** The ledger is at another term than the asker thought (rule 4). */
        STALE_TERM,
        /** Somebody else created the next term first. */
        LOST,
        /** The ledger is another StreamJob's (rule 11). */
        FOREIGN,
        /**
         * The state to begin from can't be read; an older one is never taken in its place (rule 2).
         */
        RESTORE_POINT_UNREADABLE,
        /** The job came to its own end; it runs again only when asked to. */
        ENDED,
        /** Latest was asked of a ledger that has nothing (rule 5). */
        NOTHING_TO_RESTORE,
        /** A first start was asked of a ledger that has something (rule 5). */
        NOT_EMPTY
    }
}
