package dev.weir.simulation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Decides when a fault strikes. Each schedule has its own mixture, some faults left out and some
 * often, as a world in which everything fails now and then hides what one fault alone would show.
 * After {@link #cease} none strikes any more.
 */
final class Faults {

    private static final List<Double> FACTORS = List.of(0.0, 1.0, 1.0, 3.0);

    private final Chance chance;
    private final Trace trace;
    private final Map<Fault, Double> factors = new EnumMap<>(Fault.class);
    private final Map<Fault, Long> hits = new EnumMap<>(Fault.class);
    private boolean ceased;

    Faults(Chance chance, Trace trace) {
        this.chance = chance;
        this.trace = trace;
        for (var fault : Fault.values()) {
            factors.put(fault, chance.pick(FACTORS));
        }
    }

    /** Whether the fault strikes at this opportunity; counted if so. */
    boolean strikes(Fault fault, String whom) {
        if (ceased || !chance.happens(fault.rate() * factors.get(fault))) {
            return false;
        }
        struck(fault, whom);
        return true;
    }

    void struck(Fault fault, String whom) {
        hits.merge(fault, 1L, Long::sum);
        trace.event(whom, "! " + fault);
    }

    /** Whether this schedule has the fault at all. */
    boolean inTheMixture(Fault fault) {
        return !ceased && factors.get(fault) > 0;
    }

    void cease() {
        ceased = true;
        trace.event("world", "faults cease");
    }

    boolean ceased() {
        return ceased;
    }

    Map<Fault, Long> hits() {
        return Map.copyOf(hits);
    }
}
