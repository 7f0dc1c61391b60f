package dev.weir.ledger;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Optional;

/**
 * One slot's content. Written once and never changed (rule 1). The records of a term read {@code
 * claim checkpoint* (sealed | rolled | ended | closed finished?)?}, or are a single {@code
 * tombstone}.
 *
 * <p>{@code writer} is the nonce of the process that created the record: drawn at its start, never
 * stored elsewhere, so that a writer recognises its own record after a time-out and nobody else's.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = LedgerRecord.Claim.class, name = "claim"),
    @JsonSubTypes.Type(value = LedgerRecord.Checkpoint.class, name = "checkpoint"),
    @JsonSubTypes.Type(value = LedgerRecord.Sealed.class, name = "sealed"),
    @JsonSubTypes.Type(value = LedgerRecord.Rolled.class, name = "rolled"),
    @JsonSubTypes.Type(value = LedgerRecord.Ended.class, name = "ended"),
    @JsonSubTypes.Type(value = LedgerRecord.Closed.class, name = "closed"),
    @JsonSubTypes.Type(value = LedgerRecord.Finished.class, name = "finished"),
    @JsonSubTypes.Type(value = LedgerRecord.Tombstone.class, name = "tombstone")
})
public sealed interface LedgerRecord {

    String writer();

    Instant at();

    /**
     * Slot 0: who runs this term, on which program, from where.
     *
     * @param command the command that asked for it, so that a repeat is answered with what it did
     *     (rule 4)
     * @param jobUid the StreamJob's UID; another's ledger is claimed only by rule 11
     * @param operators what the program computes, so that a later one is held against it; absent in
     *     claims of an older Weir
     * @param fromTerm the term whose program made {@code from}, which is an earlier one than the
     *     last where that took no checkpoint; absent for an empty state, and where it is not known
     * @param floorId checkpoint ids of this term are greater (rule 6): the highest id that any
     *     earlier term has used
     * @param jobIdTerm the term that Flink's job id and checkpoint directory derive from: this one,
     *     but after a roll the rolled term's own (rule 6)
     * @param startNonce the nonce of {@code startFrom} that this claim consumed (rule 5)
     * @param rollout how far the revision has come (rule 9); absent in claims of older versions
     */
    record Claim(
            String writer,
            Instant at,
            String command,
            String podUid,
            String jobUid,
            String revision,
            String programDigest,
            Optional<ClaimedOperators> operators,
            RestorePoint from,
            Optional<Long> fromTerm,
            long floorId,
            long jobIdTerm,
            Optional<String> startNonce,
            Optional<Rollout> rollout)
            implements LedgerRecord {}

    /**
     * A completed checkpoint, appended when its metadata is durable and before any task is told
     * (rule 3).
     */
    record Checkpoint(String writer, Instant at, long id, String location, long bytes)
            implements LedgerRecord {
        public RestorePoint restorePoint() {
            return new RestorePoint.Checkpoint(id, location);
        }
    }

    /**
     * The term is over: its successor's claim is on the way (rule 2). {@code by} is the successor's
     * pod UID.
     */
    record Sealed(String writer, Instant at, String by) implements LedgerRecord {}

    /** The owner itself goes on in the next term, with the same job id and directory (rule 7). */
    record Rolled(String writer, Instant at) implements LedgerRecord {}

    /** The job came to an end by itself. Nothing claims again unless asked to. */
    record Ended(String writer, Instant at, String how) implements LedgerRecord {}

    /**
     * The term was stopped on purpose: checkpoint and seal in one slot (rule 3).
     *
     * @param savepoint absent where nobody was left to take one; then the last checkpoint before
     *     this slot counts
     * @param deadline for a hand-over: the instant after which the old pod may claim again (rule 8)
     */
    record Closed(
            String writer,
            Instant at,
            Optional<RestorePoint.Savepoint> savepoint,
            CloseReason reason,
            Optional<Instant> deadline)
            implements LedgerRecord {}

    /** After {@code closed}: the sinks have committed everything up to the savepoint (rule 8). */
    record Finished(String writer, Instant at) implements LedgerRecord {}

    /**
     * Slot 0 of a term that nobody runs: the job's state is being deleted. The ledger counts as
     * absent from here on, and its terms go on (rule 11). It stands where a claim would stand, so
     * that a claim from the state that is about to go loses.
     */
    record Tombstone(String writer, Instant at, String jobUid, long floorId)
            implements LedgerRecord {}

    /** Why a term was closed. */
    enum CloseReason {
        SUSPEND,
        HANDOVER,
        DELETION
    }
}
