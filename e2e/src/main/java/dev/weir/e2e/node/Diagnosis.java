package dev.weir.e2e.node;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a person would look at when a wait is not met: jobs, pods, events and the ends of logs, as
 * text.
 */
public final class Diagnosis {

    private static final int LOG_LINES = 60;
    private static final int EVENTS = 40;

    private final KubernetesClient client;

    public Diagnosis(Cluster cluster) {
        this.client = cluster.client();
    }

    /** Of a namespace, and of the operator. */
    public String of(String namespace) {
        StringBuilder text = new StringBuilder();
        section(text, "jobs of " + namespace, () -> jobs(namespace));
        section(text, "events of " + namespace, () -> events(namespace));
        pods(text, namespace);
        pods(text, WeirInstallation.NAMESPACE);
        return text.toString();
    }

    private String jobs(String namespace) {
        return client.getKubernetesSerialization()
                .asYaml(
                        client
                                .genericKubernetesResources(JobUnderTest.API_VERSION, "StreamJob")
                                .inNamespace(namespace)
                                .list()
                                .getItems()
                                .stream()
                                .map(
                                        job ->
                                                Optional.ofNullable(
                                                                job.getAdditionalProperties()
                                                                        .get("status"))
                                                        .orElse("no status"))
                                .toList());
    }

    private String events(String namespace) {
        List<Event> events = client.v1().events().inNamespace(namespace).list().getItems();
        StringBuilder lines = new StringBuilder();
        events.stream()
                .skip(Math.max(0, events.size() - EVENTS))
                .forEach(
                        event ->
                                lines.append(
                                        "%s %s %s/%s: %s%n"
                                                .formatted(
                                                        event.getLastTimestamp(),
                                                        event.getReason(),
                                                        event.getInvolvedObject().getKind(),
                                                        event.getInvolvedObject().getName(),
                                                        event.getMessage())));
        return lines.toString();
    }

    private void pods(StringBuilder text, String namespace) {
        for (Pod pod : client.pods().inNamespace(namespace).list().getItems()) {
            String name = pod.getMetadata().getName();
            section(text, "pod " + namespace + "/" + name, () -> states(pod));
            section(text, "log of " + name, () -> log(namespace, name, false));
            boolean restarted =
                    pod.getStatus().getContainerStatuses().stream()
                            .anyMatch(status -> status.getRestartCount() > 0);
            if (restarted) {
                section(
                        text,
                        "log of " + name + " before its restart",
                        () -> log(namespace, name, true));
            }
        }
    }

    private static String states(Pod pod) {
        StringBuilder lines =
                new StringBuilder(
                        pod.getStatus().getPhase()
                                + " "
                                + Optional.ofNullable(pod.getStatus().getMessage()).orElse("")
                                + "\n");
        for (ContainerStatus status : pod.getStatus().getContainerStatuses()) {
            lines.append(
                    "%s: restarts %d, now %s, before %s%n"
                            .formatted(
                                    status.getName(),
                                    status.getRestartCount(),
                                    status.getState(),
                                    status.getLastState()));
        }
        return lines.toString();
    }

    private String log(String namespace, String pod, boolean before) {
        var container = client.pods().inNamespace(namespace).withName(pod);
        return before
                ? container.terminated().tailingLines(LOG_LINES).getLog()
                : container.tailingLines(LOG_LINES).getLog();
    }

    /** One part that cannot be read does not hide the others. */
    private static void section(StringBuilder text, String title, Supplier<String> content) {
        text.append("---- ").append(title).append('\n');
        try {
            text.append(content.get()).append('\n');
        } catch (KubernetesClientException e) {
            text.append("not to be had: ").append(e.getMessage()).append('\n');
        }
    }
}
