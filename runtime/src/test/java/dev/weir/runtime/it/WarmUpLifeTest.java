package dev.weir.runtime.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ledger.LedgerJson;
import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.ledger.Seen;
import dev.weir.ledger.Start;
import dev.weir.ledger.s3.S3LedgerStore;
import dev.weir.protocol.Command;
import dev.weir.protocol.CommandSigner;
import dev.weir.protocol.JobDescription;
import dev.weir.protocol.JobDescription.Backend;
import dev.weir.protocol.Receipt.Outcome;
import dev.weir.protocol.RuntimeState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A pod that waits warms itself up, as a real process; and does so for nobody to see. */
@Tag("integration")
@Timeout(180)
class WarmUpLifeTest {

    private static final String SCRIPT =
            """
            CREATE TABLE src (k INT, v BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '200',
              'fields.k.min' = '0', 'fields.k.max' = '9');
            CREATE TABLE snk (k INT, c BIGINT) WITH ('connector' = 'blackhole');
            INSERT INTO snk SELECT k, COUNT(*) FROM src GROUP BY k;
            """;

    private static final String JOB = "weir-warm-up";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    private LocalS3 s3;
    private KeyPair keys;
    private CommandSigner signer;

    @BeforeEach
    void start() throws Exception {
        s3 = LocalS3.start(Files.createDirectories(directory.resolve("store")));
        keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        signer = new CommandSigner(keys.getPrivate(), keys.getPublic());
    }

    @AfterEach
    void stop() throws Exception {
        s3.close();
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aPodThatIsToldNothingIsWarmSoonAndNothingOfItIsLeft(Backend backend) throws Exception {
        JobDescription job = Descriptions.of(s3, keys, backend);
        try (Pod pod = Pod.start(home(), "pod-1", job, SCRIPT)) {
            pod.await("held", v -> v.state().equals(new RuntimeState.Held(false)));
            pod.await("warm", v -> v.state().equals(new RuntimeState.Held(true)));

            assertThat(jobs(pod, "FINISHED")).isEqualTo(2);
            assertThat(bucket(job)).isEmpty();
            assertThat(pod.directory().resolve("work").resolve("warm-up")).doesNotExist();
            assertThat(pod.threads())
                    .contains("driver")
                    .doesNotContain("weir_warm_up", "\"warm-up\"");

            activate(pod);
            pod.send(signer, stop(pod));
            pod.await(
                    "held after the stop",
                    v ->
                            v.state().equals(new RuntimeState.Held(true))
                                    && v.receipts().getLast().outcome() == Outcome.DONE);
        }
    }

    @Test
    void anActivateThatComesAmidItIsCarriedOut() throws Exception {
        JobDescription job = Descriptions.of(s3, keys, Backend.HASH_MAP);
        try (Pod pod = Pod.start(home(), "pod-1", job, SCRIPT)) {
            pod.await("held", v -> v.state() instanceof RuntimeState.Held);
            awaitWarmUpJob(pod);
            activate(pod);
            assertThat(jobs(pod, "FINISHED")).as("rounds of the warm-up").isLessThan(2);
            pod.await("a checkpoint", v -> v.checkpoint().isPresent());
            assertThat(bucket(job)).noneMatch(key -> key.contains(JOB));
        }
    }

    private Path home() throws Exception {
        return Files.createDirectories(directory.resolve("pod"));
    }

    private void activate(Pod pod) throws Exception {
        var activate =
                new Command.Activate(
                        "a-1",
                        "job-1",
                        pod.uid(),
                        0,
                        new Start.First(),
                        Optional.empty(),
                        Optional.empty());
        assertThat(pod.send(signer, activate).outcome()).isEqualTo(Outcome.ACCEPTED);
        pod.await("running", v -> v.state() instanceof RuntimeState.Running);
    }

    private static Command stop(Pod pod) {
        return new Command.Stop(
                "s-1",
                "job-1",
                pod.uid(),
                1,
                CloseReason.SUSPEND,
                "stop-1",
                Duration.ofSeconds(30));
    }

    /** The engine's list is the only place where the throw-away job shows. */
    private static void awaitWarmUpJob(Pod pod) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (jobs(pod, "RUNNING") == 0) {
            assertThat(System.nanoTime()).as("no warm-up seen").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static long jobs(Pod pod, String state) throws Exception {
        return StreamSupport.stream(
                        LedgerJson.mapper().readTree(pod.jobs()).get("jobs").spliterator(), false)
                .filter(job -> job.get("name").asText().equals(JOB))
                .filter(job -> job.get("state").asText().equals(state))
                .count();
    }

    private List<String> bucket(JobDescription job) throws Exception {
        try (var client = s3.client()) {
            var seen = S3LedgerStore.at(job.storage().root(), client).listAfter("", "");
            return ((Seen.Present<List<String>>) seen).value();
        }
    }
}
