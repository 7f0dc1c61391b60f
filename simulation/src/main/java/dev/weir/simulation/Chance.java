package dev.weir.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** All randomness of one schedule: the same seed and number give the same world. */
final class Chance {

    private final SplittableRandom random;

    Chance(long seed, long schedule) {
        random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + schedule * 0xD1B54A32D192ED03L);
    }

    boolean happens(double probability) {
        return random.nextDouble() < probability;
    }

    /** Both ends included. */
    long between(long least, long most) {
        return random.nextLong(least, most + 1);
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    String nonce() {
        return "%016x".formatted(random.nextLong());
    }
}
