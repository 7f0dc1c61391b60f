package dev.weir.sandbox.exact;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes an {@link InputSequence} to the input topic at a steady rate until it is stopped or has
 * written its bound.
 *
 * <p>Idempotent and acknowledged by the broker, and keyed, so each record is in the topic once and
 * the records of a key stand in order. A record that could not be written stops the producer and
 * makes {@link #stop} throw: an input with a hole would be blamed on the job.
 */
public final class InputProducer implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(10);

    private final InputSequence input;
    private final ExactTopics topics;
    private final int recordsPerSecond;
    private final long bound;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final CompletableFuture<Long> done = new CompletableFuture<>();
    private volatile long written;

    private InputProducer(
            InputSequence input, ExactTopics topics, int recordsPerSecond, long bound) {
        this.input = input;
        this.topics = topics;
        this.recordsPerSecond = recordsPerSecond;
        this.bound = bound;
    }

    public static InputProducer start(
            InputSequence input, ExactTopics topics, int recordsPerSecond, long bound) {
        InputProducer producer = new InputProducer(input, topics, recordsPerSecond, bound);
        Thread.ofPlatform().daemon().name("input-producer").start(producer::run);
        return producer;
    }

    /**
     * Records given to the broker so far; all of them are acknowledged once the producer has ended.
     */
    public long written() {
        return written;
    }

    /**
     * Waits until the bound is written and acknowledged; returns how many records the topic holds
     * of it.
     */
    public long awaitEnd() {
        return done.join();
    }

    /** Writes no more; returns how many records were written in all, each of them acknowledged. */
    public long stop() {
        stopping.set(true);
        return done.join();
    }

    @Override
    public void close() {
        stopping.set(true);
        done.handle((_, _) -> null).join();
    }

    private void run() {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            Instant start = Instant.now();
            while (written < bound && !stopping.get() && failure.get() == null) {
                long due =
                        Duration.between(start, Instant.now()).toMillis()
                                * recordsPerSecond
                                / 1_000;
                while (written < Math.min(due, bound)) {
                    send(producer, input.at(written));
                    written++;
                }
                LockSupport.parkNanos(TICK.toNanos());
            }
            producer.flush();
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        }
        if (failure.get() == null) {
            done.complete(written);
        } else {
            done.completeExceptionally(
                    new IllegalStateException(
                            "the input could not be written to " + topics.input(), failure.get()));
        }
    }

    private void send(KafkaProducer<byte[], byte[]> producer, InputRecord row) {
        producer.send(
                new ProducerRecord<>(
                        topics.input(), RowFormat.key(row.key()), RowFormat.input(row)),
                (_, refused) -> {
                    if (refused != null) {
                        failure.compareAndSet(null, refused);
                    }
                });
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        topics.bootstrapServers(),
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.LINGER_MS_CONFIG,
                        5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
