package dev.weir.sandbox.exact;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;

/** The topics of one exactness check, and where they stand. */
public record ExactTopics(String bootstrapServers, String input, String output, int partitions) {

    private static final Duration BOUND = Duration.ofSeconds(30);

    /** Both topics named after {@code name}. */
    public static ExactTopics named(String bootstrapServers, String name, int partitions) {
        return new ExactTopics(bootstrapServers, name + "-in", name + "-out", partitions);
    }

    /** Another topic beside the output, for a copy of it. */
    ExactTopics withOutput(String other) {
        return new ExactTopics(bootstrapServers, input, other, partitions);
    }

    public void create() throws InterruptedException {
        createTopic(input);
        createTopic(output);
    }

    void createTopic(String topic) throws InterruptedException {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get(BOUND.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(
                    "topic " + topic + " could not be created on " + bootstrapServers, e);
        }
    }

    /** Records in the input topic, by the broker's own count. */
    public long inputRecords() throws InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            latest.put(new TopicPartition(input, partition), OffsetSpec.latest());
        }
        try (Admin admin = admin()) {
            return admin
                    .listOffsets(latest)
                    .all()
                    .get(BOUND.toSeconds(), TimeUnit.SECONDS)
                    .values()
                    .stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the end of topic " + input + " could not be read", e);
        }
    }

    /** Transactions of a sink that nobody has decided about yet. */
    public long openTransactions(String transactionalIdPrefix) throws InterruptedException {
        var ongoing = new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING));
        try (Admin admin = admin()) {
            return admin
                    .listTransactions(ongoing)
                    .all()
                    .get(BOUND.toSeconds(), TimeUnit.SECONDS)
                    .stream()
                    .filter(
                            transaction ->
                                    transaction.transactionalId().startsWith(transactionalIdPrefix))
                    .count();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the open transactions could not be read", e);
        }
    }

    Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }
}
