package dev.weir.sandbox.exact;

import dev.weir.sandbox.exact.ExactnessChecker.Fault;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What {@link ExactnessChecker} found.
 *
 * @param rows rows read, duplicates included
 * @param expected records of the input
 * @param gaps sequence numbers skipped below the highest one seen of their key
 * @param duplicates rows seen before
 * @param resets rows whose value, count or hash is not what the input says
 * @param outOfOrder rows below one already seen of their key
 * @param behind records above the highest sequence number seen of their key: not there yet, or lost
 * @param examples the first faults of each kind
 */
public record Verdict(
        long rows,
        long expected,
        long gaps,
        long duplicates,
        long resets,
        long outOfOrder,
        long behind,
        Map<Fault, List<String>> examples) {

    public Verdict {
        Map<Fault, List<String>> copy = new EnumMap<>(Fault.class);
        examples.forEach((fault, rowsOfFault) -> copy.put(fault, List.copyOf(rowsOfFault)));
        examples = Map.copyOf(copy);
    }

    /** No fault so far; rows may still be to come. */
    public boolean faultless() {
        return gaps == 0 && duplicates == 0 && resets == 0 && outOfOrder == 0;
    }

    /** Every record of the input exactly once, in order, on the state that belongs to it. */
    public boolean exact() {
        return faultless() && behind == 0 && rows == expected;
    }

    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder()
                        .append(
                                exact()
                                        ? "exact: "
                                        : faultless() ? "faultless so far: " : "NOT exact: ")
                        .append(
                                "%d rows for %d records, %d gaps, %d duplicates, %d resets, %d out of order, %d behind"
                                        .formatted(
                                                rows,
                                                expected,
                                                gaps,
                                                duplicates,
                                                resets,
                                                outOfOrder,
                                                behind));
        examples.forEach(
                (fault, shown) ->
                        shown.forEach(
                                example ->
                                        text.append("\n  ")
                                                .append(fault)
                                                .append(": ")
                                                .append(example)));
        return text.toString();
    }
}
