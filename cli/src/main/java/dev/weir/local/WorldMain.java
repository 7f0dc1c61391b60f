package dev.weir.local;

import dev.weir.local.node.LocalNode;
import dev.weir.local.node.RuntimeInstall;
import dev.weir.local.store.ResourceFiles;
import dev.weir.operator.plan.OperatorDefaults;
import dev.weir.operator.runtime.CommandKey;
import dev.weir.sandbox.flights.FlightsFeed;
import dev.weir.sandbox.kafka.KafkaServer;
import dev.weir.sandbox.servers.ListenAddress;
import dev.weir.sandbox.servers.S3Credentials;
import dev.weir.sandbox.servers.S3Server;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process of a local world: store, broker, node and operator in one JVM. It outlives the
 * command that started it, and its pods outlive it.
 */
public final class WorldMain {

    private static final Logger LOG = LoggerFactory.getLogger(WorldMain.class);

    /** The argument that asks for the samples' input to be sent. */
    static final String FEED = "feed";

    static final String BUCKET = "weir";
    static final String SECRET = "weir-storage";
    static final String IMAGE = "weir/runtime:local";
    private static final String REGION = "us-east-1";
    private static final int ROLL_AFTER = 1000;

    private final LocalHome home;
    private final Path project;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private WorldMain(LocalHome home, Path project) {
        this.home = home;
        this.project = project;
    }

    /**
     * @param arguments the home's folder and the project's, and {@code feed} to send the samples'
     *     input
     */
    public static void main(String[] arguments) throws Exception {
        WorldMain world =
                new WorldMain(new LocalHome(Path.of(arguments[0])), Path.of(arguments[1]));
        Files.createDirectories(world.home.root());
        try (FileChannel channel =
                        FileChannel.open(
                                world.home.root().resolve("world.lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                FileLock only = channel.tryLock()) {
            if (only == null) {
                throw new IllegalStateException(
                        "another process runs the local world in " + world.home.root());
            }
            Runtime.getRuntime().addShutdownHook(new Thread(world::close));
            world.run(List.of(arguments).contains(FEED));
            Thread.currentThread().join();
        }
    }

    private void run(boolean feed) throws Exception {
        WorldState before =
                WorldState.read(home).orElse(new WorldState(0, 0, "", false, 9092, 9000));
        WorldState state =
                WorldState.ofThisProcess(
                        "starting the object store and Kafka",
                        false,
                        port(before.kafkaPort()),
                        port(before.s3Port()));
        state.write(home);
        startServers(state);
        ResourceFiles files = new ResourceFiles(home.resources());
        LocalNode node =
                open(
                        new LocalNode(
                                files,
                                RuntimeInstall.builtIn(project),
                                IMAGE,
                                home.root(),
                                Clock.systemUTC()));
        CommandKey key = key();
        LocalOperator operator =
                open(new LocalOperator(files, key, defaults(key, state), Clock.systemUTC()));
        operator.start();
        node.start();
        if (feed) {
            open(FlightsFeed.start(state.bootstrapServers(), project, LocalWorld.FLIGHTS_A_SECOND));
        }
        WorldState.ofThisProcess("up", true, state.kafkaPort(), state.s3Port()).write(home);
        LOG.info("The local world in {} is up", home.root());
    }

    private void startServers(WorldState state) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<S3Server> s3 =
                    threads.submit(
                            () -> {
                                S3Server server =
                                        S3Server.start(
                                                new ListenAddress("127.0.0.1", state.s3Port()),
                                                home.servers().resolve("s3"),
                                                S3Credentials.TEST);
                                server.createBucket(BUCKET);
                                return server;
                            });
            Future<KafkaServer> kafka =
                    threads.submit(
                            () ->
                                    KafkaServer.start(
                                            new ListenAddress("localhost", state.kafkaPort()),
                                            home.servers().resolve("kafka")));
            open(result(s3));
            open(result(kafka));
        }
    }

    private static <T> T result(Future<T> started) throws Exception {
        try {
            return started.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** The wished port if nobody listens on it, else any that is free. */
    private static int port(int wished) throws IOException {
        return new ListenAddress("127.0.0.1", wished).isFree()
                ? wished
                : ListenAddress.free("127.0.0.1").port();
    }

    private CommandKey key() throws Exception {
        if (!Files.exists(home.commandKey())) {
            CommandKeyFile.create(home.commandKey());
        }
        return CommandKey.read(home.commandKey());
    }

    private static OperatorDefaults defaults(CommandKey key, WorldState state) {
        return new OperatorDefaults(
                Optional.of(
                        new OperatorDefaults.Storage(
                                "s3://" + BUCKET,
                                REGION,
                                Optional.of(URI.create(state.s3Endpoint())),
                                true,
                                Optional.of(SECRET))),
                IMAGE,
                List.of(key.publicText()),
                ROLL_AFTER);
    }

    private <T extends AutoCloseable> T open(T part) {
        parts.push(part);
        return part;
    }

    private void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LOG.warn("A part of the local world did not close", e);
            }
        }
    }
}
