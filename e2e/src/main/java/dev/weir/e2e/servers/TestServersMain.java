package dev.weir.e2e.servers;

import dev.weir.sandbox.OneLine;
import dev.weir.sandbox.kafka.KafkaServer;
import dev.weir.sandbox.servers.ListenAddress;
import dev.weir.sandbox.servers.S3Credentials;
import dev.weir.sandbox.servers.S3Server;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Starts and ends the test servers: {@code up} returns when they serve, {@code down} when they are
 * gone.
 */
@Command(
        name = "servers",
        description = "Kafka and S3 for tests.",
        mixinStandardHelpOptions = true,
        subcommands = {
            TestServersMain.Up.class,
            TestServersMain.Down.class,
            TestServersMain.Status.class,
            TestServersMain.Serve.class
        })
public final class TestServersMain {

    static final String BUCKET = "weir";
    private static final int KAFKA_PORT = 9092;
    private static final int S3_PORT = 9000;

    public static void main(String[] arguments) {
        System.exit(
                new CommandLine(new TestServersMain())
                        .setExecutionExceptionHandler(new OneLine())
                        .execute(arguments));
    }

    /** Where the servers keep their state and data. */
    static final class Place {
        @Option(
                names = "--directory",
                defaultValue = ".weir/servers",
                description = "Default: ${DEFAULT-VALUE}.")
        Path directory;

        @Option(
                names = "--host",
                defaultValue = "10.77.0.1",
                description =
                        "Address of a local interface; pods reach the bridge's. Default: ${DEFAULT-VALUE}.")
        String host;
    }

    @Command(name = "up", description = "Starts the servers, which outlive this command.")
    static final class Up implements Callable<Integer> {
        @CommandLine.Mixin Place place;

        @Override
        public Integer call() throws Exception {
            print(TestServers.up(place.directory, place.host));
            return 0;
        }
    }

    @Command(name = "down", description = "Ends the servers.")
    static final class Down implements Callable<Integer> {
        @CommandLine.Mixin Place place;

        @Override
        public Integer call() throws Exception {
            System.out.println(
                    TestServers.down(place.directory)
                            ? "test servers ended"
                            : "no test servers run");
            return 0;
        }
    }

    @Command(
            name = "status",
            description = "Prints where the servers listen; ends with 1 if they do not run.")
    static final class Status implements Callable<Integer> {
        @CommandLine.Mixin Place place;

        @Override
        public Integer call() throws Exception {
            var running = TestServers.running(place.directory);
            running.ifPresentOrElse(
                    TestServersMain::print, () -> System.out.println("no test servers run"));
            return running.isPresent() ? 0 : 1;
        }
    }

    @Command(name = "serve", description = "Serves in the foreground.")
    static final class Serve implements Callable<Integer> {
        @CommandLine.Mixin Place place;

        @Option(
                names = "--until-input-ends",
                description = "End with the parent, which holds standard input open.")
        boolean untilInputEnds;

        @Override
        public Integer call() throws Exception {
            Path data = place.directory.resolve("data").toAbsolutePath();
            deleteAll(data);
            try (S3Server s3 =
                            S3Server.start(
                                    new ListenAddress(place.host, S3_PORT),
                                    data.resolve("s3"),
                                    S3Credentials.TEST);
                    KafkaServer kafka =
                            KafkaServer.start(
                                    new ListenAddress(place.host, KAFKA_PORT),
                                    data.resolve("kafka"))) {
                s3.createBucket(BUCKET);
                new TestServersState(
                                ProcessHandle.current().pid(),
                                kafka.address().toString(),
                                s3.endpoint().toString(),
                                BUCKET,
                                data.toString())
                        .write(place.directory);
                awaitEnd();
            }
            return 0;
        }

        private void awaitEnd() throws IOException, InterruptedException {
            if (untilInputEnds) {
                System.in.transferTo(OutputStream.nullOutputStream());
            } else {
                new CountDownLatch(1).await();
            }
        }
    }

    private static void print(TestServersState state) {
        System.out.printf(
                "pid %d%nkafka %s%ns3 %s%nbucket %s%n",
                state.pid(), state.kafka(), state.s3(), state.bucket());
    }

    private static void deleteAll(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path directory, IOException failure)
                            throws IOException {
                        Files.delete(directory);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
