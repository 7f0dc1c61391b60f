package dev.weir.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.protocol.JobDescription.Backend;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {

    private static final long MIB = 1024 * 1024;

    @Test
    void thePartsNeverAddUpToMoreThanTheLimit() {
        for (var backend : Backend.values()) {
            LongStream.iterate(MemoryBudget.least(backend), l -> l < (64L << 30), l -> l * 3 / 2)
                    .mapToObj(limit -> MemoryBudget.of(limit, backend))
                    .forEach(
                            b -> {
                                assertThat(
                                                b.heap()
                                                        + b.managed()
                                                        + b.direct()
                                                        + b.metaspace()
                                                        + b.codeCache()
                                                        + b.reserve())
                                        .isLessThanOrEqualTo(b.limit());
                                assertThat(b.network()).isLessThan(b.direct());
                                assertThat(b.heap()).isGreaterThanOrEqualTo(160 * MIB);
                            });
        }
    }

    @Test
    void rocksDbGetsManagedMemoryAndHashMapMostOfTheHeap() {
        assertThat(MemoryBudget.of(1024 * MIB, Backend.HASH_MAP).heap())
                .isGreaterThan(MemoryBudget.of(1024 * MIB, Backend.ROCKS_DB).heap() + 128 * MIB);
        assertThat(MemoryBudget.of(1024 * MIB, Backend.ROCKS_DB).managed())
                .isGreaterThanOrEqualTo(128 * MIB);
    }

    /** An aggregate over windows has no buffer without it, and fails at its first record. */
    @Test
    void sqlOperatorsHaveManagedMemoryWithEachBackend() {
        for (var backend : Backend.values()) {
            assertThat(MemoryBudget.of(MemoryBudget.least(backend), backend).managed())
                    .isGreaterThanOrEqualTo(16 * MIB);
        }
    }

    @Test
    void aLimitTooSmallIsRefusedWithTheLeastThatWouldDo() {
        assertThatThrownBy(() -> MemoryBudget.of(512 * MIB, Backend.ROCKS_DB))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("512Mi")
                .hasMessageContaining("832Mi");
    }
}
