package dev.weir.e2e.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.sandbox.exact.ExactTopics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The output of a {@link RevisionedJob}, read as it is committed: when each revision wrote its
 * first row and its last, by the rows' own times, and whether each key's count went on by one.
 */
final class RevisionedRows implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(50);

    /** What was committed at once is not read at once: each partition has its own turn. */
    private static final Duration OTHER_PARTITIONS = Duration.ofMillis(500);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<Integer, Instant> first = new HashMap<>();
    private final Map<Integer, Instant> last = new HashMap<>();
    private final Map<Long, Long> counts = new HashMap<>();
    private Instant since = Instant.MIN;

    RevisionedRows(ExactTopics topics) {
        consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                topics.bootstrapServers(),
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                IntStream.range(0, topics.partitions())
                        .mapToObj(partition -> new TopicPartition(topics.output(), partition))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** A handover is about to begin: what was written before is nobody's first row. */
    void mark() {
        since = Instant.now();
        first.clear();
    }

    /**
     * From the last row of one revision to the first row of the next since the mark.
     *
     * @throws IllegalStateException if the next one writes nothing within the bound
     */
    Duration gap(int before, int after, Duration bound) {
        awaitRows(after, bound);
        readFor(OTHER_PARTITIONS);
        return Duration.between(
                Optional.ofNullable(last.get(before))
                        .orElseThrow(
                                () -> new IllegalStateException(before + " has written no row")),
                first.get(after));
    }

    void awaitRows(int revision, Duration bound) {
        Instant deadline = Instant.now().plus(bound);
        while (!first.containsKey(revision)) {
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException(
                        "revision " + revision + " has committed no row within " + bound);
            }
            consumer.poll(POLL).forEach(row -> accept(row.value()));
        }
    }

    private void readFor(Duration time) {
        Instant end = Instant.now().plus(time);
        while (Instant.now().isBefore(end)) {
            consumer.poll(POLL).forEach(row -> accept(row.value()));
        }
    }

    private void accept(byte[] row) {
        JsonNode read = read(row);
        int revision = read.required("revision").intValue();
        Instant written = Instant.parse(read.required("written").textValue());
        if (!written.isBefore(since)) {
            first.merge(revision, written, (a, b) -> a.isBefore(b) ? a : b);
        }
        last.merge(revision, written, (a, b) -> a.isAfter(b) ? a : b);
        long key = read.required("k").longValue();
        long count = read.required("n").longValue();
        long expected = counts.merge(key, 1L, Long::sum);
        if (count != expected) {
            throw new IllegalStateException(
                    "key " + key + " counts " + count + " where " + expected + " was next");
        }
    }

    private static JsonNode read(byte[] row) {
        try {
            return JSON.readTree(row);
        } catch (IOException e) {
            throw new UncheckedIOException("a row that is no JSON", e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
