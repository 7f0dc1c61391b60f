package dev.weir.operator.publish;

import dev.weir.crds.JobCondition;
import dev.weir.crds.JobCondition.Holds;
import dev.weir.crds.JobCondition.Type;
import dev.weir.crds.StreamJob;
import dev.weir.crds.StreamJobStatus;
import dev.weir.operator.kubernetes.KubernetesGateway;
import dev.weir.operator.kubernetes.Written;
import dev.weir.operator.wake.JobKey;

/**
 * Writes a projected status if it says anything new: at once where it is news, and otherwise when
 * {@link StatusRefresh} gives the job its turn.
 *
 * <p>News is what the spec is at, the phase, and what each condition answers and why. Figures and
 * wording are not: the newest checkpoint, the last failure, how often the job was restarted and in
 * which term it is, or the message of a condition change many times a minute while a job keeps
 * failing or an image can't be pulled.
 */
public final class StatusWriter {

    private final KubernetesGateway kubernetes;
    private final StatusRefresh refresh;

    public StatusWriter(KubernetesGateway kubernetes, StatusRefresh refresh) {
        this.kubernetes = kubernetes;
        this.refresh = refresh;
    }

    /** Done also where there is nothing to write. */
    public Written write(StreamJob resource, StreamJobStatus projected) {
        JobKey job = JobKey.of(resource);
        boolean turn = refresh.take(job, troubled(projected));
        StreamJobStatus before = resource.getStatus();
        boolean news = before == null || !news(projected).equals(news(before));
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

    private static boolean troubled(StreamJobStatus status) {
        return status.conditions().stream()
                .filter(c -> c.type() == Type.READY || c.type() == Type.UP_TO_DATE)
                .anyMatch(c -> c.status() != Holds.TRUE);
    }

    private static StreamJobStatus news(StreamJobStatus status) {
        return new StreamJobStatus(
                status.observedGeneration(),
                status.phase(),
                status.conditions().stream().map(StatusWriter::withoutWords).toList(),
                status.revision(),
                firstTerm(status),
                null,
                null,
                status.savepoint(),
                null,
                null,
                status.parallelism(),
                status.selector());
    }

    /** That a job ran at all is evidence (rule 5), so it is written at once; how often is not. */
    private static Long firstTerm(StreamJobStatus status) {
        return status.term() == null ? null : Long.valueOf(1);
    }

    private static JobCondition withoutWords(JobCondition condition) {
        return new JobCondition(
                condition.type(),
                condition.status(),
                condition.observedGeneration(),
                condition.lastTransitionTime(),
                condition.reason(),
                "");
    }
}
