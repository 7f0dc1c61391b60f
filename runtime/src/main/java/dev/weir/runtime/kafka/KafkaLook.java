package dev.weir.runtime.kafka;

import dev.weir.protocol.Problem;
import dev.weir.protocol.Problem.Kind;
import dev.weir.runtime.program.KafkaTable;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * One look at the brokers that a program's tables name.
 *
 * <ol>
 *   <li>They answer.
 *   <li>Topics that are read exist; those that are written exist, or the brokers create them.
 *   <li>The brokers allow transactions to be as long as the sinks have them.
 * </ol>
 *
 * <p>It objects only to what it knows: what it may not ask, or what the brokers answer otherwise,
 * is left to the job.
 */
final class KafkaLook {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String CREATES_TOPICS = "auto.create.topics.enable";
    private static final String LONGEST = "transaction.max.timeout.ms";

    private final Admin admin;
    private final List<KafkaTable> tables;

    private KafkaLook(Admin admin, List<KafkaTable> tables) {
        this.admin = admin;
        this.tables = tables;
    }

    /** The first thing that is wrong, by the order of the tables; empty if nothing is. */
    static Optional<Problem> at(List<KafkaTable> tables) throws InterruptedException {
        for (List<KafkaTable> together : byClient(tables).values()) {
            Optional<Problem> found = atOne(together);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Map<Map<String, String>, List<KafkaTable>> byClient(List<KafkaTable> tables) {
        return tables.stream()
                .collect(
                        Collectors.groupingBy(
                                KafkaTable::client, LinkedHashMap::new, Collectors.toList()));
    }

    private static Optional<Problem> atOne(List<KafkaTable> tables) throws InterruptedException {
        KafkaTable first = tables.getFirst();
        try (Admin admin = Admin.create(settings(first))) {
            return new KafkaLook(admin, tables).problem();
        } catch (KafkaException e) {
            return Optional.of(ofClient(first, e));
        }
    }

    private static Properties settings(KafkaTable table) {
        var settings = new Properties();
        settings.putAll(table.client());
        settings.put(
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, String.valueOf(PATIENCE.toMillis()));
        settings.put(
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                String.valueOf(PATIENCE.toMillis()));
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "weir-look");
        return settings;
    }

    /** The client could not even be made. */
    private static Problem ofClient(KafkaTable table, KafkaException e) {
        Throwable cause = e.getCause() instanceof ConfigException config ? config : e;
        String message = String.valueOf(cause.getMessage());
        return message.contains(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG)
                ? unreachable(table, "has no address that resolves")
                : at(
                        table,
                        Kind.PROGRAM_INVALID,
                        "Table '" + table.name() + "': " + message,
                        "correct the options of the table that is created at this place");
    }

    private Optional<Problem> problem() throws InterruptedException {
        Map<String, Optional<Throwable>> topics = topics();
        if (topics.isEmpty()) {
            return failure(admin.describeCluster().nodes())
                    .flatMap(failure -> ofBrokers(tables.getFirst(), failure));
        }
        for (KafkaTable table : tables) {
            for (String topic : table.topics()) {
                Optional<Problem> found = ofTopic(table, topic, topics.get(topic));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        for (KafkaTable table : tables) {
            Optional<Problem> found = table.transactional() ? ofTimeout(table) : Optional.empty();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Each topic that is named, and what is wrong with it. */
    private Map<String, Optional<Throwable>> topics() throws InterruptedException {
        var names = tables.stream().flatMap(table -> table.topics().stream()).distinct().toList();
        var found = new HashMap<String, Optional<Throwable>>();
        for (var described : admin.describeTopics(names).topicNameValues().entrySet()) {
            found.put(described.getKey(), failure(described.getValue()));
        }
        return found;
    }

    private Optional<Problem> ofTopic(KafkaTable table, String topic, Optional<Throwable> failure)
            throws InterruptedException {
        if (failure.isEmpty()) {
            return Optional.empty();
        }
        return switch (failure.get()) {
            case UnknownTopicOrPartitionException _, InvalidTopicException _ ->
                    table.written() && brokersCreateTopics()
                            ? Optional.empty()
                            : Optional.of(
                                    at(
                                            table,
                                            Kind.TOPIC_MISSING,
                                            "Topic '%s' of table '%s' does not exist in Kafka at %s"
                                                    .formatted(
                                                            topic, table.name(), table.brokers()),
                                            "create the topic, or correct the table's option"
                                                    + " 'topic'"));
            case Throwable other -> ofBrokers(table, other);
        };
    }

    private static Optional<Problem> ofBrokers(KafkaTable table, Throwable failure) {
        return switch (failure) {
            case AuthenticationException e ->
                    Optional.of(unreachable(table, "does not let the job in: " + e.getMessage()));
            case RetriableException _ -> Optional.of(unreachable(table, "does not answer"));
            case Throwable _ -> Optional.empty();
        };
    }

    private boolean brokersCreateTopics() throws InterruptedException {
        return setting(CREATES_TOPICS).map(Boolean::parseBoolean).orElse(true);
    }

    private Optional<Problem> ofTimeout(KafkaTable table) throws InterruptedException {
        return setting(LONGEST)
                .map(Long::parseLong)
                .filter(longest -> table.transactionTimeout() > longest)
                .map(
                        longest ->
                                at(
                                        table,
                                        Kind.CONFIGURATION_INVALID,
                                        "Table '%s' has transactions of up to %d ms ('properties.transaction.timeout.ms'), and its brokers allow %d ms (%s)"
                                                .formatted(
                                                        table.name(),
                                                        table.transactionTimeout(),
                                                        longest,
                                                        LONGEST),
                                        "set 'properties.transaction.timeout.ms' to at most %d, or raise %s of the brokers"
                                                .formatted(longest, LONGEST)));
    }

    /** As one of the brokers has it; empty if it may not be asked. */
    private Optional<String> setting(String name) throws InterruptedException {
        try {
            Optional<Node> node = admin.describeCluster().nodes().get().stream().findFirst();
            if (node.isEmpty()) {
                return Optional.empty();
            }
            var broker = new ConfigResource(ConfigResource.Type.BROKER, node.get().idString());
            Config config = admin.describeConfigs(List.of(broker)).values().get(broker).get();
            return Optional.ofNullable(config.get(name)).map(ConfigEntry::value);
        } catch (ExecutionException e) {
            // Whoever may not read the brokers' settings may run jobs on them all the same.
            return Optional.empty();
        }
    }

    private static Optional<Throwable> failure(KafkaFuture<?> answer) throws InterruptedException {
        try {
            answer.get();
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(e.getCause());
        }
    }

    private static Problem unreachable(KafkaTable table, String how) {
        return at(
                table,
                Kind.KAFKA_UNREACHABLE,
                "Kafka at %s (table '%s') %s".formatted(table.brokers(), table.name(), how),
                "check the table's option 'properties.bootstrap.servers', and that the brokers run"
                        + " and can be reached from the pod");
    }

    private static Problem at(KafkaTable table, Kind kind, String message, String remedy) {
        return new Problem(
                kind, message, remedy, Optional.of(table.line()), Optional.of(table.column()));
    }
}
