package dev.weir.simulation;

/** What has to hold, whatever happens. */
enum Invariant {
    OUTPUT_AT_MOST_ONCE("committed output holds no record twice"),
    OUTPUT_AT_LEAST_ONCE("committed output leaves no record out"),
    SLOT_WRITTEN_ONCE("a slot of the ledger is never overwritten"),
    SLOTS_IN_ORDER("slots and terms follow each other without a gap"),
    ENDED_TERM_IS_QUIET("after its end a term takes nothing but `finished` after `closed`"),
    TERM_ENDS_BEFORE_THE_NEXT("a term is claimed only after the one before has ended"),
    OWNER_ALONE_APPENDS("checkpoints, `rolled` and `finished` are the owner's"),
    TERM_OWNED_ONCE("a term is run by at most one process"),
    RESTORE_POINT_DECIDED("a claim restores what the end of the term before decided"),
    MAKER_KNOWN("a claim tells its program, and the term whose program made its state"),
    FALLBACK_IS_PROVEN("a revision is put back only if it was good, in place of the one that ran"),
    FRESH_ONLY_WHEN_EMPTY("a fresh start is made only of an empty or deleted ledger"),
    EXPECTED_TERM_CLAIMED("an activate claims the term after the expected one, once"),
    IDS_GROW("checkpoint ids only grow"),
    OWN_LEDGER("another job's ledger is claimed only after its deletion"),
    NOTHING_NEEDED_DELETED("nothing is deleted that the decided restore point needs"),
    CLAIMS_KEPT("first and last slots of terms are kept"),
    DELETED_WHEN_SAID(
            "a job that is let go as deleted has its ledger closed and its state kept or erased"),
    SUSPENDED_WHEN_COMMITTED("a job is said to be suspended once its output is committed"),
    SAVEPOINT_TAKEN_ONCE("none is taken for a Savepoint that has one"),
    SAVEPOINT_TOLD_ONCE("what a status says of a complete savepoint never changes"),
    SAVEPOINT_THERE_WHEN_SAID("a savepoint that is said to be complete is there"),
    SAVEPOINT_WAITED_FOR("no savepoint is given up before its deadline"),
    SAVEPOINT_IN_NO_LEDGER("no record names a user's savepoint, so no term begins from it"),
    CONVERGES("once faults cease the world comes to match the spec"),
    STAYS("and stays so");

    private final String text;

    Invariant(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /** Ends the schedule. */
    Broken broken(String how) {
        return new Broken(this, how);
    }

    /** Thrown where an invariant is found broken. */
    static final class Broken extends RuntimeException {
        private final Invariant which;

        private Broken(Invariant which, String how) {
            super(how);
            this.which = which;
        }

        Invariant which() {
            return which;
        }
    }
}
