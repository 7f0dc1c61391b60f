package dev.weir.e2e.node;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** What the kubelet says of how containers of a job's pods have ended, and what they logged. */
public final class PodHistory {

    private final Cluster cluster;
    private final JobUnderTest job;

    public PodHistory(Cluster cluster, JobUnderTest job) {
        this.cluster = cluster;
        this.job = job;
    }

    /** How a container ended last. */
    public record End(String reason, int exitCode) {}

    /** Restarts of containers in place, over all pods that are there. */
    public int restarts() {
        return job.pods().stream()
                .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                .mapToInt(ContainerStatus::getRestartCount)
                .sum();
    }

    /** The newest end of a container, of whichever pod; empty while none has ended. */
    public Optional<End> lastEnd() {
        return job.pods().stream()
                .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                .flatMap(status -> end(status).stream())
                .findFirst();
    }

    /** Lines of the logs of a pod, that of its container before the present one included. */
    public long lines(Pod pod, String text) {
        return count(pod, text, false) + count(pod, text, true);
    }

    private static Optional<End> end(ContainerStatus status) {
        return Optional.ofNullable(status.getState().getTerminated())
                .or(() -> Optional.ofNullable(status.getLastState().getTerminated()))
                .map(PodHistory::end);
    }

    private static End end(ContainerStateTerminated terminated) {
        return new End(terminated.getReason(), terminated.getExitCode());
    }

    private long count(Pod pod, String text, boolean before) {
        var container =
                cluster.client()
                        .pods()
                        .inNamespace(job.namespace())
                        .withName(pod.getMetadata().getName());
        try {
            String log = before ? container.terminated().getLog() : container.getLog();
            return log.lines().filter(line -> line.contains(text)).count();
        } catch (KubernetesClientException _) {
            // There is no such container, or its log has gone with the pod.
            return 0;
        }
    }
}
