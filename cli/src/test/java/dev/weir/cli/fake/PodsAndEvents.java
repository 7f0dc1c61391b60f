package dev.weir.cli.fake;

import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Pods and events as Kubernetes has them. */
public final class PodsAndEvents {

    private PodsAndEvents() {}

    public static Pod pod(String name, Instant created) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("demo")
                .withCreationTimestamp(created.toString())
                .withLabels(Map.of("weir.dev/role", "standalone"))
                .endMetadata()
                .withNewStatus()
                .withPhase("Running")
                .addNewContainerStatus()
                .withName("runtime")
                .withRestartCount(1)
                .withNewState()
                .withNewRunning()
                .endRunning()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
    }

    /** As the operator writes them. */
    static Event event(String reason, String note, Instant at) {
        return new EventBuilder()
                .withNewMetadata()
                .endMetadata()
                .withEventTime(new MicroTime(at.toString()))
                .withReportingController("weir.dev/operator")
                .withReason(reason)
                .withType("Normal")
                .withNote(note)
                .build();
    }

    /** As older clients write them, whose fields the API server carries over. */
    static Event kubeletEvent(Instant now) {
        return new EventBuilder()
                .withNewMetadata()
                .endMetadata()
                .withDeprecatedFirstTimestamp(now.minus(Duration.ofMinutes(5)).toString())
                .withDeprecatedLastTimestamp(now.minus(Duration.ofSeconds(90)).toString())
                .withDeprecatedCount(2)
                .withNewDeprecatedSource("kubelet", "node-1")
                .withReason("Pulled")
                .withType("Normal")
                .withNote("Container image present")
                .build();
    }
}
