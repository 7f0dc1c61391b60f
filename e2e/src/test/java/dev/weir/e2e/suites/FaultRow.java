package dev.weir.e2e.suites;

import dev.weir.sandbox.exact.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * One line of the table that the suites of faults end with.
 *
 * @param fault what was done
 * @param seen what shows that it was, and what the job did about it
 * @param recovered from the end of the fault, or from the fault itself where it has no length,
 *     until the job completed a checkpoint again, or the operator acted again
 * @param verdict over every row from the job's first one on
 */
record FaultRow(String fault, String seen, Duration recovered, Verdict verdict) {

    private static final String FORMAT = "%-52s | %-130s | %11s | %s%n";

    /** Rows, in the order in which they were come by; tests may add to it at the same time. */
    static final class Table {

        private final ConcurrentLinkedQueue<FaultRow> rows = new ConcurrentLinkedQueue<>();

        /** Shown at once as well: a suite that is cut off has its rows so far in its log. */
        void add(FaultRow row) {
            rows.add(row);
            System.out.print(row.line());
        }

        void print() {
            System.out.printf(FORMAT, "fault", "what was seen", "recovered s", "exact");
            List.copyOf(rows).forEach(row -> System.out.print(row.line()));
        }
    }

    private String line() {
        return FORMAT.formatted(
                fault,
                seen,
                String.format(Locale.ROOT, "%.1f", recovered.toMillis() / 1_000.0),
                exact());
    }

    private String exact() {
        return "%s, %d rows, %d gaps, %d duplicates, %d resets"
                .formatted(
                        verdict.faultless() && verdict.behind() == 0 ? "yes" : "NO",
                        verdict.rows(),
                        verdict.gaps(),
                        verdict.duplicates(),
                        verdict.resets());
    }
}
