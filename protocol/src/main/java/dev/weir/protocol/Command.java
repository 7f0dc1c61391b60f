package dev.weir.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.ledger.Rollout.Rejected;
import dev.weir.ledger.Start;
import java.time.Duration;
import java.util.Optional;

/**
 * What the operator tells a pod to do. Its id derives from what it does, so that a repeat is
 * recognised; it carries the term that its sender believes in, so that a stale leader's is refused
 * (rule 4); it names job and pod, so that it can't be played to another.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "command")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Command.Activate.class, name = "activate"),
    @JsonSubTypes.Type(value = Command.Stop.class, name = "stop"),
    @JsonSubTypes.Type(value = Command.Close.class, name = "close"),
    @JsonSubTypes.Type(value = Command.Erase.class, name = "erase"),
    @JsonSubTypes.Type(value = Command.TakeSavepoint.class, name = "takeSavepoint"),
    @JsonSubTypes.Type(value = Command.EraseSavepoint.class, name = "eraseSavepoint")
})
public sealed interface Command {

    String id();

    String jobUid();

    String podUid();

    long expectedTerm();

    /**
     * Claim the term after {@code expectedTerm} and run.
     *
     * @param rejects the revision that this pod's is put back in place of (rule 9)
     */
    record Activate(
            String id,
            String jobUid,
            String podUid,
            long expectedTerm,
            Start start,
            Optional<String> adopt,
            Optional<Rejected> rejects)
            implements Command {}

    /**
     * Stop the job of {@code expectedTerm} with a savepoint, which closes the term; the pod is Held
     * again.
     *
     * @param savepoint name of the savepoint's directory under {@code savepoints/}
     * @param timeout after which the stop counts as failed and the job runs on, if the term is not
     *     closed by then
     */
    record Stop(
            String id,
            String jobUid,
            String podUid,
            long expectedTerm,
            CloseReason reason,
            String savepoint,
            Duration timeout)
            implements Command {}

    /** Close the ledger for the job's deletion; only a pod that runs nothing does it. */
    record Close(String id, String jobUid, String podUid, long expectedTerm) implements Command {}

    /**
     * Close the ledger, bury it, and delete the job's state files; only a pod that runs nothing
     * does it (rule 10).
     */
    record Erase(String id, String jobUid, String podUid, long expectedTerm) implements Command {}

    /**
     * Take a user's savepoint of the job of {@code expectedTerm}, which runs on; not appended to
     * the ledger (rule 3). One that is complete already, from whatever attempt, is told instead.
     *
     * @param savepointUid of the Savepoint resource: names the directory under {@code savepoints/},
     *     so that every attempt finds what the others left
     */
    record TakeSavepoint(
            String id,
            String jobUid,
            String podUid,
            long expectedTerm,
            String savepointUid,
            SavepointFormat format)
            implements Command {}

    /**
     * Delete all files of a user's savepoint, unless the job's state comes from it (rule 10). Any
     * pod of the job does it.
     */
    record EraseSavepoint(
            String id, String jobUid, String podUid, long expectedTerm, String savepointUid)
            implements Command {}
}
