package dev.weir.e2e.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.sandbox.exact.ExactTopics;
import dev.weir.sandbox.exact.OutputReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * The output of a {@link RevisionedJob}, of one partition and read as it is committed: when each
 * revision wrote its first row and its last, by the rows' own times, and whether each key's count
 * went on by one.
 */
final class RevisionedRows implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(50);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<Integer, Instant> first = new HashMap<>();
    private final Map<Integer, Instant> last = new HashMap<>();
    private final Map<Long, Long> counts = new HashMap<>();
    private Instant since = Instant.MIN;

    RevisionedRows(ExactTopics topics) {
        consumer = OutputReader.committed(topics);
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
