package dev.weir.e2e.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Kafka and S3 for tests, together in one JVM of their own that all of a test run shares.
 *
 * <p>A child lives exactly as long as its parent wants: an attached one ends when the parent closes
 * its standard input or dies, a detached one ends when {@link #down} is called. Neither is ever
 * looked for by name: the child writes its process id into {@link TestServersState}.
 */
public final class TestServers implements AutoCloseable {

    private static final Duration START_BOUND = Duration.ofSeconds(90);
    private static final Duration STOP_BOUND = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(50);

    private final TestServersState state;
    private final Optional<Process> child;

    private TestServers(TestServersState state, Optional<Process> child) {
        this.state = state;
        this.child = child;
    }

    /**
     * The running servers of {@code directory}, or an attached child that ends with the returned
     * value.
     */
    public static TestServers use(Path directory, String host)
            throws IOException, InterruptedException {
        Optional<TestServers> running = find(directory);
        return running.isPresent() ? running.get() : start(directory, host, true);
    }

    /** The running servers of {@code directory}, if there are any. */
    public static Optional<TestServers> find(Path directory) throws IOException {
        return running(directory).map(state -> new TestServers(state, Optional.empty()));
    }

    /** Servers that outlive this JVM; the ones that run already, if they do. */
    static TestServersState up(Path directory, String host)
            throws IOException, InterruptedException {
        Optional<TestServersState> running = running(directory);
        return running.isPresent() ? running.get() : start(directory, host, false).state;
    }

    /** Ends the servers of {@code directory}; returns whether there were any. */
    static boolean down(Path directory) throws IOException {
        Optional<ProcessHandle> process =
                TestServersState.read(directory).flatMap(TestServersState::process);
        process.ifPresent(TestServers::end);
        Files.deleteIfExists(TestServersState.file(directory));
        return process.isPresent();
    }

    static Optional<TestServersState> running(Path directory) throws IOException {
        return TestServersState.read(directory).filter(state -> state.process().isPresent());
    }

    public String bootstrapServers() {
        return state.kafka();
    }

    /** Where Kafka listens for a relay. */
    public String kafkaBehindRelay() {
        return state.kafkaBehindRelay();
    }

    /** Where a relay before Kafka has to be. */
    public String kafkaRelay() {
        return state.kafkaRelay();
    }

    public String s3Endpoint() {
        return state.s3();
    }

    public String bucket() {
        return state.bucket();
    }

    /**
     * Where the objects of the store stand as files: for watching them appear, never for changing
     * them.
     */
    public Path bucketDirectory() {
        return Path.of(state.data()).resolve("s3").resolve(state.bucket());
    }

    @Override
    public void close() {
        child.ifPresent(process -> end(process.toHandle()));
    }

    private static TestServers start(Path directory, String host, boolean attached)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Files.deleteIfExists(TestServersState.file(directory));
        Path log = directory.resolve("servers.log");
        Process child = launch(directory, host, attached, log);
        Instant deadline = Instant.now().plus(START_BOUND);
        while (Instant.now().isBefore(deadline)) {
            Optional<TestServersState> state = TestServersState.read(directory);
            if (state.isPresent()) {
                return new TestServers(
                        state.get(), attached ? Optional.of(child) : Optional.empty());
            }
            if (child.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(
                        "the test servers ended with "
                                + child.exitValue()
                                + "; their log is "
                                + log);
            }
        }
        end(child.toHandle());
        throw new IOException(
                "the test servers did not serve within "
                        + START_BOUND.toSeconds()
                        + " s; see "
                        + log);
    }

    private static Process launch(Path directory, String host, boolean attached, Path log)
            throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                TestServersMain.class.getName(),
                                "serve",
                                "--directory=" + directory.toAbsolutePath(),
                                "--host=" + host));
        if (attached) {
            command.add("--until-input-ends");
        }
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
                        .redirectInput(
                                attached
                                        ? ProcessBuilder.Redirect.PIPE
                                        : ProcessBuilder.Redirect.from(
                                                Path.of("/dev/null").toFile()));
        // As a variable, because a command line longer than a page cannot be read back to tell
        // whose process it is.
        builder.environment().putAll(Map.of("CLASSPATH", System.getProperty("java.class.path")));
        return builder.start();
    }

    private static void end(ProcessHandle process) {
        CompletableFuture<ProcessHandle> exit = process.onExit();
        process.destroy();
        try {
            exit.get(STOP_BOUND.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException _) {
            process.destroyForcibly();
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for process " + process.pid() + " failed", e);
        }
    }
}
