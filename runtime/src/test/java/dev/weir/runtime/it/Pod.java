package dev.weir.runtime.it;

import dev.weir.ledger.LedgerJson;
import dev.weir.protocol.Command;
import dev.weir.protocol.CommandSigner;
import dev.weir.protocol.JobDescription;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.RuntimeEvent;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import dev.weir.sandbox.servers.ListenAddress;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * A runtime pod as a process of this machine: its own JVM from target/lib, watched through its
 * event stream as the operator does.
 */
final class Pod implements AutoCloseable {

    private final Path directory;
    private final String uid;
    private final int port;
    private final int flinkPort;
    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Optional<RuntimeView> newest = Optional.empty();
    private int heartbeats;
    private final List<RuntimeState> states = new ArrayList<>();

    private Pod(Path directory, String uid, int port, int flinkPort, Process process) {
        this.directory = directory;
        this.uid = uid;
        this.port = port;
        this.flinkPort = flinkPort;
        this.process = process;
    }

    /** The same directory and UID again: the container restarted in place. */
    static Pod start(Path directory, String uid, JobDescription job, String script)
            throws IOException {
        return start(directory, uid, job, script, "standalone");
    }

    static Pod start(Path directory, String uid, JobDescription job, String script, String role)
            throws IOException {
        return start(directory, uid, job, script, Map.of("WEIR_ROLE", role));
    }

    /**
     * @param more variables of the environment, over those that every pod has
     */
    static Pod start(
            Path directory, String uid, JobDescription job, String script, Map<String, String> more)
            throws IOException {
        Path program = Files.createDirectories(directory.resolve("program"));
        Files.writeString(program.resolve("job.json"), LedgerJson.mapper().writeValueAsString(job));
        Files.writeString(program.resolve("program.sql"), script);
        var ports = ListenAddress.free("127.0.0.1", 3).stream().map(ListenAddress::port).toList();
        var builder =
                new ProcessBuilder(command(directory))
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        directory.resolve("log").toFile()));
        var env = builder.environment();
        env.put("WEIR_POD_UID", uid);
        env.put("WEIR_PROGRAM", program.toString());
        env.put("WEIR_WORK", directory.resolve("work").toString());
        env.put("WEIR_CONTROL_PORT", String.valueOf(ports.get(0)));
        env.put("WEIR_REST_PORT", String.valueOf(ports.get(1)));
        env.put("WEIR_RPC_PORT", String.valueOf(ports.get(2)));
        env.put("AWS_ACCESS_KEY_ID", LocalS3.CREDENTIALS.accessKeyId());
        env.put("AWS_SECRET_ACCESS_KEY", LocalS3.CREDENTIALS.secretAccessKey());
        env.putAll(more);
        var pod = new Pod(directory, uid, ports.get(0), ports.get(1), builder.start());
        Thread.ofVirtual().start(pod::watch);
        return pod;
    }

    private static List<String> command(Path directory) {
        Path target = Path.of("target").toAbsolutePath();
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.add("-Xlog:class+load:file=" + directory.resolve("classes.log"));
        command.addAll(
                List.of(
                        "-cp",
                        target.resolve("classes")
                                + File.pathSeparator
                                + target.resolve("lib")
                                + "/*"));
        command.add("dev.weir.runtime.RuntimeMain");
        return command;
    }

    private void watch() {
        while (process.isAlive()) {
            try {
                var lines =
                        http.send(
                                HttpRequest.newBuilder(uri("/v1/events")).build(),
                                HttpResponse.BodyHandlers.ofLines());
                lines.body()
                        .filter(line -> line.startsWith("data: "))
                        .forEach(line -> seen(line.substring(6)));
            } catch (IOException | java.io.UncheckedIOException e) {
                pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Until the port is open there is nothing to wait on. */
    private static void pause() {
        java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }

    private void seen(String json) {
        try {
            RuntimeEvent event = LedgerJson.mapper().readValue(json, RuntimeEvent.class);
            lock.lock();
            try {
                switch (event) {
                    case RuntimeEvent.Snapshot(_, var view) -> {
                        newest = Optional.of(view);
                        states.add(view.state());
                    }
                    case RuntimeEvent.Heartbeat _ -> heartbeats++;
                }
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        } catch (IOException e) {
            throw new IllegalStateException("unreadable event: " + json, e);
        }
    }

    RuntimeView await(String what, Predicate<RuntimeView> wanted) throws InterruptedException {
        return await(what, () -> newest.filter(wanted).isPresent());
    }

    /** Until the process has said {@code more} times from now on that it lives. */
    void listen(int more) throws InterruptedException {
        int enough = heartbeats() + more;
        await(more + " heartbeats", () -> heartbeats >= enough);
    }

    private RuntimeView await(String what, BooleanSupplier holds) throws InterruptedException {
        long left = Duration.ofSeconds(60).toNanos();
        lock.lock();
        try {
            while (!holds.getAsBoolean()) {
                if (left <= 0 || !process.isAlive()) {
                    throw new AssertionError(
                            "never "
                                    + what
                                    + ", but "
                                    + newest
                                    + "; see "
                                    + directory.resolve("log"));
                }
                left =
                        Math.min(
                                left,
                                changed.awaitNanos(
                                                Math.min(left, TimeUnit.MILLISECONDS.toNanos(500)))
                                        + left
                                        - Math.min(left, TimeUnit.MILLISECONDS.toNanos(500)));
            }
            return newest.orElseThrow();
        } finally {
            lock.unlock();
        }
    }

    /** The state of each snapshot so far. */
    List<RuntimeState> states() {
        lock.lock();
        try {
            return List.copyOf(states);
        } finally {
            lock.unlock();
        }
    }

    int heartbeats() {
        lock.lock();
        try {
            return heartbeats;
        } finally {
            lock.unlock();
        }
    }

    Receipt send(CommandSigner signer, Command command) throws IOException, InterruptedException {
        var body = LedgerJson.mapper().writeValueAsString(signer.sign(command));
        var answer =
                http.send(
                        HttpRequest.newBuilder(uri("/v1/commands"))
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return LedgerJson.mapper().readValue(answer.body(), Receipt.class);
    }

    int status(String path) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(uri(path)).build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** What the engine of this pod says of its jobs. */
    String jobs() throws IOException, InterruptedException {
        return http.send(
                        flinkRequest("GET", "/jobs/overview"), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** The status by which Flink's own interface answers. */
    int flink(String method, String path) throws IOException, InterruptedException {
        return http.send(flinkRequest(method, path), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private HttpRequest flinkRequest(String method, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + flinkPort + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
    }

    /** The names and stacks of all threads. */
    String threads() throws IOException, InterruptedException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var asked =
                new ProcessBuilder(jcmd, String.valueOf(process.pid()), "Thread.print")
                        .redirectErrorStream(true)
                        .start();
        var told = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (asked.waitFor() != 0) {
            throw new IOException(told);
        }
        return told;
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    String uid() {
        return uid;
    }

    Path directory() {
        return directory;
    }

    /** Whether a class was loaded whose name begins with {@code prefix}. */
    boolean loaded(String prefix) throws IOException {
        try (var lines = Files.lines(directory.resolve("classes.log"))) {
            return lines.anyMatch(line -> line.contains("] " + prefix));
        }
    }

    /** kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            throw new AssertionError("the process does not die");
        }
    }

    int exit() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the process does not end; see " + directory.resolve("log"));
        }
        return process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
        http.close();
    }
}
