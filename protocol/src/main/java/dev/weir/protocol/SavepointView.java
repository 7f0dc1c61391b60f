package dev.weir.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A savepoint that a pod was asked for, as far as it got. It is a user's: not in the ledger, and no
 * restore point (rule 3).
 *
 * @param savepointUid UID of the Savepoint resource
 * @param term in which the pod was asked
 */
public record SavepointView(String savepointUid, long term, Progress progress) {

    /**
     * What of a savepoint's operators is told at most, the largest first: a view has to fit into
     * one event.
     */
    public static final int MAX_OPERATORS = 50;

    /** How far it got. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "progress")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = LookedUp.class, name = "lookedUp"),
        @JsonSubTypes.Type(value = InProgress.class, name = "inProgress"),
        @JsonSubTypes.Type(value = Complete.class, name = "complete"),
        @JsonSubTypes.Type(value = Failed.class, name = "failed")
    })
    public sealed interface Progress {

        /** Whether the pod is at work on it. */
        default boolean underWay() {
            return this instanceof LookedUp || this instanceof InProgress;
        }
    }

    /** The store is searched for what an earlier attempt may have completed. */
    public record LookedUp() implements Progress {}

    /**
     * On its way, by the engine's own facts.
     *
     * @param checkpointId the engine's id of it
     */
    public record InProgress(long checkpointId, RuntimeView.Phase phase) implements Progress {}

    /** Its metadata is there and was read. */
    public record Complete(Result result) implements Progress {}

    /**
     * It was not taken.
     *
     * @param attempt how many times it was tried in this term, this time included
     */
    public record Failed(String cause, int attempt) implements Progress {}

    /**
     * What its metadata and its place say.
     *
     * @param location of the directory that holds the metadata
     * @param term in which it was taken; another than the asking pod's, if it was found
     * @param revision of that term
     * @param bytes of metadata and state
     * @param at when it was seen to be complete
     * @param taking absent where it was found: who took it is not there to be asked
     * @param operators with state, the largest first, at most {@link #MAX_OPERATORS}
     */
    public record Result(
            String location,
            long term,
            String revision,
            long checkpointId,
            long bytes,
            Instant at,
            Optional<Taking> taking,
            List<OperatorState> operators) {
        public Result {
            operators = List.copyOf(operators);
        }
    }

    /** What only who took it knows. */
    public record Taking(Duration duration, String flinkVersion) {}

    /** One operator's state in it. */
    public record OperatorState(
            String id, String name, int parallelism, int maxParallelism, long bytes) {}
}
