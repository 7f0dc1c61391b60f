package dev.weir.runtime.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.RestorePoint;
import dev.weir.ledger.Seen;
import dev.weir.ledger.Start;
import dev.weir.ledger.StepRunner;
import dev.weir.ledger.Walking;
import dev.weir.ledger.s3.S3LedgerStore;
import dev.weir.protocol.Command;
import dev.weir.protocol.CommandSigner;
import dev.weir.protocol.JobDescription;
import dev.weir.protocol.JobDescription.Backend;
import dev.weir.protocol.Receipt.Outcome;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The runtime as a real process on a real store: Held, Active, killed, resumed, stopped, Held
 * again.
 */
@Tag("integration")
@Timeout(120)
class RuntimeLifeTest {

    private static final String SCRIPT =
            """
            CREATE TABLE src (k INT, v BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '200',
              'fields.k.min' = '0', 'fields.k.max' = '9');
            CREATE TABLE snk (k INT, c BIGINT) WITH ('connector' = 'blackhole');
            INSERT INTO snk SELECT k, COUNT(*) FROM src GROUP BY k;
            """;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    private LocalS3 s3;
    private KeyPair keys;
    private CommandSigner signer;

    @BeforeEach
    void start() throws Exception {
        s3 =
                LocalS3.start(
                        directory.resolve("store").toFile().mkdirs()
                                ? directory.resolve("store")
                                : directory);
        keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        signer = new CommandSigner(keys.getPrivate(), keys.getPublic());
    }

    @AfterEach
    void stop() {
        s3.close();
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aPodIsHeldThenActiveSurvivesAKillAndIsHeldAgain(Backend backend) throws Exception {
        JobDescription job = job(backend);
        Path home = directory.resolve("pod");
        home.toFile().mkdirs();
        long killedAt;
        try (Pod pod = Pod.start(home, "pod-1", job, SCRIPT)) {
            pod.await("held", v -> v.state() instanceof RuntimeState.Held);
            assertThat(pod.status("/ready")).isEqualTo(200);
            var receipt =
                    pod.send(
                            signer,
                            new Command.Activate(
                                    "a-1",
                                    "job-1",
                                    "pod-1",
                                    0,
                                    new Start.First(),
                                    Optional.empty(),
                                    Optional.empty()));
            assertThat(receipt.outcome()).isEqualTo(Outcome.ACCEPTED);
            pod.await(
                    "running",
                    v -> v.state() instanceof RuntimeState.Running(var term, _, _) && term == 1);
            var view =
                    pod.await(
                            "three checkpoints",
                            v -> v.checkpoint().filter(c -> c.id() >= 3).isPresent());
            killedAt = view.checkpoint().orElseThrow().id();
            assertThat(pod.heartbeats()).isPositive();
            flinkShowsTheJobAndTakesNoOrders(pod, view);
            pod.kill();
        }
        LedgerView.Term left = ledger(job);
        assertThat(left.number()).isEqualTo(1);
        assertThat(left.latest().lastId()).isGreaterThanOrEqualTo(killedAt);

        try (Pod pod = Pod.start(home, "pod-1", job, SCRIPT)) {
            // Rule 4: the newest claim names this pod, so it goes on without being told.
            pod.await(
                    "running again",
                    v -> v.state() instanceof RuntimeState.Running(var term, _, _) && term == 2);
            assertThat(ledger(job).claim().from()).isEqualTo(left.latest());
            pod.await(
                    "a checkpoint of term 2",
                    v -> v.checkpoint().filter(c -> c.id() > left.latest().lastId()).isPresent());
            pod.send(
                    signer,
                    new Command.Stop(
                            "s-1",
                            "job-1",
                            "pod-1",
                            2,
                            CloseReason.SUSPEND,
                            "stop-1",
                            Duration.ofSeconds(30)));
            pod.await(
                    "held after the stop",
                    v ->
                            v.state() instanceof RuntimeState.Held
                                    && v.receipts().getLast().outcome() == Outcome.DONE);
        }
        LedgerView.Term end = ledger(job);
        assertThat(end.end())
                .isEqualTo(new LedgerView.ClosedFor(CloseReason.SUSPEND, Optional.empty(), true));
        assertThat(end.latest()).isInstanceOf(RestorePoint.Savepoint.class);
    }

    private static void flinkShowsTheJobAndTakesNoOrders(Pod pod, RuntimeView view)
            throws Exception {
        var id = ((RuntimeState.Running) view.state()).jobId();
        assertThat(pod.flink("GET", "/")).as("the UI").isEqualTo(200);
        assertThat(pod.flink("GET", "/jobs/" + id)).isEqualTo(200);
        assertThat(pod.flink("PATCH", "/jobs/" + id + "?mode=cancel")).isIn(404, 405);
        assertThat(pod.flink("POST", "/jobs/" + id + "/savepoints")).isIn(404, 405);
        assertThat(pod.flink("DELETE", "/cluster")).isIn(404, 405);
    }

    private LedgerView.Term ledger(JobDescription job) throws InterruptedException {
        try (var client = s3.client()) {
            var seen =
                    new StepRunner(S3LedgerStore.at(job.storage().root(), client))
                            .run(Walking.look());
            return (LedgerView.Term) ((Seen.Present<LedgerView>) seen).value();
        }
    }

    private JobDescription job(Backend backend) {
        return Descriptions.of(s3, keys, backend);
    }
}
