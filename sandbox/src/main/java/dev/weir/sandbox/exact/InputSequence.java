package dev.weir.sandbox.exact;

/**
 * The whole input as a pure function of a seed: the record at any index, the value of any key's
 * n-th record. So the expected output is known without trusting what any consumer read.
 */
public record InputSequence(long seed, int keys) {

    public InputSequence {
        if (keys < 1) {
            throw new IllegalArgumentException("keys is " + keys + ": give at least one");
        }
    }

    InputRecord at(long index) {
        long key = index % keys;
        long sequence = index / keys + 1;
        return new InputRecord(key, sequence, value(key, sequence));
    }

    /** Below 2^31 and not negative; neighbours share no pattern (the finaliser of SplitMix64). */
    long value(long key, long sequence) {
        long bits = seed + key * 0x9E3779B97F4A7C15L + sequence * 0xD1B54A32D192ED03L;
        bits = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        bits = (bits ^ (bits >>> 27)) * 0x94D049BB133111EBL;
        return ((bits ^ (bits >>> 31)) >>> 1) % RunningHash.MODULUS;
    }

    /** How many of the first {@code total} records belong to {@code key}. */
    long recordsOf(long key, long total) {
        return total / keys + (key < total % keys ? 1 : 0);
    }
}
