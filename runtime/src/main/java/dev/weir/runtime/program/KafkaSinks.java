package dev.weir.runtime.program;

import dev.weir.protocol.Problem.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.operations.SinkModifyOperation;

/**
 * Refuses exactly-once sinks into Kafka that would lose rows, or that Flink would refuse in words
 * of its own. A transaction stays open from one checkpoint to the next and, should the job fail in
 * between, until it runs again; one that expires before it is committed is lost, and Flink only
 * logs it.
 */
final class KafkaSinks {

    /** Room for a checkpoint to complete and for a job to be brought back. */
    static final Duration MARGIN = Duration.ofMinutes(1);

    private static final String GUARANTEE = "sink.delivery-guarantee";
    private static final String PREFIX = "sink.transactional-id-prefix";
    private static final String TIMEOUT = "properties.transaction.timeout.ms";

    private KafkaSinks() {}

    /**
     * @param interval between checkpoints; absent if the job takes none
     */
    static void check(SqlProgram.Insert insert, CreatedTables created, Optional<Duration> interval)
            throws PreparationException {
        if (!(insert.operation() instanceof SinkModifyOperation sink)) {
            return;
        }
        var table = sink.getContextResolvedTable();
        Map<String, String> options = table.getResolvedTable().getOptions();
        if (!options.getOrDefault("connector", "").endsWith("kafka")
                || !"exactly-once".equalsIgnoreCase(options.get(GUARANTEE))) {
            return;
        }
        String name = "Table '" + CreatedTables.name(table) + "'";
        SqlStatement place = created.place(table, insert.statement());
        if (options.getOrDefault(PREFIX, "").isBlank()) {
            throw PreparationException.at(
                    Kind.PROGRAM_INVALID,
                    name + " is written exactly-once and has no '" + PREFIX + "'",
                    place,
                    "add '" + PREFIX + "' to its options, with a value that no other job uses");
        }
        if (options.containsKey(TIMEOUT) && interval.isPresent()) {
            checkTimeout(name, options.get(TIMEOUT), interval.get(), place);
        }
    }

    private static void checkTimeout(
            String table, String timeout, Duration interval, SqlStatement place)
            throws PreparationException {
        Duration least = interval.plus(MARGIN);
        String remedy = "set it to at least " + least.toMillis();
        if (!timeout.strip().matches("\\d{1,9}")) {
            throw PreparationException.at(
                    Kind.PROGRAM_INVALID,
                    table
                            + " has '"
                            + TIMEOUT
                            + "' = '"
                            + timeout
                            + "', which is no number of milliseconds",
                    place,
                    remedy);
        }
        if (Long.parseLong(timeout.strip()) < least.toMillis()) {
            throw PreparationException.at(
                    Kind.CONFIGURATION_INVALID,
                    "%s has '%s' = '%s', less than spec.checkpoint.interval (%d ms) and the %d ms that a restart may take: its transactions would expire before they are committed, and their rows be lost"
                            .formatted(
                                    table,
                                    TIMEOUT,
                                    timeout,
                                    interval.toMillis(),
                                    MARGIN.toMillis()),
                    place,
                    remedy + ", or shorten spec.checkpoint.interval");
        }
    }
}
