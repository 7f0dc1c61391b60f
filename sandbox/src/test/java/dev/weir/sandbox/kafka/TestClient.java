package dev.weir.sandbox.kafka;

import dev.weir.sandbox.servers.ListenAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What a test asks of a broker, on topics of one partition, each answer waited for. */
final class TestClient implements AutoCloseable {

    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(100);

    private final String bootstrapServers;
    private final Admin admin;

    TestClient(KafkaServer kafka) {
        this.bootstrapServers = kafka.address().toString();
        this.admin =
                Admin.create(
                        Map.<String, Object>of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }

    /** Where the broker says that it is. */
    ListenAddress broker() throws Exception {
        var node = answer(admin.describeCluster().nodes()).iterator().next();
        return new ListenAddress(node.host(), node.port());
    }

    String clusterId() throws Exception {
        return answer(admin.describeCluster().clusterId());
    }

    Set<String> topics() throws Exception {
        return answer(admin.listTopics().names());
    }

    void createTopic(String topic) throws Exception {
        answer(admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all());
    }

    /**
     * Of its coordinator, which answers once it has read its log; a list of all transactions leaves
     * out those whose coordinator still reads.
     */
    TransactionState stateOf(String transactionalId) throws Exception {
        return answer(
                        admin.describeTransactions(List.of(transactionalId))
                                .description(transactionalId))
                .state();
    }

    /** The ids of transactions that nobody has decided about. */
    List<String> openTransactions() throws Exception {
        var ongoing = new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING));
        return answer(admin.listTransactions(ongoing).all()).stream()
                .map(TransactionListing::transactionalId)
                .toList();
    }

    void storeOffset(String group, String topic, long offset) throws Exception {
        answer(
                admin.alterConsumerGroupOffsets(
                                group,
                                Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(offset)))
                        .all());
    }

    long storedOffset(String group, String topic) throws Exception {
        return answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .get(new TopicPartition(topic, 0))
                .offset();
    }

    void commit(String transactionalId, String topic, String row) {
        try (var producer = begin(transactionalId, topic, row)) {
            producer.commitTransaction();
        }
    }

    void abort(String transactionalId, String topic, String row) {
        try (var producer = begin(transactionalId, topic, row)) {
            producer.abortTransaction();
        }
    }

    /** As a job that dies after it has written. */
    void leaveOpen(String transactionalId, String topic, String row) {
        begin(transactionalId, topic, row).close(Duration.ZERO);
    }

    /**
     * All rows of committed transactions. Waits for the decision about each row there is now: a
     * commit is answered before its rows can be seen.
     */
    List<String> committed(String topic) throws Exception {
        var partition = new TopicPartition(topic, 0);
        long end =
                answer(admin.listOffsets(Map.of(partition, OffsetSpec.latest())).all())
                        .get(partition)
                        .offset();
        List<String> rows = new ArrayList<>();
        Instant deadline = Instant.now().plus(BOUND);
        try (var consumer = readCommitted()) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (consumer.position(partition) < end) {
                if (Instant.now().isAfter(deadline)) {
                    throw new AssertionError(
                            "a transaction below " + end + " is open; seen so far: " + rows);
                }
                consumer.poll(POLL).forEach(row -> rows.add(row.value()));
            }
        }
        return rows;
    }

    @Override
    public void close() {
        admin.close();
    }

    private KafkaProducer<String, String> begin(String id, String topic, String row) {
        var producer =
                new KafkaProducer<>(
                        Map.<String, Object>of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                                id),
                        new StringSerializer(),
                        new StringSerializer());
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(topic, row));
        producer.flush();
        return producer;
    }

    private KafkaConsumer<String, String> readCommitted() {
        return new KafkaConsumer<>(
                Map.<String, Object>of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed"),
                new StringDeserializer(),
                new StringDeserializer());
    }

    private static <T> T answer(KafkaFuture<T> future) throws Exception {
        return future.get(BOUND.toSeconds(), TimeUnit.SECONDS);
    }
}
