package dev.weir.e2e.node;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Optional;

/** Which of the operator's pods leads, by the lease that they hold in turn. */
public final class Leadership {

    private static final String LEASE = "weir-operator";
    private static final String CONTAINER = "operator";
    private static final Duration BOUND = Duration.ofSeconds(30);

    private final Cluster cluster;
    private final WeirInstallation weir;

    public Leadership(Cluster cluster, WeirInstallation weir) {
        this.cluster = cluster;
        this.weir = weir;
    }

    /** The name of the pod that holds the lease; it may be dead. */
    public Optional<String> holder() {
        return Optional.ofNullable(
                        cluster.client()
                                .leases()
                                .inNamespace(WeirInstallation.NAMESPACE)
                                .withName(LEASE)
                                .get())
                .map(lease -> lease.getSpec().getHolderIdentity())
                .filter(name -> !name.isBlank());
    }

    /**
     * Kills the leader's JVM, and takes its pod away so that it does not come back under its name.
     */
    public String killLeader() {
        Pod leader =
                Await.present(
                        "a living pod holds the lease",
                        BOUND,
                        () ->
                                weir.pods().stream()
                                        .filter(
                                                pod ->
                                                        holder().equals(
                                                                        Optional.of(
                                                                                pod.getMetadata()
                                                                                        .getName())))
                                        .findFirst());
        ContainerProcess.jvmOf(leader, CONTAINER).orElseThrow().signal(Signal.KILL);
        cluster.client()
                .pods()
                .inNamespace(WeirInstallation.NAMESPACE)
                .withName(leader.getMetadata().getName())
                .withGracePeriod(0)
                .delete();
        return leader.getMetadata().getName();
    }
}
