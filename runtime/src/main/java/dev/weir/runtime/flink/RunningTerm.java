package dev.weir.runtime.flink;

import java.io.IOException;
import java.time.Duration;

/**
 * The term that a Flink job of this JVM runs in, as Flink's hooks see it. An appending call returns
 * only when the record is in the ledger; otherwise it halts the JVM and never returns (rule 1).
 */
public interface RunningTerm {

    /** A checkpoint or savepoint whose metadata is durable. */
    record Durable(long id, String location, long metadataBytes, Duration took) {}

    /**
     * Rule 3: a checkpoint is durable; no task knows yet.
     *
     * @throws IOException if the term is closed; nothing was appended
     */
    void appendCheckpoint(Durable checkpoint) throws IOException;

    /**
     * Whether {@code targetDirectory} is that of the stop under way: its savepoint closes the term,
     * any other one is the user's and is not appended.
     */
    boolean closesInto(String targetDirectory);

    /**
     * Rule 3: the savepoint of a stop is durable; its record closes the term.
     *
     * @throws IOException if the stop was given up before; nothing was appended, so Flink may
     *     delete the savepoint
     */
    void appendClosed(Durable savepoint) throws IOException;

    /**
     * Rule 2: a look at the own next slot right before tasks are deployed. Halts if another took
     * over.
     */
    void lookBeforeDeployment();

    /** Rule 6: ids of this term's checkpoints begin here. */
    long firstCheckpointId();

    /** What the engine tells while the job runs; must not block. */
    void told(EngineEvent event);
}
