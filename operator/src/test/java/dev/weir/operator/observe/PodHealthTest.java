package dev.weir.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.operator.plan.PodView;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

/** Statuses as kubelets write them. */
class PodHealthTest {

    @Test
    void aContainerThatEndedThreeSecondsAfterItsStartIsCrashing() {
        assertThat(PodHealth.of(backingOff("15:34:45Z", "15:34:48Z", 1)))
                .isInstanceOfSatisfying(
                        PodView.Crashing.class,
                        crashing -> assertThat(crashing.message()).contains("back-off 10s"));
    }

    @Test
    void aContainerThatRanForMinutesBeforeItEndedIsNotWaitedFor() {
        assertThat(PodHealth.of(backingOff("15:30:45Z", "15:34:48Z", 1)))
                .isInstanceOf(PodView.Dead.class);
    }

    @Test
    void aContainerThatTheKubeletHasStartedOftenIsNotWaitedFor() {
        assertThat(PodHealth.of(backingOff("15:34:45Z", "15:34:48Z", 5)))
                .isInstanceOf(PodView.Dead.class);
    }

    @Test
    void aPodThatWasEvictedIsDead() {
        assertThat(PodHealth.of(pod("phase: Failed\nreason: Evicted\nmessage: the disk is full")))
                .isEqualTo(new PodView.Dead("Failed: Evicted: the disk is full"));
    }

    private static Pod backingOff(String started, String finished, int restarts) {
        return pod(
                """
                phase: Running
                containerStatuses:
                - name: runtime
                  ready: false
                  restartCount: %d
                  state:
                    waiting: {reason: CrashLoopBackOff, message: back-off 10s restarting failed container}
                  lastState:
                    terminated:
                      exitCode: 1
                      reason: Error
                      startedAt: "2026-11-24T%s"
                      finishedAt: "2026-11-24T%s"
                """
                        .formatted(restarts, started, finished));
    }

    private static Pod pod(String status) {
        return Serialization.unmarshal(
                "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nstatus:\n" + status.indent(2),
                Pod.class);
    }
}
