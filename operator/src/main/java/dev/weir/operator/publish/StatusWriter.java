package dev.weir.operator.publish;

import dev.weir.crds.StreamJob;
import dev.weir.crds.StreamJobStatus;
import dev.weir.operator.kubernetes.KubernetesGateway;
import dev.weir.operator.kubernetes.Written;
import dev.weir.operator.wake.JobKey;

/**
 * Writes a projected status if it says anything new: at once, but for the newest checkpoint, which
 * alone is no news until {@link CheckpointRefresh} gives the job its turn.
 */
public final class StatusWriter {

    private final KubernetesGateway kubernetes;
    private final CheckpointRefresh refresh;

    public StatusWriter(KubernetesGateway kubernetes, CheckpointRefresh refresh) {
        this.kubernetes = kubernetes;
        this.refresh = refresh;
    }

    /** Done also where there is nothing to write. */
    public Written write(StreamJob resource, StreamJobStatus projected) {
        JobKey job = JobKey.of(resource);
        boolean turn = refresh.take(job);
        StreamJobStatus before = resource.getStatus();
        boolean news =
                before == null || !withoutCheckpoint(projected).equals(withoutCheckpoint(before));
        if (!news && (!turn || projected.equals(before))) {
            return new Written.Done();
        }
        Written written = kubernetes.writeStatus(resource, projected);
        if (written instanceof Written.Done) {
            refresh.written(job);
        }
        return written;
    }

    public void forget(JobKey job) {
        refresh.forget(job);
    }

    private static StreamJobStatus withoutCheckpoint(StreamJobStatus status) {
        return new StreamJobStatus(
                status.observedGeneration(),
                status.phase(),
                status.conditions(),
                status.revision(),
                status.term(),
                status.jobId(),
                null,
                status.savepoint(),
                status.lastFailure(),
                status.restarts(),
                status.parallelism(),
                status.selector());
    }
}
