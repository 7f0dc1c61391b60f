package dev.weir.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A short run of the simulator; {@code ./weir simulate} makes the long ones. */
class SimulationTest {

    private static final long SEED = 20260301;
    private static final int SCHEDULES = 100;

    @Test
    void inAHundredSchedulesNoInvariantBreaksAndEveryActionIsTaken() {
        Set<Class<?>> actions = new HashSet<>();
        List<Long> events = new ArrayList<>();
        List<Long> faults = new ArrayList<>();
        for (long number = 1; number <= SCHEDULES; number++) {
            var result = Schedule.run(SEED, number, _ -> {});
            assertThat(result.failure()).as("seed " + SEED + ", schedule " + number).isEmpty();
            actions.addAll(result.actions().keySet());
            events.add(result.events());
            faults.add(result.faultCount());
        }
        assertThat(actions).containsExactlyInAnyOrderElementsOf(Report.kinds());
        assertThat(median(events)).isGreaterThanOrEqualTo(Report.LEAST_EVENTS);
        assertThat(median(faults)).isGreaterThanOrEqualTo(Report.LEAST_FAULTS);
    }

    @Test
    void theSameSeedGivesTheSameSchedules() {
        for (long number = 1; number <= 10; number++) {
            var once = Schedule.run(SEED, number, _ -> {});
            assertThat(Schedule.run(SEED, number, _ -> {})).isEqualTo(once);
            assertThat(Schedule.run(SEED + 1, number, _ -> {}).digest())
                    .isNotEqualTo(once.digest());
        }
    }

    @Test
    void faultsThatHaveCeasedDoNotStrike() {
        var world = World.of(SEED, 1, _ -> {});
        world.faults().cease();
        for (var fault : Fault.values()) {
            for (int i = 0; i < 1_000; i++) {
                assertThat(world.faults().strikes(fault, "anybody")).isFalse();
            }
        }
        Map<Fault, Long> none = new EnumMap<>(Fault.class);
        assertThat(world.faults().hits()).isEqualTo(none);
    }

    private static long median(List<Long> of) {
        return of.stream().sorted().toList().get(of.size() / 2);
    }
}
