package dev.weir.runtime.program;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.table.catalog.ContextResolvedTable;

/**
 * A table of the program that stands in Kafka: what can be asked of its brokers before the job
 * starts.
 *
 * @param name as its author calls it
 * @param written whether the program writes to it; else it reads
 * @param options all that the program says of it
 * @param line of the script where it is created, or else used
 * @param column of that line
 */
public record KafkaTable(
        String name, boolean written, Map<String, String> options, int line, int column) {

    static final String PREFIX = "sink.transactional-id-prefix";
    static final String TIMEOUT = "properties.transaction.timeout.ms";

    private static final Set<String> CONNECTORS = Set.of("kafka", "upsert-kafka");
    private static final String CLIENT = "properties.";

    /** What the connector takes if {@link #TIMEOUT} is not given. */
    private static final long DEFAULT_TIMEOUT = 3_600_000;

    public KafkaTable {
        options = Map.copyOf(options);
    }

    /** Empty for a table that stands elsewhere. */
    static Optional<KafkaTable> of(
            ContextResolvedTable table,
            Map<String, String> options,
            boolean written,
            SqlStatement place) {
        return CONNECTORS.contains(options.getOrDefault("connector", ""))
                ? Optional.of(
                        new KafkaTable(
                                CreatedTables.name(table),
                                written,
                                options,
                                place.line(),
                                place.column()))
                : Optional.empty();
    }

    /** Those that are named; none if a pattern finds them. */
    public List<String> topics() {
        return Arrays.stream(options.getOrDefault("topic", "").split(";"))
                .map(String::strip)
                .filter(topic -> !topic.isEmpty())
                .toList();
    }

    public String brokers() {
        return options.getOrDefault(CLIENT + "bootstrap.servers", "");
    }

    /** What its clients are made with. */
    public Map<String, String> client() {
        return options.entrySet().stream()
                .filter(option -> option.getKey().startsWith(CLIENT))
                .collect(
                        Collectors.toUnmodifiableMap(
                                option -> option.getKey().substring(CLIENT.length()),
                                Map.Entry::getValue));
    }

    /** Whether it is written in transactions. */
    public boolean transactional() {
        return written && "exactly-once".equalsIgnoreCase(options.get("sink.delivery-guarantee"));
    }

    /** After which the broker gives a transaction up, in milliseconds. */
    public long transactionTimeout() {
        return Optional.ofNullable(options.get(TIMEOUT))
                .map(given -> Long.parseLong(given.strip()))
                .orElse(DEFAULT_TIMEOUT);
    }
}
