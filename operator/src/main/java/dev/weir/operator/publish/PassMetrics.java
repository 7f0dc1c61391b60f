package dev.weir.operator.publish;

import dev.weir.operator.execute.Outcome;
import dev.weir.operator.plan.Action;
import dev.weir.operator.plan.Plan;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/** Counts and times passes, by the words of the closed vocabularies alone. */
public final class PassMetrics {

    private final MeterRegistry registry;

    public PassMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A pass decided this. */
    public void planned(Plan plan, Duration took) {
        registry.timer(
                        "weir.pass",
                        "plan",
                        plan.getClass().getSimpleName(),
                        "reason",
                        plan.reason().word())
                .record(took);
    }

    public void executed(Action action, Outcome outcome, Duration took) {
        registry.timer(
                        "weir.action",
                        "action",
                        action.getClass().getSimpleName(),
                        "outcome",
                        outcome.getClass().getSimpleName())
                .record(took);
    }
}
