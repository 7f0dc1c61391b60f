package dev.weir.e2e.suites;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.e2e.node.Await;
import dev.weir.sandbox.flights.Flight;
import dev.weir.sandbox.flights.FlightsProducer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The sample's output as it stands now: the newest committed row of each airport and carrier. */
record DelaysTopic(String bootstrapServers) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);

    /** Takes away what an earlier run left in the sample's topics. */
    static DelaysTopic recreate(String bootstrapServers) throws Exception {
        List<String> topics = List.of(FlightsProducer.INPUT_TOPIC, FlightsProducer.OUTPUT_TOPIC);
        try (Admin admin =
                Admin.create(
                        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            for (String topic : topics) {
                try {
                    admin.deleteTopics(List.of(topic))
                            .all()
                            .get(BOUND.toSeconds(), TimeUnit.SECONDS);
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                        throw e;
                    }
                }
            }
            Await.present(
                    "the old topics are gone",
                    BOUND,
                    () -> present(admin, topics) ? Optional.empty() : Optional.of(true));
        }
        FlightsProducer.createTopics(bootstrapServers);
        return new DelaysTopic(bootstrapServers);
    }

    Map<String, Row> rows() {
        Map<String, Row> rows = new TreeMap<>();
        Instant deadline = Instant.now().plus(BOUND);
        Map<String, Object> settings =
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false);
        try (var consumer =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(
                    consumer.partitionsFor(FlightsProducer.OUTPUT_TOPIC).stream()
                            .map(
                                    partition ->
                                            new TopicPartition(
                                                    partition.topic(), partition.partition()))
                            .toList());
            consumer.seekToBeginning(consumer.assignment());
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream()
                            .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())
                    && Instant.now().isBefore(deadline)) {
                consumer.poll(POLL).forEach(row -> put(rows, row.value()));
            }
        }
        return rows;
    }

    /** What the sample's program says of the flights, each seen {@code times} times. */
    static Map<String, Row> expected(List<Flight> flights, int times) {
        Map<String, Row> rows = new TreeMap<>();
        for (Flight flight : flights) {
            rows.merge(flight.origin() + "/" + flight.carrier(), Row.of(flight), Row::plus);
        }
        rows.replaceAll(
                (_, row) ->
                        new Row(
                                row.flights() * times,
                                row.cancelled() * times,
                                row.minutesLate() * times,
                                row.worst()));
        return rows;
    }

    private static void put(Map<String, Row> rows, byte[] json) {
        try {
            JsonNode row = JSON.readTree(json);
            rows.put(
                    row.required("origin").textValue() + "/" + row.required("carrier").textValue(),
                    new Row(
                            row.required("flights").longValue(),
                            row.required("cancelled").longValue(),
                            row.required("minutes_late").longValue(),
                            row.required("worst").longValue()));
        } catch (IOException e) {
            throw new UncheckedIOException("not a row of the sample's output", e);
        }
    }

    private static boolean present(Admin admin, List<String> topics) {
        try {
            return admin.listTopics().names().get().stream().anyMatch(topics::contains);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while topics were listed", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the topics could not be listed", e);
        }
    }

    /** One airport and carrier. */
    record Row(long flights, long cancelled, long minutesLate, long worst) {

        private static Row of(Flight flight) {
            long late = flight.departureDelay().map(Integer::longValue).orElse(0L);
            return new Row(
                    1,
                    flight.departureDelay().isEmpty() ? 1 : 0,
                    Math.max(0, late),
                    flight.departureDelay().map(Integer::longValue).orElse(Long.MIN_VALUE));
        }

        private Row plus(Row other) {
            return new Row(
                    flights + other.flights,
                    cancelled + other.cancelled,
                    minutesLate + other.minutesLate,
                    Math.max(worst, other.worst));
        }
    }
}
