package dev.weir.ledger;

import java.util.List;

/**
 * The whole of a job's root: the ledger's port, and the files below it in bulk. Only who erases a
 * job needs it; the rules of the ledger ask for single objects.
 */
public interface JobStore extends LedgerStore {

    /** How many keys one call lists or deletes at most. */
    int MOST = 1_000;

    /**
     * Keys that begin with {@code prefix} and come after {@code after}, in order, at most {@link
     * #MOST}. The last key of one answer is where the next begins, so a sweep can be gone on with
     * by anyone at any time. Fewer than {@code MOST}: there were no more. A hint, as every list.
     *
     * @param after empty for the beginning
     */
    Seen<List<String>> listAfter(String prefix, String after);

    /**
     * Deletes at most {@link #MOST} objects; those that are not there are no error. Undecided: some
     * may be gone, and the same call may be made again.
     */
    Deletion deleteAll(List<String> keys);
}
