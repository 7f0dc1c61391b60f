package dev.weir.operator.report;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;

/** Does what no report may: each fence is shown to find it. */
public final class PlantedReport {

    public long report(Pod pod, Clock clock) {
        System.err.println(pod.getKind());
        return clock.millis() + System.currentTimeMillis();
    }
}
