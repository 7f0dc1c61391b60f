package dev.weir.sandbox.exact;

import dev.weir.sandbox.exact.ExactnessChecker.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Copies an output topic with one fault in it, to show on the very rows of a run that the checker
 * would have seen it.
 *
 * <p>The fault is at the middle row of key 0: left out, written twice, or from there on counted and
 * summed as a job would that lost this key's state.
 */
public final class FaultPlanter {

    private static final long KEY = 0;

    private final ExactTopics topics;
    private final InputSequence input;

    public FaultPlanter(ExactTopics topics, InputSequence input) {
        this.topics = topics;
        this.input = input;
    }

    /**
     * Copies the output of {@code total} input records with the fault; returns the topics with the
     * copy as output.
     */
    public ExactTopics plant(Fault fault, long total) throws InterruptedException {
        long middle = input.recordsOf(KEY, total) / 2;
        if (middle < 2) {
            throw new IllegalArgumentException(
                    "a fault needs some rows around it; " + total + " records are too few");
        }
        ExactTopics copy =
                topics.withOutput(topics.output() + "-" + fault.name().toLowerCase(Locale.ROOT));
        copy.createTopic(copy.output());
        List<OutputRecord> rows = new ArrayList<>();
        OutputReader.forEachRow(
                topics, row -> rows.addAll(planted(fault, RowFormat.output(row.value()), middle)));
        if (fault == Fault.OUT_OF_ORDER) {
            swap(rows, middle);
        }
        write(copy, rows);
        return copy;
    }

    private List<OutputRecord> planted(Fault fault, OutputRecord row, long middle) {
        if (row.key() != KEY) {
            return List.of(row);
        }
        boolean here = row.sequence() == middle;
        return switch (fault) {
            case GAP -> here ? List.of() : List.of(row);
            case DUPLICATE -> here ? List.of(row, row) : List.of(row);
            case RESET -> List.of(row.sequence() < middle ? row : afterReset(row, middle));
            case OUT_OF_ORDER -> List.of(row);
        };
    }

    private OutputRecord afterReset(OutputRecord row, long middle) {
        long lost = 0;
        for (long sequence = 1; sequence < middle; sequence++) {
            lost += RunningHash.mix(sequence, input.value(KEY, sequence));
        }
        return new OutputRecord(
                row.key(),
                row.sequence(),
                row.value(),
                row.count() - middle + 1,
                row.hash() - lost);
    }

    private static void swap(List<OutputRecord> rows, long middle) {
        int first = indexOf(rows, middle);
        int second = indexOf(rows, middle + 1);
        OutputRecord held = rows.get(first);
        rows.set(first, rows.get(second));
        rows.set(second, held);
    }

    private static int indexOf(List<OutputRecord> rows, long sequence) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).key() == KEY && rows.get(i).sequence() == sequence) {
                return i;
            }
        }
        throw new IllegalStateException(
                "the output has no row of key " + KEY + " with sequence " + sequence);
    }

    private static void write(ExactTopics copy, List<OutputRecord> rows)
            throws InterruptedException {
        Map<String, Object> settings =
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        copy.bootstrapServers(),
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.LINGER_MS_CONFIG,
                        5);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (OutputRecord row : rows) {
                sent.add(
                        producer.send(
                                new ProducerRecord<>(
                                        copy.output(),
                                        RowFormat.key(row.key()),
                                        RowFormat.output(row))));
            }
            for (Future<RecordMetadata> one : sent) {
                one.get(30, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(
                    "the copy " + copy.output() + " could not be written", e);
        }
    }
}
