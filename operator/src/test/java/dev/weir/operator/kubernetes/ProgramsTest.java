package dev.weir.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.operator.plan.Desired;
import dev.weir.operator.plan.Scenarios;
import dev.weir.protocol.RuntimeState;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import org.junit.jupiter.api.Test;

/** A revision that the spec no longer tells of is made again from its program alone. */
class ProgramsTest {

    private final Desired wanted = Scenarios.current(new RuntimeState.Held(), 1).desired();
    private final ConfigMap program = PodManifests.program(wanted);

    @Test
    void aProgramTellsAllThatItTakesToRunItsRevisionAgain() {
        assertThat(Programs.run(program)).contains(wanted.run());
    }

    @Test
    void oneOfAnOlderWeirTellsNothingAndOneThatWasTamperedWithNeither() {
        var older = new ConfigMapBuilder(program).removeFromData(Programs.POD).build();
        var tampered = new ConfigMapBuilder(program).addToData(Programs.POD, "{").build();
        assertThat(Programs.run(older)).isEmpty();
        assertThat(Programs.run(tampered)).isEmpty();
        assertThat(Programs.run(new ConfigMap())).isEmpty();
    }
}
