package dev.weir.runtime.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ledger.JobStore;
import dev.weir.ledger.LedgerView;
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
import dev.weir.protocol.SavepointFormat;
import dev.weir.protocol.SavepointView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.s3.S3Client;

/** Savepoints on request, of a real job on a real store. */
@Tag("integration")
@Timeout(120)
class SavepointLifeTest {

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
    private S3Client client;
    private KeyPair keys;
    private CommandSigner signer;

    @BeforeEach
    void start() throws Exception {
        s3 = LocalS3.start(Files.createDirectories(directory.resolve("store")));
        client = s3.client();
        keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        signer = new CommandSigner(keys.getPrivate(), keys.getPublic());
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        s3.close();
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void oneIsTakenWhileTheJobRunsOnFoundAgainByAnotherProcessAndErasedOnOrder(Backend backend)
            throws Exception {
        JobDescription job = Descriptions.of(s3, keys, backend);
        JobStore store = S3LedgerStore.at(job.storage().root(), client);
        Path home = Files.createDirectories(directory.resolve("pod"));
        SavepointView.Result taken;
        try (Pod pod = Pod.start(home, "pod-1", job, SCRIPT)) {
            run(pod);
            pod.send(signer, take("t-1", 1, "svp-1", SavepointFormat.CANONICAL));
            taken = complete(pod, "svp-1");
            pod.send(signer, take("t-2", 1, "svp-2", SavepointFormat.NATIVE));
            complete(pod, "svp-2");

            assertTold(job, taken);
            assertThat(keys(store, "svp-1")).anyMatch(key -> key.endsWith("/_metadata"));
            pod.await(
                    "the job's own checkpoints after it",
                    view ->
                            view.checkpoint()
                                    .filter(c -> c.id() > taken.checkpointId() + 2)
                                    .filter(c -> !c.savepoint())
                                    .isPresent());
            assertThat(latest(store)).as("rule 3: no restore point").doesNotContain("/savepoints/");
        }

        try (Pod pod = Pod.start(home, "pod-1", job, SCRIPT)) {
            pod.await(
                    "running again",
                    v -> v.state() instanceof RuntimeState.Running(var term, _, _) && term == 2);
            pod.send(signer, take("t-3", 2, "svp-1", SavepointFormat.CANONICAL));
            var found = complete(pod, "svp-1");
            assertThat(found.location()).as("none is taken twice").isEqualTo(taken.location());
            assertThat(found.term()).isEqualTo(1);
            assertThat(found.operators()).isEqualTo(taken.operators());
            assertThat(found.taking()).isEmpty();

            pod.send(signer, new Command.EraseSavepoint("e-1", "job-1", "pod-1", 2, "svp-1"));
            pod.await("erased", done("e-1"));
            assertThat(keys(store, "svp-1")).isEmpty();
            assertThat(keys(store, "svp-2")).isNotEmpty();
        }
    }

    private void run(Pod pod) throws Exception {
        pod.await("held", v -> v.state() instanceof RuntimeState.Held);
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
        pod.await("a checkpoint", v -> v.checkpoint().isPresent());
    }

    private static void assertTold(JobDescription job, SavepointView.Result taken) {
        assertThat(taken.location()).startsWith(job.storage().root() + "/savepoints/svp-1/");
        assertThat(taken.term()).isEqualTo(1);
        assertThat(taken.revision()).isEqualTo(job.revision());
        assertThat(taken.bytes()).isPositive();
        assertThat(taken.taking())
                .hasValueSatisfying(
                        taking -> {
                            assertThat(taking.duration()).isPositive();
                            assertThat(taking.flinkVersion()).startsWith("2.3");
                        });
        assertThat(taken.operators())
                .anySatisfy(
                        operator -> {
                            assertThat(operator.name()).contains("GroupAggregate");
                            assertThat(operator.bytes()).isPositive();
                            assertThat(operator.parallelism()).isEqualTo(job.parallelism());
                            assertThat(operator.maxParallelism()).isEqualTo(128);
                        });
    }

    private static SavepointView.Result complete(Pod pod, String savepoint) throws Exception {
        var view =
                pod.await(
                        savepoint + " complete",
                        v ->
                                v.savepoint(savepoint)
                                        .map(SavepointView::progress)
                                        .filter(SavepointView.Complete.class::isInstance)
                                        .isPresent());
        assertThat(view.state()).isInstanceOf(RuntimeState.Running.class);
        return ((SavepointView.Complete) view.savepoint(savepoint).orElseThrow().progress())
                .result();
    }

    private static Command take(String id, long term, String savepoint, SavepointFormat format) {
        return new Command.TakeSavepoint(id, "job-1", "pod-1", term, savepoint, format);
    }

    private static Predicate<RuntimeView> done(String command) {
        return view ->
                view.receipts().stream()
                        .anyMatch(
                                receipt ->
                                        receipt.command().equals(command)
                                                && receipt.outcome() == Outcome.DONE);
    }

    private static List<String> keys(JobStore store, String savepoint) {
        var listed = store.listAfter("savepoints/" + savepoint + "/", "");
        return ((Seen.Present<List<String>>) listed).value();
    }

    private static String latest(JobStore store) throws InterruptedException {
        var seen = (Seen.Present<LedgerView>) new StepRunner(store).run(Walking.look());
        return ((LedgerView.Term) seen.value()).latest().toString();
    }
}
