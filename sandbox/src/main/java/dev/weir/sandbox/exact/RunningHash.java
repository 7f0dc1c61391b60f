package dev.weir.sandbox.exact;

/**
 * The per-key hash that the job keeps in its state: the sum, over a key's records so far, of a mix
 * of each record's sequence number and value. It is written once in Java and once in SQL; the two
 * compute the same number.
 *
 * <p>A record that is lost, repeated or changed alters every later hash of its key. Values stay
 * below 2^31, so that no product leaves 63 bits and sums of four billion records do not either:
 * nothing depends on overflow.
 */
public final class RunningHash {

    static final long MODULUS = 2_147_483_647L;
    private static final long VALUE_FACTOR = 1_103_515_245L;
    private static final long SEQUENCE_FACTOR = 12_345L;

    /**
     * The mix of one record, over columns {@code seq} and {@code v}. The modulus is cast because
     * MOD has its divisor's type, and a sum of INT is an INT, which would overflow.
     */
    static final String SQL_MIX =
            "MOD(v * %d + seq * %d, CAST(%d AS BIGINT))"
                    .formatted(VALUE_FACTOR, SEQUENCE_FACTOR, MODULUS);

    private RunningHash() {}

    static long mix(long sequence, long value) {
        return (value * VALUE_FACTOR + sequence * SEQUENCE_FACTOR) % MODULUS;
    }
}
