package dev.weir.cli.show;

import java.time.Duration;
import java.time.Instant;

/**
 * Spans of time as kubectl writes them: two units at most, the coarser the longer it is. The limits
 * are those of {@code HumanDuration} in Kubernetes' apimachinery.
 */
public final class Ages {

    private static final int DAYS_OF_A_YEAR = 365;

    private Ages() {}

    /**
     * How long ago something was; a moment that is ahead by more than a clock's error is invalid.
     */
    public static String since(Instant then, Instant now) {
        var age = Duration.between(then, now);
        if (age.compareTo(Duration.ofSeconds(-2)) <= 0) {
            return "<invalid>";
        }
        return of(age.isNegative() ? Duration.ZERO : age);
    }

    /** A span that is not negative. */
    public static String of(Duration span) {
        if (span.toSeconds() < 120) {
            return span.toSeconds() + "s";
        }
        if (span.toMinutes() < 10) {
            return two(span.toMinutes(), "m", span.toSecondsPart(), "s");
        }
        if (span.toMinutes() < 180) {
            return span.toMinutes() + "m";
        }
        if (span.toHours() < 8) {
            return two(span.toHours(), "h", span.toMinutesPart(), "m");
        }
        if (span.toHours() < 48) {
            return span.toHours() + "h";
        }
        if (span.toDays() < 8) {
            return two(span.toDays(), "d", span.toHoursPart(), "h");
        }
        if (span.toDays() < 2 * DAYS_OF_A_YEAR) {
            return span.toDays() + "d";
        }
        var years = span.toDays() / DAYS_OF_A_YEAR;
        return years < 8 ? two(years, "y", span.toDays() % DAYS_OF_A_YEAR, "d") : years + "y";
    }

    private static String two(long coarse, String unit, long fine, String fineUnit) {
        return fine == 0 ? coarse + unit : coarse + unit + fine + fineUnit;
    }
}
