package dev.weir.local.node;

import dev.weir.operator.kubernetes.PodManifests;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a pod's status says of its one container, in the kubelet's words. Pure but for the pod that
 * is given, which is changed in place.
 *
 * <ol>
 *   <li>The first restart comes at once.
 *   <li>Each further one waits, in {@code CrashLoopBackOff}, twice as long as the one before.
 *   <li>A run that lasted long enough makes the next restart a first one.
 * </ol>
 */
final class ContainerHistory {

    static final String BACK_OFF = "CrashLoopBackOff";

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final Duration LASTING = Duration.ofMinutes(10);

    private ContainerHistory() {}

    static Optional<ContainerStatus> of(Pod pod) {
        return pod.getStatus() == null
                ? Optional.empty()
                : pod.getStatus().getContainerStatuses().stream().findFirst();
    }

    static int restarts(Pod pod) {
        return of(pod).map(ContainerStatus::getRestartCount).orElse(0);
    }

    static boolean ready(Pod pod) {
        return of(pod).map(ContainerStatus::getReady).orElse(false);
    }

    static void waiting(Pod pod, String reason, String message) {
        set(
                pod,
                "Pending",
                container(pod)
                        .withReady(false)
                        .withState(
                                new ContainerStateBuilder().withNewWaiting(message, reason).build())
                        .build());
    }

    static void running(Pod pod, Ports ports, Instant now) {
        for (ContainerPort port : pod.getSpec().getContainers().getFirst().getPorts()) {
            port.setContainerPort(ports.control());
        }
        set(
                pod,
                "Running",
                container(pod)
                        .withReady(false)
                        .withState(new ContainerStateBuilder().withNewRunning(text(now)).build())
                        .build());
    }

    static void ready(Pod pod, boolean ready) {
        set(pod, "Running", container(pod).withReady(ready).build());
    }

    /** The process has ended; {@link #pause} says for how long there is none. */
    static void ended(Pod pod, Optional<Integer> code, Instant now) {
        ContainerState last =
                new ContainerStateBuilder()
                        .withNewTerminated()
                        .withExitCode(code.orElse(255))
                        .withReason(code.map(c -> c == 0 ? "Completed" : "Error").orElse("Unknown"))
                        .withStartedAt(started(pod).map(ContainerHistory::text).orElse(null))
                        .withFinishedAt(text(now))
                        .endTerminated()
                        .build();
        boolean lasted = started(pod).filter(at -> at.plus(LASTING).isBefore(now)).isPresent();
        int restarts = lasted ? 1 : restarts(pod) + 1;
        set(
                pod,
                "Running",
                container(pod)
                        .withReady(false)
                        .withRestartCount(restarts)
                        .withLastState(last)
                        .withState(
                                new ContainerStateBuilder()
                                        .withNewWaiting(
                                                "the process ended with "
                                                        + code.map(String::valueOf)
                                                                .orElse("an unknown code"),
                                                restarts > 1 ? BACK_OFF : "ContainerCreating")
                                        .build())
                        .build());
    }

    /** How long after its last end the container starts again. */
    static Duration pause(Pod pod) {
        int restarts = restarts(pod);
        if (restarts <= 1) {
            return Duration.ZERO;
        }
        long factor = 1L << Math.min(restarts - 2, 20);
        Duration pause = FIRST_PAUSE.multipliedBy(factor);
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /** When the container last ended. */
    static Optional<Instant> endedAt(Pod pod) {
        return of(pod).map(ContainerStatus::getLastState)
                .map(ContainerState::getTerminated)
                .map(terminated -> Instant.parse(terminated.getFinishedAt()));
    }

    private static Optional<Instant> started(Pod pod) {
        return of(pod).map(ContainerStatus::getState)
                .map(ContainerState::getRunning)
                .map(running -> Instant.parse(running.getStartedAt()));
    }

    private static ContainerStatusBuilder container(Pod pod) {
        return of(pod).map(ContainerStatusBuilder::new)
                .orElseGet(
                        () ->
                                new ContainerStatusBuilder()
                                        .withName(PodManifests.CONTAINER)
                                        .withImage(
                                                pod.getSpec().getContainers().getFirst().getImage())
                                        .withRestartCount(0));
    }

    private static void set(Pod pod, String phase, ContainerStatus container) {
        pod.setStatus(
                new PodStatusBuilder()
                        .withPhase(phase)
                        .withPodIP(LocalNode.ADDRESS)
                        .withContainerStatuses(container)
                        .build());
    }

    private static String text(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
