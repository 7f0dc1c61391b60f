package dev.weir.runtime.program;

import java.util.Optional;

/**
 * A column of what a local aggregation hands to the global one. With mini-batches, or over windows,
 * {@code COUNT(*) AS count1$0} is followed by {@code COUNT(count1$0)}, and the state below is that
 * of {@code COUNT(*)}.
 */
final class Accumulator {

    private static final String ONLY = "{accumulator of ";

    private Accumulator() {}

    /** The value of the column at a place among so many that the call has. */
    static String column(String call, int at, int count) {
        return count == 1
                ? ONLY + call + "}"
                : "{accumulator " + at + " of " + count + " of " + call + "}";
    }

    /** The call whose only accumulator the function merges, if it is a call of that function. */
    static Optional<String> merged(String function, String argument) {
        return argument.startsWith(ONLY + function + "(")
                ? Optional.of(argument.substring(ONLY.length(), argument.length() - 1))
                : Optional.empty();
    }
}
