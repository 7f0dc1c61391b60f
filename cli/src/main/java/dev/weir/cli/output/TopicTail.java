package dev.weir.cli.output;

import dev.weir.cli.place.UnreachableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the newest rows of a topic: those that were committed, and no others. */
public final class TopicTail {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration ROUND = Duration.ofMillis(200);

    /** A transaction's end takes a place in the topic, so the newest rows reach further back. */
    private static final int PLACES_A_ROW = 3;

    private TopicTail() {}

    /**
     * Hands over the newest rows, by the time of their writing.
     *
     * @param rows at most so many of those that are there
     * @param follow go on with those that come, until {@code line} or an interrupt ends it
     * @param line says whether it wants more
     * @throws UnreachableException if the broker does not answer or has no such topic
     */
    public static void read(
            KafkaSinks.Sink sink, int rows, boolean follow, Predicate<String> line) {
        try (var consumer = consumer(sink)) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(sink.topic(), PATIENCE).stream()
                            .map(found -> new TopicPartition(found.topic(), found.partition()))
                            .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
            ends.forEach(
                    (partition, end) ->
                            consumer.seek(
                                    partition, Math.max(0, end - (long) rows * PLACES_A_ROW - 1)));
            for (String row : newest(consumer, ends, rows)) {
                if (!line.test(row)) {
                    return;
                }
            }
            while (follow && !Thread.currentThread().isInterrupted()) {
                for (var row : consumer.poll(ROUND)) {
                    if (!line.test(text(row))) {
                        return;
                    }
                }
            }
        } catch (KafkaException e) {
            throw new UnreachableException(
                    "topic "
                            + sink.topic()
                            + " of "
                            + sink.bootstrapServers()
                            + " can't be read from here: "
                            + e.getMessage()
                            + ". If that address is meant for pods, read it from where they are.",
                    e);
        }
    }

    private static List<String> newest(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, int rows) {
        Deque<ConsumerRecord<byte[], byte[]>> seen = new ArrayDeque<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (ends.entrySet().stream()
                        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())
                && System.nanoTime() < deadline) {
            consumer.poll(ROUND).forEach(seen::add);
        }
        List<ConsumerRecord<byte[], byte[]>> ordered =
                seen.stream().sorted(Comparator.comparing(ConsumerRecord::timestamp)).toList();
        return ordered.subList(Math.max(0, ordered.size() - rows), ordered.size()).stream()
                .map(TopicTail::text)
                .toList();
    }

    /** A row's value; of a row that was retracted, its key. */
    private static String text(ConsumerRecord<byte[], byte[]> row) {
        return Optional.ofNullable(row.value())
                .map(value -> new String(value, StandardCharsets.UTF_8))
                .orElseGet(
                        () ->
                                "deleted: "
                                        + Optional.ofNullable(row.key())
                                                .map(k -> new String(k, StandardCharsets.UTF_8))
                                                .orElse(""));
    }

    private static KafkaConsumer<byte[], byte[]> consumer(KafkaSinks.Sink sink) {
        Properties settings = new Properties();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, sink.bootstrapServers());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        return new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
