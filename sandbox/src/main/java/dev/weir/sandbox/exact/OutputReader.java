package dev.weir.sandbox.exact;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the committed rows of a job's output from its beginning, once, into a checker. It joins no
 * group and stores no offsets, so nothing is skipped. Not safe for several threads.
 */
public final class OutputReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration COPY_BOUND = Duration.ofMinutes(2);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final ExactnessChecker checker;

    public OutputReader(ExactTopics topics, InputSequence input) {
        this.checker = new ExactnessChecker(input);
        this.consumer = committed(topics);
    }

    /** Reads until the first {@code total} records have their row, or until the bound. */
    public Verdict readUntil(long total, Duration bound) {
        Instant deadline = Instant.now().plus(bound);
        while (checker.soFar(total).behind() > 0 && Instant.now().isBefore(deadline)) {
            consumer.poll(POLL).forEach(row -> checker.accept(RowFormat.output(row.value())));
        }
        return checker.soFar(total);
    }

    /**
     * Judges a run whose input has ended after {@code total} records. Goes on reading for all of
     * {@code quiet}: rows that come after the last expected one are faults too.
     */
    public Verdict readAll(long total, Duration bound, Duration quiet) {
        readUntil(total, bound);
        Instant end = Instant.now().plus(quiet);
        while (Instant.now().isBefore(end)) {
            consumer.poll(POLL).forEach(row -> checker.accept(RowFormat.output(row.value())));
        }
        return checker.verdict(total);
    }

    /** Judges what is committed now, and waits for nothing more. */
    public static Verdict judgeNow(ExactTopics topics, InputSequence input, long total) {
        ExactnessChecker checker = new ExactnessChecker(input);
        forEachRow(topics, row -> checker.accept(RowFormat.output(row.value())));
        return checker.verdict(total);
    }

    /** Gives every committed row there is now to {@code taker}, in the order of each partition. */
    static void forEachRow(ExactTopics topics, Consumer<ConsumerRecord<byte[], byte[]>> taker) {
        Instant deadline = Instant.now().plus(COPY_BOUND);
        try (KafkaConsumer<byte[], byte[]> consumer = committed(topics)) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            // A position and not a count of rows: transaction markers take up offsets as well.
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (Instant.now().isAfter(deadline)) {
                    throw new IllegalStateException(
                            topics.output()
                                    + " was not read to its end within "
                                    + COPY_BOUND.toSeconds()
                                    + " s; an open transaction may hold its readers back");
                }
                consumer.poll(POLL).forEach(taker);
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }

    /** Stands at the beginning of the output, in no group, and is given committed rows alone. */
    public static KafkaConsumer<byte[], byte[]> committed(ExactTopics topics) {
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                topics.bootstrapServers(),
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed",
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                IntStream.range(0, topics.partitions())
                        .mapToObj(partition -> new TopicPartition(topics.output(), partition))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }
}
