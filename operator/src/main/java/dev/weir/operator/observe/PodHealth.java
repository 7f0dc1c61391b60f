package dev.weir.operator.observe;

import dev.weir.operator.plan.CrashLoop;
import dev.weir.operator.plan.PodView;
import dev.weir.operator.plan.PodView.Health;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what kubelet and scheduler say of a pod. Pure. */
final class PodHealth {

    private PodHealth() {}

    static Health of(Pod pod) {
        String phase = Objects.requireNonNullElse(pod.getStatus().getPhase(), "Pending");
        if (phase.equals("Failed") || phase.equals("Succeeded")) {
            return new PodView.Dead(
                    join(phase, pod.getStatus().getReason(), pod.getStatus().getMessage()));
        }
        Optional<ContainerStatus> container =
                pod.getStatus().getContainerStatuses().stream().findFirst();
        return container
                .map(PodHealth::ofContainer)
                .or(() -> unschedulable(pod))
                .orElseGet(PodView.Starting::new);
    }

    /** Whether a process runs in it, or has run: then there is something to be heard from it. */
    static boolean everRan(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .anyMatch(
                        container ->
                                container.getRestartCount() > 0
                                        || (container.getState() != null
                                                && container.getState().getWaiting() == null));
    }

    private static Health ofContainer(ContainerStatus container) {
        if (container.getState() != null && container.getState().getWaiting() != null) {
            return ofWaiting(container.getState().getWaiting(), container);
        }
        return Boolean.TRUE.equals(container.getReady())
                ? new PodView.Up()
                : new PodView.Starting();
    }

    private static Health ofWaiting(ContainerStateWaiting waiting, ContainerStatus container) {
        String why = join(waiting.getReason(), waiting.getMessage());
        return switch (Objects.requireNonNullElse(waiting.getReason(), "")) {
            case "CrashLoopBackOff" ->
                    CrashLoop.of(lastRan(container), container.getRestartCount(), why);
            case "ImagePullBackOff",
                    "ErrImagePull",
                    "ErrImageNeverPull",
                    "InvalidImageName",
                    "ImageInspectError",
                    "RegistryUnavailable" ->
                    new PodView.NoImage(why);
            case "CreateContainerConfigError", "CreateContainerError", "RunContainerError" ->
                    new PodView.Misconfigured(why);
            // Kubernetes may say anything here; what is not known to be trouble is on its way.
            default -> new PodView.Starting();
        };
    }

    /** Nothing, where the kubelet does not know any more. */
    private static Duration lastRan(ContainerStatus container) {
        return Optional.ofNullable(container.getLastState())
                .map(ContainerState::getTerminated)
                .filter(end -> end.getStartedAt() != null && end.getFinishedAt() != null)
                .map(
                        end ->
                                Duration.between(
                                        Instant.parse(end.getStartedAt()),
                                        Instant.parse(end.getFinishedAt())))
                .orElse(Duration.ZERO);
    }

    private static Optional<Health> unschedulable(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals("PodScheduled"))
                .filter(condition -> condition.getStatus().equals("False"))
                .filter(condition -> Objects.equals(condition.getReason(), "Unschedulable"))
                .map(PodCondition::getMessage)
                .map(message -> (Health) new PodView.Unschedulable(join(message)))
                .findFirst();
    }

    private static String join(String... parts) {
        return String.join(
                ": ", Stream.of(parts).filter(part -> part != null && !part.isBlank()).toList());
    }
}
