package dev.weir.e2e.node;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.UninstallCommand;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Weir on the cluster, installed by its chart and nothing else, under the service account that the
 * chart gives it.
 */
public final class WeirInstallation {

    public static final String NAMESPACE = "weir-system";
    private static final String RELEASE = "weir";
    private static final String DEPLOYMENT = "weir-operator";
    private static final Duration READY_BOUND = Duration.ofMinutes(2);

    private final Cluster cluster;

    private WeirInstallation(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Installs the chart, or upgrades to it, and waits until the operator is available. */
    public static WeirInstallation install(Cluster cluster, Map<String, String> values) {
        var command =
                Helm.upgrade(chart(cluster).toString())
                        .install()
                        .withName(RELEASE)
                        .withNamespace(NAMESPACE)
                        .createNamespace()
                        .withKubeConfig(cluster.kubeconfig());
        values.forEach(command::set);
        command.call();
        WeirInstallation weir = new WeirInstallation(cluster);
        weir.awaitAvailable();
        return weir;
    }

    public void uninstall() {
        Helm.uninstall(RELEASE)
                .withNamespace(NAMESPACE)
                .withKubeConfig(cluster.kubeconfig())
                .withCascade(UninstallCommand.Cascade.FOREGROUND)
                .ignoreNotFound()
                .call();
        Await.that("the operator's pods are gone", READY_BOUND, () -> pods().isEmpty());
    }

    public void awaitAvailable() {
        try {
            Await.that(
                    "the operator is available",
                    READY_BOUND,
                    () -> {
                        var deployment =
                                cluster.client()
                                        .apps()
                                        .deployments()
                                        .inNamespace(NAMESPACE)
                                        .withName(DEPLOYMENT)
                                        .get();
                        return deployment != null
                                && Optional.ofNullable(
                                                deployment.getStatus().getAvailableReplicas())
                                        .equals(Optional.of(deployment.getSpec().getReplicas()))
                                && deployment.getStatus().getObservedGeneration()
                                        >= deployment.getMetadata().getGeneration()
                                && pods().stream().allMatch(WeirInstallation::ready);
                    });
        } catch (AssertionError e) {
            throw new AssertionError(
                    e.getMessage() + "\n" + new Diagnosis(cluster).of(NAMESPACE), e);
        }
    }

    /** The operator's pods, those that are ending included. */
    public List<Pod> pods() {
        return cluster.client()
                .pods()
                .inNamespace(NAMESPACE)
                .withLabel("app.kubernetes.io/name", "weir")
                .list()
                .getItems();
    }

    /** Kills every operator pod without grace; the Deployment makes new ones. */
    public void killPods() {
        pods().forEach(
                        pod ->
                                cluster.client()
                                        .pods()
                                        .inNamespace(NAMESPACE)
                                        .withName(pod.getMetadata().getName())
                                        .withGracePeriod(0)
                                        .delete());
    }

    /** Takes the operator away and waits until it is gone. */
    public void scaleToZero() {
        scale(0);
        Await.that("the operator's pods are gone", READY_BOUND, () -> pods().isEmpty());
    }

    public void scaleToOne() {
        scale(1);
        awaitAvailable();
    }

    private void scale(int replicas) {
        cluster.client()
                .apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName(DEPLOYMENT)
                .scale(replicas);
    }

    private static boolean ready(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .anyMatch(
                        condition ->
                                condition.getType().equals("Ready")
                                        && condition.getStatus().equals("True"));
    }

    private static Path chart(Cluster cluster) {
        return cluster.repository().resolve("helm/weir");
    }
}
