package dev.weir.runtime;

import dev.weir.ledger.LedgerJson;
import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.ledger.Start;
import dev.weir.protocol.Command;
import dev.weir.protocol.CommandKeys;
import dev.weir.protocol.CommandSigner;
import dev.weir.protocol.JobDescription;
import dev.weir.protocol.JobDescription.Backend;
import dev.weir.protocol.MemoryBudget;
import dev.weir.protocol.Problem;
import dev.weir.protocol.RuntimeEvent;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import dev.weir.runtime.flink.EngineSettings;
import dev.weir.runtime.program.HeldProgram;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A pod's whole life in small, for the image's ahead-of-time cache to learn its classes from: Held,
 * Active, a few checkpoints, stopped with a savepoint, and a clean exit.
 *
 * <p>Needs an S3 store with a bucket {@code training} at the address in {@code
 * WEIR_TRAINING_STORE}, credentials and ports in the usual variables, and a working directory of
 * its own. Ends with 1 if the life does not go as it should.
 */
public final class Training {

    private static final String STORE = "WEIR_TRAINING_STORE";
    private static final int CHECKPOINTS = 3;
    private static final Duration BOUND = Duration.ofMinutes(3);

    private static final String JOB_UID = "training-job";
    private static final String POD_UID = "training-pod";

    private static final String RUN =
            """
            CREATE TABLE numbers (k BIGINT, v BIGINT, t AS PROCTIME()) WITH (
              'connector' = 'datagen', 'rows-per-second' = '200', 'fields.k.min' = '0', 'fields.k.max' = '9');
            CREATE TABLE counts (k BIGINT, n BIGINT, s BIGINT) WITH ('connector' = 'blackhole');
            INSERT INTO counts SELECT k, COUNT(*), SUM(v) FROM numbers WHERE v > 0 GROUP BY k;
            """;

    /** Compiled and never run, as no broker is there. */
    private static final String COMPILED =
            """
            CREATE TABLE arrivals (k BIGINT, v BIGINT, t AS PROCTIME()) WITH (
              'connector' = 'kafka', 'topic' = 'arrivals', 'properties.bootstrap.servers' = '127.0.0.1:9',
              'scan.startup.mode' = 'earliest-offset', 'format' = 'json');
            CREATE TABLE totals (k BIGINT, n BIGINT) WITH (
              'connector' = 'kafka', 'topic' = 'totals', 'properties.bootstrap.servers' = '127.0.0.1:9',
              'key.format' = 'json', 'key.fields' = 'k', 'value.format' = 'json',
              'sink.delivery-guarantee' = 'exactly-once', 'sink.transactional-id-prefix' = 'training');
            INSERT INTO totals SELECT k, COUNT(*) OVER (PARTITION BY k ORDER BY t) FROM arrivals;
            """;

    private final JobDescription job;
    private final CommandSigner signer;
    private final URI control;
    private final HttpClient http = HttpClient.newHttpClient();

    private Training(JobDescription job, CommandSigner signer, URI control) {
        this.job = job;
        this.signer = signer;
        this.control = control;
    }

    public static void main(String[] arguments) {
        try {
            train();
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            // Not left to the end of this thread: the engine's own would keep the JVM for ever.
            Runtime.getRuntime().halt(1);
        }
    }

    private static void train() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Surroundings pod = Surroundings.of(environment(Path.of("").toAbsolutePath()));
        JobDescription job = job(URI.create(System.getenv(STORE)), keys);
        Files.createDirectories(pod.program());
        Files.writeString(pod.program().resolve("program.sql"), RUN);
        kafka(job);
        var over = new AtomicBoolean();
        Halt halt = Halt.ofTheJvm();
        // The engine's own shutdown is no loss once the life is over: a halt would leave no cache.
        RuntimeMain.run(
                pod,
                job,
                RuntimeMain.s3(job),
                (code, why) -> over.get() ? new Error(why) : halt.now(code, why));
        new Training(
                        job,
                        new CommandSigner(keys.getPrivate(), keys.getPublic()),
                        URI.create("http://127.0.0.1:" + pod.ports().control()))
                .life();
        over.set(true);
    }

    private void life() throws IOException, InterruptedException {
        await("Held", view -> view.state() instanceof RuntimeState.Held);
        send(
                new Command.Activate(
                        "training-1",
                        JOB_UID,
                        POD_UID,
                        0,
                        new Start.First(),
                        Optional.empty(),
                        Optional.empty()));
        await(
                CHECKPOINTS + " checkpoints",
                view -> view.checkpoint().filter(c -> c.id() >= CHECKPOINTS).isPresent());
        send(
                new Command.Stop(
                        "training-2",
                        JOB_UID,
                        POD_UID,
                        1,
                        CloseReason.SUSPEND,
                        "training",
                        Duration.ofMinutes(1)));
        await("Held again", view -> view.state() instanceof RuntimeState.Held);
    }

    private void await(String what, Predicate<RuntimeView> wanted)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(control.resolve("/v1/events")).timeout(BOUND).build();
        long deadline = System.nanoTime() + BOUND.toNanos();
        try (var lines = http.send(request, BodyHandlers.ofLines()).body()) {
            var events = lines.filter(line -> line.startsWith("data: ")).iterator();
            while (events.hasNext() && System.nanoTime() < deadline) {
                var event =
                        LedgerJson.mapper()
                                .readValue(
                                        events.next().substring("data: ".length()),
                                        RuntimeEvent.class);
                if (event instanceof RuntimeEvent.Snapshot(_, var view)) {
                    // On a busy machine the store's first answer takes longer than it may.
                    if (view.state() instanceof RuntimeState.Unfit(var problem)
                            && problem.kind() != Problem.Kind.STORE_UNREACHABLE) {
                        throw new IllegalStateException(problem.message());
                    }
                    if (wanted.test(view)) {
                        return;
                    }
                }
            }
        }
        throw new IllegalStateException(job.name() + " was not seen to reach " + what);
    }

    private void send(Command command) throws IOException, InterruptedException {
        var body = LedgerJson.mapper().writeValueAsString(signer.sign(command));
        var request =
                HttpRequest.newBuilder(control.resolve("/v1/commands"))
                        .timeout(BOUND)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        var answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(command + " was answered: " + answer.body());
        }
    }

    private static void kafka(JobDescription job) throws Exception {
        HeldProgram.ofSql(COMPILED, "compiled", EngineSettings.job(job), job.parallelism());
        Map<String, Object> nowhere = Map.of("bootstrap.servers", "127.0.0.1:9");
        new KafkaProducer<>(nowhere, new ByteArraySerializer(), new ByteArraySerializer())
                .close(Duration.ZERO);
        new KafkaConsumer<>(nowhere, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .close();
    }

    private static Map<String, String> environment(Path home) {
        var environment = new HashMap<>(System.getenv());
        environment.put("WEIR_POD_UID", POD_UID);
        environment.put("WEIR_WORK", home.resolve("work").toString());
        environment.put("WEIR_PROGRAM", home.resolve("program").toString());
        return environment;
    }

    private static JobDescription job(URI store, KeyPair keys) {
        return new JobDescription(
                "training",
                "training",
                JOB_UID,
                "training",
                new JobDescription.Storage(
                        URI.create("s3://training/job"), "us-east-1", Optional.of(store), true),
                new JobDescription.State(Backend.ROCKS_DB, true),
                new JobDescription.Checkpointing(
                        Duration.ofMillis(500), Duration.ZERO, Duration.ofMinutes(1), false, 3),
                new JobDescription.Restart(
                        Duration.ofMillis(100),
                        Duration.ofSeconds(1),
                        Optional.of(1),
                        Duration.ofMinutes(1)),
                1,
                MemoryBudget.of(1024L * 1024 * 1024, Backend.ROCKS_DB),
                Map.of(),
                List.of(CommandKeys.text(keys.getPublic())),
                1_000);
    }
}
