package dev.weir.cli.show;

import dev.weir.operator.kubernetes.Labels;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Pods in a table, their state in the word that kubectl has for it. */
final class PodLines {

    private PodLines() {}

    static List<String> of(List<Pod> pods, Instant now) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("NAME", "ROLE", "STATUS", "RESTARTS", "AGE"));
        pods.forEach(pod -> rows.add(row(pod, now)));
        return Table.ofSections().lines(rows);
    }

    private static List<String> row(Pod pod, Instant now) {
        var meta = pod.getMetadata();
        var labels =
                Objects.requireNonNullElse(meta.getLabels(), java.util.Map.<String, String>of());
        return List.of(
                meta.getName(),
                labels.getOrDefault(Labels.ROLE, ""),
                state(pod),
                String.valueOf(containers(pod).stream().mapToInt(PodLines::restarts).sum()),
                Optional.ofNullable(meta.getCreationTimestamp())
                        .map(at -> Ages.since(Instant.parse(at), now))
                        .orElse(""));
    }

    private static String state(Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return "Terminating";
        }
        return containers(pod).stream()
                .flatMap(container -> trouble(container.getState()).stream())
                .findFirst()
                .or(
                        () ->
                                Optional.ofNullable(pod.getStatus())
                                        .map(
                                                status ->
                                                        Objects.requireNonNullElse(
                                                                status.getReason(),
                                                                status.getPhase())))
                .orElse("Pending");
    }

    private static Optional<String> trouble(ContainerState state) {
        if (state == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(state.getWaiting())
                .map(waiting -> waiting.getReason())
                .or(
                        () ->
                                Optional.ofNullable(state.getTerminated())
                                        .map(
                                                terminated ->
                                                        Objects.requireNonNullElse(
                                                                terminated.getReason(), "Error")));
    }

    private static int restarts(ContainerStatus container) {
        return Objects.requireNonNullElse(container.getRestartCount(), 0);
    }

    private static List<ContainerStatus> containers(Pod pod) {
        return Optional.ofNullable(pod.getStatus())
                .map(PodStatus::getContainerStatuses)
                .orElse(List.of());
    }
}
