package dev.weir.operator.runtime;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Growing pauses between attempts to reach a pod. The first attempt after a loss is made at once;
 * then pauses double up to {@code longest}, each shortened by up to a half at random, so that many
 * streams that broke together do not come back together.
 */
record Backoff(Duration first, Duration longest) {

    Duration after(int failures, RandomGenerator random) {
        if (failures == 0) {
            return Duration.ZERO;
        }
        long doubled = first.toMillis() << Math.min(failures - 1, 16);
        long bound = Math.min(doubled, longest.toMillis());
        return Duration.ofMillis(bound / 2 + random.nextLong(bound / 2 + 1));
    }
}
