package dev.weir.ledger;

import java.util.List;

/**
 * The bucket as the ledger needs it, scoped to one job's root. Every call ends within the adapter's
 * time-out and throws nothing: what went wrong is a value. A key is relative to the root; a
 * location is an absolute URI.
 */
public interface LedgerStore {

    /**
     * Creates the object if there is none ({@code If-None-Match: *}); the store must let exactly
     * one creator win.
     */
    Creation create(String key, String content);

    /** 403 and every error is Unreachable, never Absent (rule 12). */
    Seen<String> read(String key);

    /**
     * Keys that begin with {@code prefix}, in order, at most {@code limit}: a hint, for stores may
     * lag (rule 2).
     */
    Seen<List<String>> list(String prefix, int limit);

    /** Size in bytes of the {@code _metadata} under an absolute location. */
    Seen<Long> metadataSize(String location);

    /** Deletes an object; deleting what is not there is no error. */
    Deletion delete(String key);

    /** What became of a {@link #create}. */
    sealed interface Creation {
        /** The object is there and this call made it. */
        record Created() implements Creation {}

        /**
         * The store said that another object was there before (412). It may be this call's own,
         * from a try that timed out.
         */
        record Exists() implements Creation {}

        /** A time-out, 404, 409, 5xx: it may or may not be there now (rule 1). */
        record Undecided(String cause) implements Creation {}
    }

    /** What became of a {@link #delete}. */
    sealed interface Deletion {
        record Deleted() implements Deletion {}

        record Undecided(String cause) implements Deletion {}
    }
}
