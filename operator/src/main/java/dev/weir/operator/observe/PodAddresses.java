package dev.weir.operator.observe;

import dev.weir.operator.kubernetes.KubernetesGateway;
import dev.weir.operator.kubernetes.PodManifests;
import dev.weir.operator.runtime.RuntimePod;
import dev.weir.operator.wake.JobKey;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Where pods are spoken to. A pod without an address can't be; it may get one later. */
public final class PodAddresses {

    private final KubernetesGateway kubernetes;

    public PodAddresses(KubernetesGateway kubernetes) {
        this.kubernetes = kubernetes;
    }

    public Optional<RuntimePod> of(JobKey job, String podUid, Duration silence) {
        return kubernetes.pods(job).stream()
                .filter(pod -> pod.getMetadata().getUid().equals(podUid))
                .findFirst()
                .flatMap(pod -> of(job, pod, silence));
    }

    static Optional<RuntimePod> of(JobKey job, Pod pod, Duration silence) {
        String ip = pod.getStatus().getPodIP();
        if (ip == null) {
            return Optional.empty();
        }
        String host = ip.contains(":") ? "[" + ip + "]" : ip;
        URI control = URI.create("http://" + host + ":" + port(pod));
        return Optional.of(new RuntimePod(job, pod.getMetadata().getUid(), control, silence));
    }

    /** As the pod itself says: where pods share an address, each has a port of its own. */
    private static int port(Pod pod) {
        return pod.getSpec().getContainers().stream()
                .filter(container -> container.getName().equals(PodManifests.CONTAINER))
                .flatMap(container -> container.getPorts().stream())
                .filter(port -> port.getName().equals(PodManifests.CONTROL))
                .map(ContainerPort::getContainerPort)
                .findFirst()
                .orElse(PodManifests.CONTROL_PORT);
    }
}
