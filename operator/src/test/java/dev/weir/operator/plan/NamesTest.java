package dev.weir.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.operator.plan.Desired.Job;
import org.junit.jupiter.api.Test;

/** Names derive from what a thing is, and from nothing else. */
class NamesTest {

    private static final String REVISION = "aaaaaaaaaabbbbbbbbbb";

    @Test
    void aReCreatedJobOfTheSameSpecHasAProgramOfItsOwn() {
        assertThat(Names.program(new Job("ns", "delays", "uid-1"), REVISION))
                .isNotEqualTo(Names.program(new Job("ns", "delays", "uid-2"), REVISION));
    }

    @Test
    void aRevisionsProgramKeepsItsName() {
        var job = new Job("ns", "delays", "uid-1");
        assertThat(Names.program(job, REVISION))
                .startsWith("delays-aaaaaaaaaa-")
                .isEqualTo(Names.program(job, REVISION));
    }
}
