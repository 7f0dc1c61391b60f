package dev.weir.protocol;

import dev.weir.ledger.ClaimedOperator;
import dev.weir.ledger.ClaimedOperators;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * All that a pod says of itself, whole each time: an event that is lost or comes twice does no
 * harm, as the next one says everything again.
 *
 * @param boot the writer nonce of this process, new at each start of the JVM
 * @param ledger the ledger's end as last read or written; Unreachable until it was read once
 * @param fit how the program goes together with the restore point that a claim would take;
 *     Unreachable until it was held against one
 * @param restarts restarts after failures since this process started
 * @param receipts what became of the last commands, newest last, at most {@link #MAX_RECEIPTS}
 * @param savepoints that this process was asked for, newest last, at most {@link #MAX_SAVEPOINTS};
 *     a pod of an older Weir tells of none
 */
public record RuntimeView(
        String podUid,
        String boot,
        String jobUid,
        String revision,
        RuntimeState state,
        Seen<LedgerView> ledger,
        Optional<Prepared> prepared,
        Seen<StateFit> fit,
        Optional<CompletedCheckpoint> checkpoint,
        Optional<CheckpointInProgress> inProgress,
        Optional<JobFailure> lastFailure,
        long restarts,
        List<Receipt> receipts,
        List<SavepointView> savepoints) {

    public static final int MAX_RECEIPTS = 8;

    /** No fewer than receipts: a savepoint whose receipt says that it is done is still told. */
    public static final int MAX_SAVEPOINTS = MAX_RECEIPTS;

    public RuntimeView {
        // A pod of an older Weir says nothing of it.
        fit = Objects.requireNonNullElseGet(fit, () -> Seen.unreachable("the pod does not say"));
        receipts = List.copyOf(receipts);
        savepoints = savepoints == null ? List.of() : List.copyOf(savepoints);
    }

    /** A process that was asked for no savepoint. */
    public RuntimeView(
            String podUid,
            String boot,
            String jobUid,
            String revision,
            RuntimeState state,
            Seen<LedgerView> ledger,
            Optional<Prepared> prepared,
            Seen<StateFit> fit,
            Optional<CompletedCheckpoint> checkpoint,
            Optional<CheckpointInProgress> inProgress,
            Optional<JobFailure> lastFailure,
            long restarts,
            List<Receipt> receipts) {
        this(
                podUid,
                boot,
                jobUid,
                revision,
                state,
                ledger,
                prepared,
                fit,
                checkpoint,
                inProgress,
                lastFailure,
                restarts,
                receipts,
                List.of());
    }

    /** What this process says of the savepoint of a resource, if it was asked for it. */
    public Optional<SavepointView> savepoint(String savepointUid) {
        return savepoints.stream()
                .filter(known -> known.savepointUid().equals(savepointUid))
                .findFirst();
    }

    /**
     * The compiled program.
     *
     * @param digest of the program's bytes and of what it was compiled with
     */
    public record Prepared(String digest, List<Operator> operators) {
        public Prepared {
            operators = List.copyOf(operators);
        }

        /** As a claim records it. */
        public ClaimedOperators claimed() {
            return new ClaimedOperators(
                    operators.stream().flatMap(operator -> operator.claimed().stream()).toList());
        }
    }

    /**
     * One operator of the program.
     *
     * @param id Weir's own id, 32 hex digits: what the operator computes decides it, not where it
     *     stands
     * @param maxParallelism what the program itself asks for; absent: the restore point decides, or
     *     the engine where there is none
     * @param stateful whether it keeps state by key, as far as the plan says
     * @param computes what the operator computes; absent for programs that name their operators
     *     themselves
     */
    public record Operator(
            String id,
            String name,
            int parallelism,
            Optional<Integer> maxParallelism,
            boolean stateful,
            Optional<Fingerprint> computes) {

        /** As a claim records it; empty where nothing is known but the id. */
        public Optional<ClaimedOperator> claimed() {
            return computes.map(
                    known -> new ClaimedOperator(id, name, known.computation(), known.filters()));
        }
    }

    /**
     * What an operator computes. Equal fingerprints compute the same, so that one's state is the
     * other's.
     *
     * @param computation of what decides the content of its state, except for filters
     * @param filters of the conditions that its rows have passed; absent where there are none.
     *     State under other filters fits, but was made of other rows
     */
    public record Fingerprint(String computation, Optional<String> filters) {}

    /** A checkpoint whose record is in the ledger. */
    public record CompletedCheckpoint(
            long id,
            String location,
            long bytes,
            Duration duration,
            Instant at,
            boolean savepoint) {}

    /** A checkpoint or savepoint on its way, by the engine's own facts. */
    public record CheckpointInProgress(long id, Phase phase, Instant since, boolean savepoint) {}

    /**
     * Triggering: decision to barrier; Preparing: barriers reach all tasks; Executing: state is
     * written; Completing: append and notification.
     */
    public enum Phase {
        TRIGGERING,
        PREPARING,
        EXECUTING,
        COMPLETING
    }

    /**
     * @param cause the innermost cause first and the task that it befell last, in one line
     * @param inARow how often the job has failed by now without having run for {@link #SETTLED} in
     *     between, this time included
     */
    public record JobFailure(Instant at, String cause, int inARow) {

        /** A job that has run for so long is over its failures. */
        public static final Duration SETTLED = Duration.ofMinutes(2);
    }
}
