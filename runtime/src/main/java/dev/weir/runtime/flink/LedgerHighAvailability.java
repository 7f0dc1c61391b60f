package dev.weir.runtime.flink;

import java.util.concurrent.Executor;
import org.apache.flink.api.common.JobID;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.checkpoint.CheckpointIDCounter;
import org.apache.flink.runtime.checkpoint.CheckpointRecoveryFactory;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStore;
import org.apache.flink.runtime.checkpoint.StandaloneCheckpointRecoveryFactory;
import org.apache.flink.runtime.highavailability.nonha.standalone.StandaloneHaServices;
import org.apache.flink.runtime.state.SharedStateRegistryFactory;

/**
 * Flink's high availability with the job's ledger as its memory: leaders are fixed, for the ledger
 * decides who may run, and a job finds its restore point in what the claim decided, never in "the
 * newest checkpoint there is" (rule 13).
 */
final class LedgerHighAvailability extends StandaloneHaServices {

    LedgerHighAvailability(String resourceManager, String dispatcher, String rest) {
        super(resourceManager, dispatcher, rest);
    }

    @Override
    public CheckpointRecoveryFactory getCheckpointRecoveryFactory() {
        return new TermRecovery();
    }

    /** Makes one job's store and id counter; called once a job, before its tasks are scheduled. */
    private static final class TermRecovery implements CheckpointRecoveryFactory {

        private final CheckpointRecoveryFactory throwAway =
                new StandaloneCheckpointRecoveryFactory();

        @Override
        public CompletedCheckpointStore createRecoveredCompletedCheckpointStore(
                JobID job,
                int retain,
                SharedStateRegistryFactory sharedState,
                Executor io,
                RecoveryClaimMode claimMode)
                throws Exception {
            var term = RunningTerms.of(job);
            if (term.isEmpty()) {
                return throwAway.createRecoveredCompletedCheckpointStore(
                        job, retain, sharedState, io, claimMode);
            }
            term.get().lookBeforeDeployment();
            return new TermCheckpointStore(retain, sharedState, io, claimMode);
        }

        @Override
        public CheckpointIDCounter createCheckpointIDCounter(JobID job) throws Exception {
            var term = RunningTerms.of(job);
            return term.isEmpty()
                    ? throwAway.createCheckpointIDCounter(job)
                    : new GrowingIdCounter(term.get().firstCheckpointId());
        }
    }
}
