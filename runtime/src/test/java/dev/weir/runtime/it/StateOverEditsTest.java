package dev.weir.runtime.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.weir.ledger.LedgerRecord;
import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.RestorePoint;
import dev.weir.ledger.Seen;
import dev.weir.ledger.Start;
import dev.weir.protocol.Command;
import dev.weir.protocol.CommandSigner;
import dev.weir.protocol.JobDescription.Backend;
import dev.weir.protocol.Receipt.Outcome;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import dev.weir.protocol.StateFit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An edited SQL job goes on from its own savepoint, in another process: by the last row of the old
 * program and the first row of the new one for every key.
 */
@Tag("integration")
@Timeout(180)
class StateOverEditsTest {

    private static final String TABLES =
            """
            CREATE TABLE src (k INT, v BIGINT) WITH ('connector' = 'datagen',
              'rows-per-second' = '100', 'fields.k.min' = '0', 'fields.k.max' = '4');
            CREATE TABLE snk (k INT, c BIGINT) WITH ('connector' = 'print',
              'print-identifier' = 'row');
            """;

    /** What every plan of these programs calls it, be it in one piece or the global part of two. */
    private static final String AGGREGATE = "(Global)?GroupAggregate.*";

    private static final Pattern ROW = Pattern.compile("row> \\+[IU]\\[(\\d+), (\\d+)]");

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
    void stop() {
        s3.close();
    }

    /** A batch of one row makes mini-batches put out every count. */
    private static final String BATCHES =
            """
            SET 'table.exec.mini-batch.enabled' = 'true';
            SET 'table.exec.mini-batch.allow-latency' = '1 s';
            SET 'table.exec.mini-batch.size' = '1';
            """;

    static Stream<Arguments> edits() {
        String count = "INSERT INTO snk SELECT k, COUNT(*) FROM src GROUP BY k;";
        return Stream.of(
                argumentSet(
                        "a projection after the aggregate",
                        count,
                        "INSERT INTO snk SELECT k, COUNT(*) + 1000000 FROM src GROUP BY k;",
                        1_000_001L),
                argumentSet("mini-batches", count, BATCHES + count, 1L));
    }

    @ParameterizedTest
    @MethodSource("edits")
    void anEditThatLeavesTheAggregateAloneGoesOnCounting(String before, String after, long step)
            throws Exception {
        Map<Integer, Long> last;
        try (Pod pod = pod("old", before)) {
            activate(pod, 0, new Start.First());
            pod.await("two checkpoints", v -> v.checkpoint().filter(c -> c.id() >= 2).isPresent());
            suspend(pod);
            last = rows(pod, (_, newer) -> newer);
        }
        try (Pod pod = pod("new", after)) {
            assertThat(fit(pod).verdict()).isEqualTo(new StateFit.Fits());
            assertThat(findings(fit(pod), AGGREGATE)).containsExactly(StateFit.Kept.class);
            activate(pod, 1, new Start.Latest());
            RuntimeView view =
                    pod.await(
                            "a checkpoint",
                            v -> v.checkpoint().filter(c -> !c.savepoint()).isPresent());
            pod.await(
                    "two more checkpoints",
                    v ->
                            v.checkpoint().orElseThrow().id()
                                    >= view.checkpoint().orElseThrow().id() + 2);
            Map<Integer, Long> first = rows(pod, (older, _) -> older);
            assertThat(last).hasSize(5);
            last.replaceAll((_, count) -> count + step);
            assertThat(first).isEqualTo(last);
        }
    }

    @Test
    void aPodThatWaitsTellsWhatWouldBecomeOfEachOperatorsState() throws Exception {
        try (Pod pod = pod("old", "INSERT INTO snk SELECT k, COUNT(*) FROM src GROUP BY k;")) {
            assertThat(fit(pod).with()).isEqualTo(new RestorePoint.Fresh());
            assertThat(findings(fit(pod), ".*")).containsOnly(StateFit.New.class);
            activate(pod, 0, new Start.First());
            pod.await("two checkpoints", v -> v.checkpoint().filter(c -> c.id() >= 2).isPresent());
            suspend(pod);
            var closed =
                    pod.await(
                            "a comparison with its own savepoint",
                            v ->
                                    v.fit() instanceof Seen.Present<StateFit>(var fit)
                                            && fit.with() instanceof RestorePoint.Savepoint);
            assertThat(findings(fit(closed), ".*")).containsOnly(StateFit.Kept.class);
            assertThat(claim(closed).operators().orElseThrow().told())
                    .isEqualTo(closed.prepared().orElseThrow().claimed().told())
                    .isNotEmpty();
        }
        String filtered = "INSERT INTO snk SELECT k, COUNT(*) FROM src WHERE v > 0 GROUP BY k;";
        try (Pod pod = pod("filtered", filtered)) {
            assertThat(fit(pod).verdict()).isEqualTo(new StateFit.Fits());
            assertThat(findings(fit(pod), AGGREGATE)).containsExactly(StateFit.Refiltered.class);
        }
        String other =
                """
                SET 'pipeline.max-parallelism' = '64';
                INSERT INTO snk SELECT k, MAX(v) FROM src GROUP BY k;
                """;
        try (Pod pod = pod("other", other)) {
            assertThat(fit(pod).verdict()).isInstanceOf(StateFit.Misfits.class);
            assertThat(findings(fit(pod), AGGREGATE))
                    .containsExactly(StateFit.New.class, StateFit.Dropped.class);
            assertThat(findings(fit(pod), ".*src.*")).contains(StateFit.MaxParallelism.class);
        }
    }

    private static StateFit fit(Pod pod) throws InterruptedException {
        return fit(pod.await("compared", v -> v.fit() instanceof Seen.Present<StateFit>));
    }

    private static StateFit fit(RuntimeView view) {
        return ((Seen.Present<StateFit>) view.fit()).value();
    }

    private static LedgerRecord.Claim claim(RuntimeView view) {
        return ((LedgerView.Term) ((Seen.Present<LedgerView>) view.ledger()).value()).claim();
    }

    private static List<Class<?>> findings(StateFit fit, String name) {
        return fit.findings().stream()
                .filter(finding -> finding.name().matches(name))
                .<Class<?>>map(Object::getClass)
                .toList();
    }

    private Pod pod(String name, String script) throws IOException {
        return Pod.start(
                Files.createDirectories(directory.resolve(name)),
                name,
                Descriptions.of(s3, keys, Backend.HASH_MAP),
                TABLES + script);
    }

    private void activate(Pod pod, long expectedTerm, Start start) throws Exception {
        pod.await("held", v -> v.state() instanceof RuntimeState.Held);
        var receipt =
                pod.send(
                        signer,
                        new Command.Activate(
                                "a-" + pod.uid(),
                                "job-1",
                                pod.uid(),
                                expectedTerm,
                                start,
                                Optional.empty(),
                                Optional.empty()));
        assertThat(receipt.outcome()).isEqualTo(Outcome.ACCEPTED);
        pod.await("running", v -> v.state() instanceof RuntimeState.Running);
    }

    private void suspend(Pod pod) throws Exception {
        pod.send(
                signer,
                new Command.Stop(
                        "s-" + pod.uid(),
                        "job-1",
                        pod.uid(),
                        1,
                        CloseReason.SUSPEND,
                        "stop-" + pod.uid(),
                        Duration.ofSeconds(30)));
        pod.await(
                "held after the stop",
                v ->
                        v.state() instanceof RuntimeState.Held
                                && v.receipts().getLast().outcome() == Outcome.DONE);
    }

    private static Map<Integer, Long> rows(Pod pod, BinaryOperator<Long> which) throws IOException {
        var rows = new HashMap<Integer, Long>();
        try (var lines = Files.lines(pod.directory().resolve("log"))) {
            lines.forEach(
                    line -> {
                        var row = ROW.matcher(line);
                        if (row.find()) {
                            rows.merge(
                                    Integer.valueOf(row.group(1)),
                                    Long.valueOf(row.group(2)),
                                    which);
                        }
                    });
        }
        return rows;
    }
}
