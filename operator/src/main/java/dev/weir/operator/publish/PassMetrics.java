package dev.weir.operator.publish;

import dev.weir.crds.Reason;
import dev.weir.operator.execute.Outcome;
import dev.weir.operator.plan.Action;
import dev.weir.operator.plan.Plan;
import dev.weir.operator.plan.SavepointAction;
import dev.weir.operator.plan.SavepointPlan;
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
        planned(plan.getClass().getSimpleName(), plan.reason(), took);
    }

    public void planned(SavepointPlan plan, Duration took) {
        planned(plan.getClass().getSimpleName(), plan.reason(), took);
    }

    public void executed(Action action, Outcome outcome, Duration took) {
        executed(action.getClass().getSimpleName(), outcome, took);
    }

    public void executed(SavepointAction action, Outcome outcome, Duration took) {
        executed("Savepoint" + action.getClass().getSimpleName(), outcome, took);
    }

    private void planned(String plan, Reason reason, Duration took) {
        registry.timer("weir.pass", "plan", plan, "reason", reason.word()).record(took);
    }

    private void executed(String action, Outcome outcome, Duration took) {
        registry.timer(
                        "weir.action",
                        "action",
                        action,
                        "outcome",
                        outcome.getClass().getSimpleName())
                .record(took);
    }
}
