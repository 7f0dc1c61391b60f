package dev.weir.sandbox.kafka;

import dev.weir.sandbox.servers.ListenAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
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
 * <p>Its directory is the cluster: topics, rows, decided and open transactions and the cluster's id
 * are there again when a server is started on it, also after the last one was killed, and also on
 * another address. No two serve the same directory. It creates no topic by itself, so that a
 * misspelt topic fails loudly. What {@link #close} leaves to the JVM are two daemon threads of
 * Kafka's meters, which all servers of a JVM share.
 */
public final class KafkaServer implements AutoCloseable {

    private static final String SETTINGS =
            """
            process.roles=broker,controller
            node.id=1
            controller.listener.names=CONTROLLER
            inter.broker.listener.name=PLAINTEXT
            listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
            auto.create.topics.enable=false

            # One broker: topics of its own need one partition on one replica.
            offsets.topic.replication.factor=1
            offsets.topic.num.partitions=1
            transaction.state.log.replication.factor=1
            transaction.state.log.min.isr=1
            transaction.state.log.num.partitions=1
            share.coordinator.state.topic.replication.factor=1
            share.coordinator.state.topic.min.isr=1
            share.coordinator.state.topic.num.partitions=1

            # A sink's transaction time-out has to outlast the longest outage of its job.
            transaction.max.timeout.ms=3600000

            # After a kill, a start waits until the session of the dead broker is over; 9 s by default.
            broker.session.timeout.ms=3000
            broker.heartbeat.interval.ms=1000
            # Nobody else will join a group that has a first member.
            group.initial.rebalance.delay.ms=0
            # The cleaner takes its buffer at the start; 128 MiB by default, a quarter of all the memory.
            log.cleaner.dedupe.buffer.size=2097152
            # At rest nothing is written; by default a record of no content goes to the disk twice a second.
            metadata.max.idle.interval.ms=0
            """;

    private final ListenAddress address;
    private final KafkaRaftServer server;

    private KafkaServer(ListenAddress address, KafkaRaftServer server) {
        this.address = address;
        this.server = server;
    }

    /**
     * Returns when the broker is registered and serves what stands in {@code directory}, which is
     * made and formatted if need be.
     */
    public static KafkaServer start(ListenAddress address, Path directory) throws IOException {
        Path log = directory.resolve("log");
        Files.createDirectories(log);
        Properties settings = settings(address, log);
        Path file = directory.resolve("server.properties");
        try (OutputStream out = Files.newOutputStream(file)) {
            settings.store(out, null);
        }
        // The last file that is written when a directory is formatted.
        if (!Files.exists(log.resolve("meta.properties"))) {
            format(file);
        }
        try {
            return new KafkaServer(address, serve(settings));
        } catch (Exception e) {
            throw new IOException(
                    "Kafka did not start on " + address + " with the data of " + directory, e);
        }
    }

    public ListenAddress address() {
        return address;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    // Whatever may be thrown, because Scala declares nothing of it.
    private static KafkaRaftServer serve(Properties settings) throws Exception {
        KafkaRaftServer server =
                new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
        try {
            server.startup();
            return server;
        } catch (Exception e) {
            server.shutdown();
            throw e;
        }
    }

    private static void format(Path settings) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        String[] arguments = {
            "format", "-t", Uuid.randomUuid().toString(), "-c", settings.toString()
        };
        int code =
                StorageTool.execute(arguments, new PrintStream(said, true, StandardCharsets.UTF_8));
        if (code != 0) {
            throw new IOException(
                    "formatting Kafka's directory "
                            + settings.getParent()
                            + " ended with "
                            + code
                            + ": "
                            + said.toString(StandardCharsets.UTF_8).strip()
                            + "; remove the directory, or name another one");
        }
    }

    private static Properties settings(ListenAddress broker, Path log) throws IOException {
        ListenAddress controller = controllerBeside(broker);
        Properties settings = new Properties();
        settings.load(new StringReader(SETTINGS));
        settings.setProperty("controller.quorum.voters", "1@" + controller);
        settings.setProperty("listeners", "PLAINTEXT://" + broker + ",CONTROLLER://" + controller);
        settings.setProperty("advertised.listeners", "PLAINTEXT://" + broker);
        settings.setProperty("log.dirs", log.toString());
        return settings;
    }

    // Looked for anew at each start: a directory may be served again while its old port is taken.
    private static ListenAddress controllerBeside(ListenAddress broker) throws IOException {
        return ListenAddress.free("127.0.0.1", 2).stream()
                .filter(free -> free.port() != broker.port())
                .findFirst()
                .orElseThrow();
    }
}
