package dev.weir.protocol;

import dev.weir.protocol.JobDescription.Backend;
import java.util.List;

/**
 * How the container's memory limit is shared out between the JVM and the engine. The parts never
 * add up to more than the limit.
 *
 * @param limit of the container
 * @param heap the JVM's heap: the engine's own needs, and the state with the HashMap back end
 * @param managed Flink's managed memory: RocksDB's block cache and write buffers, and the buffers
 *     of SQL operators that sort, join or aggregate windows, which fail with none
 * @param network Flink's network buffers, part of the JVM's direct memory
 * @param direct the JVM's direct memory, network buffers included
 * @param metaspace classes
 * @param codeCache compiled code
 * @param reserve threads, the collector, native libraries. All in bytes
 */
public record MemoryBudget(
        long limit,
        long heap,
        long managed,
        long network,
        long direct,
        long metaspace,
        long codeCache,
        long reserve) {

    private static final long MIB = 1024 * 1024;

    /** The least that a job of each back end was seen to run well in, rounded up. */
    public static long least(Backend backend) {
        return switch (backend) {
            case HASH_MAP -> 640 * MIB;
            case ROCKS_DB -> 832 * MIB;
        };
    }

    /**
     * @param limit of the container, in bytes
     * @throws IllegalArgumentException if it is below {@link #least}
     */
    public static MemoryBudget of(long limit, Backend backend) {
        if (limit < least(backend)) {
            throw new IllegalArgumentException(
                    "a memory limit of "
                            + limit / MIB
                            + "Mi is below the "
                            + least(backend) / MIB
                            + "Mi that "
                            + backend
                            + " needs");
        }
        var network = clamp(limit / 20, 32 * MIB, 256 * MIB);
        var direct = network + 64 * MIB;
        var metaspace = 176 * MIB;
        var codeCache = 80 * MIB;
        var reserve = clamp(limit / 10, 96 * MIB, 512 * MIB);
        var left = limit - direct - metaspace - codeCache - reserve;
        var managed =
                switch (backend) {
                    case HASH_MAP -> Math.max(16 * MIB, left / 10);
                    case ROCKS_DB -> Math.max(128 * MIB, left * 2 / 5);
                };
        return new MemoryBudget(
                limit, left - managed, managed, network, direct, metaspace, codeCache, reserve);
    }

    /** The flags that hold the JVM to it. */
    public List<String> jvmFlags() {
        return List.of(
                "-Xmx" + heap / MIB + "m",
                "-Xss512k",
                "-XX:MaxDirectMemorySize=" + direct / MIB + "m",
                "-XX:MaxMetaspaceSize=" + metaspace / MIB + "m",
                "-XX:ReservedCodeCacheSize=" + codeCache / MIB + "m");
    }

    private static long clamp(long value, long least, long most) {
        return Math.max(least, Math.min(value, most));
    }
}
