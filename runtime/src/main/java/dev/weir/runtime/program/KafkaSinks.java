package dev.weir.runtime.program;

import dev.weir.protocol.Problem.Kind;
import java.time.Duration;
import java.util.Optional;

/**
 * Refuses exactly-once sinks into Kafka that would lose rows, or that Flink would refuse in words
 * of its own. A transaction stays open from one checkpoint to the next and, should the job fail in
 * between, until it runs again; one that expires before it is committed is lost, and Flink only
 * logs it.
 */
final class KafkaSinks {

    /** Room for a checkpoint to complete and for a job to be brought back. */
    static final Duration MARGIN = Duration.ofMinutes(1);

    private KafkaSinks() {}

    /**
     * @param interval between checkpoints; absent if the job takes none
     */
    static void check(KafkaTable table, Optional<Duration> interval) throws PreparationException {
        if (!table.transactional()) {
            return;
        }
        if (table.options().getOrDefault(KafkaTable.PREFIX, "").isBlank()) {
            throw at(
                    table,
                    Kind.PROGRAM_INVALID,
                    "is written exactly-once and has no '" + KafkaTable.PREFIX + "'",
                    "add '"
                            + KafkaTable.PREFIX
                            + "' to its options, with a value that no other job uses");
        }
        Optional<String> given =
                Optional.ofNullable(table.options().get(KafkaTable.TIMEOUT)).map(String::strip);
        if (given.filter(text -> !text.matches("\\d{1,9}")).isPresent()) {
            throw at(
                    table,
                    Kind.PROGRAM_INVALID,
                    "has '%s' = '%s', which is no number of milliseconds"
                            .formatted(KafkaTable.TIMEOUT, given.get()),
                    "set it to at least " + interval.orElse(Duration.ZERO).plus(MARGIN).toMillis());
        }
        if (interval.isPresent()) {
            checkLength(table, interval.get());
        }
    }

    private static void checkLength(KafkaTable table, Duration interval)
            throws PreparationException {
        long least = interval.plus(MARGIN).toMillis();
        if (table.transactionTimeout() < least) {
            throw at(
                    table,
                    Kind.CONFIGURATION_INVALID,
                    "has '%s' = '%s', less than spec.checkpoint.interval (%d ms) and the %d ms that a restart may take: its transactions would expire before they are committed, and their rows be lost"
                            .formatted(
                                    KafkaTable.TIMEOUT,
                                    table.transactionTimeout(),
                                    interval.toMillis(),
                                    MARGIN.toMillis()),
                    "set it to at least " + least + ", or shorten spec.checkpoint.interval");
        }
    }

    private static PreparationException at(
            KafkaTable table, Kind kind, String message, String remedy) {
        return PreparationException.at(
                kind,
                "Table '" + table.name() + "' " + message,
                table.line(),
                table.column(),
                remedy);
    }
}
