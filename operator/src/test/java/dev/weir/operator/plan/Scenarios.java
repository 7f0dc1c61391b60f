package dev.weir.operator.plan;

import dev.weir.protocol.RuntimeState;
import java.time.Instant;

/** Whole worlds for tests outside this package. */
public final class Scenarios {

    private final Scenario scenario;

    private Scenarios(Scenario scenario) {
        this.scenario = scenario;
    }

    public static Instant now() {
        return Scenario.NOW;
    }

    /** One pod of the spec's revision, its ledger open at {@code term}. */
    public static Scenarios current(RuntimeState state, long term) {
        return new Scenarios(Scenario.job().pod(Scenario.current("a", state, Scenario.open(term))));
    }

    /** The old revision runs; the new one's pod is in {@code state}. */
    public static Scenarios upgrading(RuntimeState state) {
        return new Scenarios(
                Scenario.job()
                        .pod(Scenario.outdated("old", Scenario.running(2), Scenario.open(2)))
                        .pod(Scenario.current("new", state, Scenario.open(2))));
    }

    public Desired desired() {
        return scenario.desired();
    }

    public Observation seen() {
        return scenario.seen();
    }

    public Observation seenAt(Instant now) {
        return new Observation(
                now,
                scenario.seen().pods(),
                scenario.seen().programs(),
                scenario.seen().runs(),
                scenario.seen().namespaceEnding());
    }

    public Plan plan() {
        return scenario.plan();
    }
}
