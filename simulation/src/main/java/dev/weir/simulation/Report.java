package dev.weir.simulation;

import dev.weir.operator.plan.Action;
import dev.weir.operator.plan.SavepointAction;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a run has shown. It is good only if every invariant held, every kind of action was taken,
 * every fault struck, and the schedules were not too tame.
 */
final class Report {

    static final long LEAST_EVENTS = 100;
    static final long LEAST_FAULTS = 5;
    private static final int SHOWN = 3;

    private final long seed;
    private final PrintStream out;
    private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    private final Map<Class<?>, Long> actions = new HashMap<>();
    private final List<Long> events = new ArrayList<>();
    private final List<Long> struck = new ArrayList<>();
    private int failures;

    Report(long seed, PrintStream out) {
        this.seed = seed;
        this.out = out;
    }

    void add(Schedule.Result result) {
        result.faults().forEach((fault, n) -> faults.merge(fault, n, Long::sum));
        result.actions().forEach((action, n) -> actions.merge(action, n, Long::sum));
        events.add(result.events());
        struck.add(result.faultCount());
        result.failure().ifPresent(failure -> show(result.number(), failure));
    }

    boolean isBroken() {
        return failures > 0;
    }

    private void show(long number, Schedule.Failure failure) {
        failures++;
        if (failures <= SHOWN) {
            failure.tail().forEach(out::println);
        }
        out.println("BROKEN " + failure.invariant() + ": " + failure.how());
        out.println("  seed " + seed + ", schedule " + number + "; replay:");
        out.println("  ./weir simulate --seed " + seed + " --only " + number + " --trace");
    }

    /** Every kind of action that an operator takes. */
    static List<Class<?>> kinds() {
        return Stream.of(Action.class, SavepointAction.class)
                .<Class<?>>flatMap(actions -> Arrays.stream(actions.getPermittedSubclasses()))
                .toList();
    }

    /** Prints the tables; the answer is the exit code. */
    int finish() {
        out.println("hits  action");
        var idle = new ArrayList<String>();
        for (var kind : kinds()) {
            var whose = kind.getDeclaringClass() == Action.class ? "" : "savepoint's ";
            row(actions.getOrDefault(kind, 0L), whose + kind.getSimpleName(), idle);
        }
        out.println("hits  fault");
        Arrays.stream(Fault.values())
                .forEach(fault -> row(faults.getOrDefault(fault, 0L), fault.name(), idle));
        out.printf(
                "%d schedules of seed %d: median %d events, %d faults; %d broken%n",
                events.size(), seed, median(events), median(struck), failures);
        idle.forEach(name -> out.println("never met: " + name));
        var tame = median(events) < LEAST_EVENTS || median(struck) < LEAST_FAULTS;
        if (tame) {
            out.println(
                    "too tame: the medians have to be "
                            + LEAST_EVENTS
                            + " events and "
                            + LEAST_FAULTS
                            + " faults");
        }
        return failures > 0 || !idle.isEmpty() || tame ? 1 : 0;
    }

    /** For one schedule alone, which can't meet everything. */
    int finishOne() {
        out.printf("%d events, %d faults; %d broken%n", median(events), median(struck), failures);
        return failures > 0 ? 1 : 0;
    }

    private void row(long hits, String name, List<String> idle) {
        out.printf("%6d  %s%n", hits, name);
        if (hits == 0) {
            idle.add(name);
        }
    }

    private static long median(List<Long> of) {
        return of.isEmpty() ? 0 : of.stream().sorted().toList().get(of.size() / 2);
    }
}
