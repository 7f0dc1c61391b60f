package dev.weir.crds;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as Kubernetes users write them: one or more whole numbers with a unit of h, m, s or ms,
 * largest first, such as {@code 1h30m} or {@code 500ms}. The same grammar stands in the schema
 * ({@link #CEL}) and here, and what {@link #format} writes, {@link #parse} reads.
 */
public final class DurationText {

    /**
     * Condition on {@code self} for validation rules; short circuit before {@code duration(self)},
     * which throws.
     */
    static final String CEL =
            "self.matches('^([0-9]{1,6}h)?([0-9]{1,6}m)?([0-9]{1,6}s)?([0-9]{1,6}ms)?$')";

    private static final Pattern GRAMMAR =
            Pattern.compile("(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?(?:(\\d{1,6})ms)?");

    private DurationText() {}

    /** The duration, or nothing where the text is not of the grammar. */
    public static Optional<Duration> parse(String text) {
        Matcher match = GRAMMAR.matcher(text);
        if (text.length() < 2 || !match.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                Duration.ofHours(number(match.group(1)))
                        .plusMinutes(number(match.group(2)))
                        .plusSeconds(number(match.group(3)))
                        .plusMillis(number(match.group(4))));
    }

    /** The text of a duration that is not negative, with all below a millisecond cut off. */
    public static String format(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(
                    "a duration in a resource cannot be negative: " + duration);
        }
        StringBuilder text = new StringBuilder();
        part(text, duration.toHours(), "h");
        part(text, duration.toMinutesPart(), "m");
        part(text, duration.toSecondsPart(), "s");
        part(text, duration.toMillisPart(), "ms");
        return text.isEmpty() ? "0s" : text.toString();
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static void part(StringBuilder text, long amount, String unit) {
        if (amount > 0) {
            text.append(amount).append(unit);
        }
    }
}
