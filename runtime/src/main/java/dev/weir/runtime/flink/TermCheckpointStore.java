package dev.weir.runtime.flink;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Executor;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.checkpoint.AbstractCompleteCheckpointStore;
import org.apache.flink.runtime.checkpoint.CheckpointsCleaner;
import org.apache.flink.runtime.checkpoint.CompletedCheckpoint;
import org.apache.flink.runtime.state.SharedStateRegistryFactory;

/**
 * The completed checkpoints of one term, in memory: the ledger is their record.
 *
 * <ul>
 *   <li>A checkpoint gets here after its append, so what it subsumes is deleted only by a pod that
 *       still owned its term (rule 10).
 *   <li>Nothing is deleted when the job ends: the next term may restore from it.
 * </ul>
 */
final class TermCheckpointStore extends AbstractCompleteCheckpointStore {

    private final ArrayDeque<CompletedCheckpoint> checkpoints;
    private final int retain;
    private final Executor io;

    TermCheckpointStore(
            int retain,
            SharedStateRegistryFactory sharedState,
            Executor io,
            RecoveryClaimMode claimMode) {
        this(retain, new ArrayDeque<>(retain + 1), sharedState, io, claimMode);
    }

    private TermCheckpointStore(
            int retain,
            ArrayDeque<CompletedCheckpoint> checkpoints,
            SharedStateRegistryFactory sharedState,
            Executor io,
            RecoveryClaimMode claimMode) {
        super(sharedState.create(io, checkpoints, claimMode));
        this.retain = retain;
        this.checkpoints = checkpoints;
        this.io = io;
    }

    @Override
    public CompletedCheckpoint addCheckpointAndSubsumeOldestOne(
            CompletedCheckpoint checkpoint, CheckpointsCleaner cleaner, Runnable afterCleaning)
            throws Exception {
        checkpoints.addLast(checkpoint);
        CompletedCheckpoint subsumed = null;
        while (checkpoints.size() > retain) {
            subsumed = checkpoints.removeFirst();
            subsumed.markAsDiscardedOnSubsume();
            cleaner.addSubsumedCheckpoint(subsumed);
        }
        findLowest(checkpoints)
                .ifPresent(
                        lowest ->
                                cleaner.cleanSubsumedCheckpoints(
                                        lowest,
                                        getSharedStateRegistry().unregisterUnusedState(lowest),
                                        afterCleaning,
                                        io));
        return subsumed;
    }

    @Override
    public List<CompletedCheckpoint> getAllCheckpoints() {
        return List.copyOf(checkpoints);
    }

    @Override
    public int getNumberOfRetainedCheckpoints() {
        return checkpoints.size();
    }

    @Override
    public int getMaxNumberOfRetainedCheckpoints() {
        return retain;
    }

    /** Flink asks whether to clean up after the job; the files outlive it. */
    @Override
    public boolean requiresExternalizedCheckpoints() {
        return true;
    }

    @Override
    public void shutdown(JobStatus status, CheckpointsCleaner cleaner) throws Exception {
        super.shutdown(status, cleaner);
        checkpoints.clear();
    }
}
