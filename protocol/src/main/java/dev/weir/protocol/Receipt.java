package dev.weir.protocol;

/**
 * What became of a command. A command that is repeated gets the receipt of what it did.
 *
 * @param command the command's id
 * @param detail for people; empty where there is nothing to say
 */
public record Receipt(String command, Outcome outcome, String detail) {

    /** How far it got. */
    public enum Outcome {
        /** Taken on; the stream tells the rest. */
        ACCEPTED,
        /** Done. */
        DONE,
        /** Not signed by a key that this pod knows, or meant for another pod. */
        FORBIDDEN,
        /**
         * Not possible in the pod's present state, or the ledger is at another term than the
         * command expects.
         */
        STALE,
        /** The ledger does not allow it: another job's, or a start that it can't give. */
        REFUSED,
        /** The restore point can't be read. */
        UNREADABLE,
        /** It was tried and went wrong; it may be asked again under the same id. */
        FAILED
    }

    /** Whether there is nothing more to come of it. */
    public boolean settled() {
        return outcome != Outcome.ACCEPTED;
    }
}
