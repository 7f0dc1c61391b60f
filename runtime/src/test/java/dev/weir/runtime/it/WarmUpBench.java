package dev.weir.runtime.it;

import dev.weir.ledger.Start;
import dev.weir.protocol.Command;
import dev.weir.protocol.CommandSigner;
import dev.weir.protocol.JobDescription;
import dev.weir.protocol.JobDescription.Backend;
import dev.weir.protocol.RuntimeState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * What a warm-up is worth, printed: milliseconds from an activate to all tasks running, as in an
 * upgrade, from the newest checkpoint of a pod that was killed. Of a pod that is activated as soon
 * as it is Held, of one that has warmed itself up, and of one that is amid that; for the last, how
 * long its throw-away job took to go is told as well. Run after {@code package}, from the module's
 * folder; the first argument is how often.
 */
final class WarmUpBench implements AutoCloseable {

    private static final String SCRIPT =
            """
            CREATE TABLE src (k INT, v BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '200',
              'fields.k.min' = '0', 'fields.k.max' = '9');
            CREATE TABLE snk (k INT, c BIGINT) WITH ('connector' = 'blackhole');
            INSERT INTO snk SELECT k, COUNT(*) FROM src GROUP BY k;
            """;

    private static final Pattern CUT_SHORT = Pattern.compile("cut short in (\\d+) ms");

    /** When a pod is activated. */
    private sealed interface When {
        record AtOnce() implements When {}

        record Warm() implements When {}

        /** So long after it became Held; the warm-up begins after a second. */
        record Amid(Duration after) implements When {}
    }

    private final Path directory;
    private final LocalS3 s3;
    private final JobDescription job;
    private final CommandSigner signer;
    private long term;

    private WarmUpBench(Path directory, LocalS3 s3, Backend backend, KeyPair keys) {
        this.directory = directory;
        this.s3 = s3;
        this.job = Descriptions.of(s3, keys, backend);
        this.signer = new CommandSigner(keys.getPrivate(), keys.getPublic());
    }

    public static void main(String[] arguments) throws Exception {
        int times = arguments.length == 0 ? 3 : Integer.parseInt(arguments[0]);
        Path all = Files.createTempDirectory("warm-up");
        for (Backend backend : Backend.values()) {
            Path directory = Files.createDirectories(all.resolve(backend.name()));
            var s3 = LocalS3.start(Files.createDirectories(directory.resolve("store")));
            var keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            try (var bench = new WarmUpBench(directory, s3, backend, keys)) {
                bench.activation(new When.AtOnce());
                bench.print(times, new When.AtOnce());
                bench.print(times, new When.Warm());
                for (int millis = 1_100; millis < 3_000; millis += 400) {
                    bench.print(times, new When.Amid(Duration.ofMillis(millis)));
                }
            }
        }
        System.out.println("logs in " + all);
    }

    private void print(int times, When when) throws Exception {
        List<String> took = new ArrayList<>();
        for (int time = 0; time < times; time++) {
            took.add(activation(when));
        }
        System.out.printf("%-8s %-22s %s%n", job.state().backend(), when, took);
    }

    private String activation(When when) throws Exception {
        String uid = "pod-" + (term + 1);
        Path home = Files.createDirectories(directory.resolve(uid));
        try (Pod pod = Pod.start(home, uid, job, SCRIPT)) {
            pod.await("held", v -> v.state() instanceof RuntimeState.Held);
            switch (when) {
                case When.AtOnce() -> {}
                case When.Warm() ->
                        pod.await("warm", v -> v.state().equals(new RuntimeState.Held(true)));
                case When.Amid(var after) -> LockSupport.parkNanos(after.toNanos());
            }
            long began = System.nanoTime();
            Start start = term == 0 ? new Start.First() : new Start.Latest();
            pod.send(
                    signer,
                    new Command.Activate(
                            "a" + term,
                            "job-1",
                            uid,
                            term,
                            start,
                            Optional.empty(),
                            Optional.empty()));
            pod.await("running", v -> v.state() instanceof RuntimeState.Running);
            long took = Duration.ofNanos(System.nanoTime() - began).toMillis();
            pod.await("a checkpoint", v -> v.checkpoint().isPresent());
            term++;
            return took + cutShort(home);
        }
    }

    private static String cutShort(Path home) throws IOException {
        var told = CUT_SHORT.matcher(Files.readString(home.resolve("log")));
        return told.find() ? " (" + told.group(1) + ")" : "";
    }

    @Override
    public void close() throws Exception {
        s3.close();
    }
}
