package dev.weir.sandbox.exact;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Compares a job's output with its input, row by row, and knows nothing of the engine.
 *
 * <p>For each key it recomputes, from the input alone, which row stands at each sequence number and
 * which count and hash the job's state must have had there. A row seen twice is a duplicate; one
 * below a row already seen is out of order; one whose value, count or hash is not the expected one
 * is a reset; sequence numbers skipped below the highest one seen are gaps; those still to come are
 * behind. Rows of one key are given in the order of their partition. Not safe for several threads.
 */
public final class ExactnessChecker {

    private static final int EXAMPLES = 5;

    private final InputSequence input;
    private final Key[] keys;
    private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    private final Map<Fault, List<String>> examples = new EnumMap<>(Fault.class);
    private long rows;

    public ExactnessChecker(InputSequence input) {
        this.input = input;
        this.keys = new Key[input.keys()];
        for (int key = 0; key < keys.length; key++) {
            keys[key] = new Key();
        }
    }

    /** Takes the next row of the output. */
    void accept(OutputRecord row) {
        rows++;
        if (row.key() < 0 || row.key() >= keys.length || row.sequence() < 1) {
            report(Fault.RESET, row + " is of no input record");
            return;
        }
        Key key = keys[(int) row.key()];
        int sequence = Math.toIntExact(row.sequence());
        if (key.seen.get(sequence)) {
            report(Fault.DUPLICATE, row.toString());
        } else if (sequence < key.highest) {
            report(Fault.OUT_OF_ORDER, row + " came after sequence " + key.highest);
        }
        key.see(sequence);
        OutputRecord expected = expected(row.key(), key, sequence);
        if (!row.equals(expected)) {
            report(Fault.RESET, row + " should be " + expected);
        }
    }

    /**
     * What holds so far, while the input goes on: whether its first {@code total} records have
     * their rows, and whether any row is at fault.
     */
    Verdict soFar(long total) {
        long gaps = 0;
        long behind = 0;
        List<String> firstGaps = new ArrayList<>();
        for (int k = 0; k < keys.length; k++) {
            Key key = keys[k];
            int holes = key.highest - key.seen.cardinality();
            gaps += holes;
            behind += Math.max(0, input.recordsOf(k, total) - key.highest);
            if (holes > 0 && firstGaps.size() < EXAMPLES) {
                firstGaps.add(
                        "key %d, sequence %d (%d missing below %d)"
                                .formatted(k, key.seen.nextClearBit(1), holes, key.highest));
            }
        }
        Map<Fault, List<String>> shown = new EnumMap<>(examples);
        if (!firstGaps.isEmpty()) {
            shown.put(Fault.GAP, firstGaps);
        }
        return new Verdict(
                rows,
                total,
                gaps,
                faults.getOrDefault(Fault.DUPLICATE, 0L),
                faults.getOrDefault(Fault.RESET, 0L),
                faults.getOrDefault(Fault.OUT_OF_ORDER, 0L),
                behind,
                shown);
    }

    /** What holds in the end, the input having ended after {@code total} records. Asked once. */
    Verdict verdict(long total) {
        for (int k = 0; k < keys.length; k++) {
            long expected = input.recordsOf(k, total);
            if (keys[k].highest > expected) {
                report(
                        Fault.RESET,
                        "key %d has sequence %d, and the input ended at %d"
                                .formatted(k, keys[k].highest, expected));
            }
        }
        return soFar(total);
    }

    private OutputRecord expected(long keyNumber, Key key, int sequence) {
        while (key.prefix.size() <= sequence) {
            int next = key.prefix.size();
            key.prefix.add(
                    key.prefix.get(next - 1) + RunningHash.mix(next, input.value(keyNumber, next)));
        }
        return new OutputRecord(
                keyNumber,
                sequence,
                input.value(keyNumber, sequence),
                sequence,
                key.prefix.get(sequence));
    }

    private void report(Fault fault, String example) {
        faults.merge(fault, 1L, Long::sum);
        List<String> shown = examples.computeIfAbsent(fault, _ -> new ArrayList<>());
        if (shown.size() < EXAMPLES) {
            shown.add(example);
        }
    }

    /** The kinds of fault that rows can show. */
    public enum Fault {
        GAP,
        DUPLICATE,
        RESET,
        OUT_OF_ORDER
    }

    /**
     * What was seen of one key. {@code prefix} holds the expected hash at each sequence number,
     * from zero.
     */
    private static final class Key {
        private final BitSet seen = new BitSet();
        private final List<Long> prefix = new ArrayList<>(List.of(0L));
        private int highest;

        private void see(int sequence) {
            seen.set(sequence);
            highest = Math.max(highest, sequence);
        }
    }
}
