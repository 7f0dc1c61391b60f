package dev.weir.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.weir.ledger.LedgerRecord.CloseReason;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a runtime pod stands. A pod is Held (everything but {@link Active} states) or Active;
 * {@code activate} is the only way from the one to the other, and a stop leads back.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RuntimeState.Preparing.class, name = "preparing"),
    @JsonSubTypes.Type(value = RuntimeState.Unfit.class, name = "unfit"),
    @JsonSubTypes.Type(value = RuntimeState.Held.class, name = "held"),
    @JsonSubTypes.Type(value = RuntimeState.Activating.class, name = "activating"),
    @JsonSubTypes.Type(value = RuntimeState.Running.class, name = "running"),
    @JsonSubTypes.Type(value = RuntimeState.Recovering.class, name = "recovering"),
    @JsonSubTypes.Type(value = RuntimeState.Stopping.class, name = "stopping"),
    @JsonSubTypes.Type(value = RuntimeState.GaveUp.class, name = "gaveUp"),
    @JsonSubTypes.Type(value = RuntimeState.Ended.class, name = "ended")
})
public sealed interface RuntimeState {

    /** A state of a pod that owns a term, or is about to. */
    sealed interface Active extends RuntimeState {
        long term();
    }

    /** The engine boots, the program is compiled, the ledger is read, the store is probed. */
    record Preparing() implements RuntimeState {}

    /**
     * The pod is up, and can't run this program: nothing of the job that runs elsewhere is touched.
     */
    record Unfit(Problem problem) implements RuntimeState {}

    /**
     * Ready to be activated.
     *
     * @param warm whether this process has run a job, be it a throw-away one: the next one starts
     *     in a fraction of the time then
     */
    record Held(boolean warm) implements RuntimeState {
        @JsonCreator
        public Held {}

        /** A pod that has just prepared. */
        public Held() {
            this(false);
        }
    }

    /**
     * The term is claimed, or being claimed; tasks do not all run yet.
     *
     * @param term the term that is being claimed
     */
    record Activating(long term, Instant since) implements Active {}

    /** All tasks run. */
    record Running(long term, String jobId, Instant since) implements Active {}

    /**
     * The job failed; this pod claims the next term at {@code until} (rule 13).
     *
     * @param term the failed job's term
     * @param attempt how many times it was restarted in the present window, this time included
     */
    record Recovering(long term, String cause, int attempt, Instant until) implements Active {}

    /** A stop with a savepoint is under way. */
    record Stopping(long term, CloseReason reason, Instant since) implements Active {}

    /** The job failed more often than {@code restart} allows; the pod waits to be told. */
    record GaveUp(long term, String cause, int attempts) implements RuntimeState {}

    /** The job came to its own end (bounded input). */
    record Ended(long term, String how) implements RuntimeState {}

    /** The term that this pod runs, if it runs one. */
    default Optional<Long> activeTerm() {
        return this instanceof Active active ? Optional.of(active.term()) : Optional.empty();
    }
}
