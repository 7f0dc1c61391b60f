package dev.weir.sandbox.kafka;

import dev.weir.sandbox.servers.ListenAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * A Kafka broker and its controller inside this JVM, with transactions.
 *
 * <p>It starts empty in a directory that did not exist, has one partition for offsets and few for
 * transactions, and creates no topic by itself, so that a misspelt topic fails loudly.
 */
public final class KafkaServer implements AutoCloseable {

    private final ListenAddress address;
    private final KafkaRaftServer server;

    private KafkaServer(ListenAddress address, KafkaRaftServer server) {
        this.address = address;
        this.server = server;
    }

    /**
     * Formats {@code directory}, which must not exist, and returns when the broker is registered
     * and serves.
     */
    public static KafkaServer start(ListenAddress address, Path directory) throws IOException {
        Files.createDirectories(directory);
        Properties settings =
                settings(address, ListenAddress.free("127.0.0.1"), directory.resolve("log"));
        format(settings, directory.resolve("server.properties"));
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
        server.startup();
        return new KafkaServer(address, server);
    }

    public ListenAddress address() {
        return address;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Properties settings, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            settings.store(out, null);
        }
        String[] arguments = {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()};
        int code =
                StorageTool.execute(
                        arguments,
                        new PrintStream(
                                OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
        if (code != 0) {
            throw new IOException(
                    "formatting Kafka's directory "
                            + file.getParent()
                            + " ended with "
                            + code
                            + "; remove the directory, or name another one");
        }
    }

    private static Properties settings(ListenAddress broker, ListenAddress controller, Path logs) {
        Properties settings = new Properties();
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty("node.id", "1");
        settings.setProperty("controller.quorum.voters", "1@" + controller);
        settings.setProperty("listeners", "PLAINTEXT://" + broker + ",CONTROLLER://" + controller);
        settings.setProperty("advertised.listeners", "PLAINTEXT://" + broker);
        settings.setProperty("controller.listener.names", "CONTROLLER");
        settings.setProperty("inter.broker.listener.name", "PLAINTEXT");
        settings.setProperty(
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.setProperty("log.dirs", logs.toString());
        settings.setProperty("offsets.topic.replication.factor", "1");
        settings.setProperty("offsets.topic.num.partitions", "1");
        settings.setProperty("transaction.state.log.replication.factor", "1");
        settings.setProperty("transaction.state.log.min.isr", "1");
        settings.setProperty("transaction.state.log.num.partitions", "4");
        settings.setProperty("share.coordinator.state.topic.replication.factor", "1");
        settings.setProperty("share.coordinator.state.topic.min.isr", "1");
        settings.setProperty("group.initial.rebalance.delay.ms", "0");
        settings.setProperty("auto.create.topics.enable", "false");
        // A sink's transaction time-out has to outlast the longest outage of its job, and the
        // broker caps it.
        settings.setProperty("transaction.max.timeout.ms", "3600000");
        return settings;
    }
}
