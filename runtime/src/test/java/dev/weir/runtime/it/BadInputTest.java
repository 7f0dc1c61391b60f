package dev.weir.runtime.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ledger.Bound;
import dev.weir.ledger.ClaimOutcome;
import dev.weir.ledger.ClaimRequest;
import dev.weir.ledger.Claiming;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.Seen;
import dev.weir.ledger.Start;
import dev.weir.ledger.StepRunner;
import dev.weir.ledger.s3.S3LedgerStore;
import dev.weir.protocol.Command;
import dev.weir.protocol.CommandSigner;
import dev.weir.protocol.JobDescription;
import dev.weir.protocol.Problem;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.Receipt.Outcome;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import dev.weir.runtime.Halt;
import dev.weir.runtime.Mistake;
import dev.weir.runtime.it.BadStores.Row;
import dev.weir.runtime.kafka.FakeBroker;
import dev.weir.sandbox.servers.ListenAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of mistakes as a runtime pod meets them: each is told by its reason, with place and
 * remedy, in the same words for as long as it lasts, by a process that stays up; and once it is
 * mended the pod goes on, by itself where the cause is not in the spec.
 */
@Tag("integration")
@Timeout(120)
class BadInputTest {

    private static final String CORRECT =
            """
            CREATE TABLE flights (origin STRING, carrier STRING, dep_delay INT) WITH ('connector' = 'datagen', 'rows-per-second' = '10');
            CREATE TABLE delays (carrier STRING, minutes BIGINT) WITH ('connector' = 'blackhole');
            INSERT INTO delays SELECT carrier, COUNT(*) FROM flights GROUP BY carrier;
            """;

    /** As in {@code samples/mistakes}, where the others are compiled by a unit test. */
    private static final Set<String> SCRIPTS =
            Set.of(
                    "does-not-parse.sql",
                    "unknown-table.sql",
                    "unknown-column.sql",
                    "unknown-connector.sql",
                    "no-insert.sql",
                    "owned-key.sql",
                    "no-transactional-id-prefix.sql",
                    "short-transaction.sql");

    private static final String KAFKA =
            """
            CREATE TABLE flights (carrier STRING, dep_delay INT) WITH ('connector' = 'kafka',
              'topic' = 'flights', 'properties.bootstrap.servers' = '$kafka', 'format' = 'json',
              'scan.startup.mode' = 'earliest-offset');
            CREATE TABLE delays (carrier STRING, minutes INT) WITH ('connector' = 'kafka',
              'topic' = 'delays', 'properties.bootstrap.servers' = '$kafka', 'format' = 'json',
              'sink.delivery-guarantee' = 'exactly-once', 'sink.transactional-id-prefix' = 'delays',
              'properties.transaction.timeout.ms' = '900000');
            INSERT INTO delays SELECT carrier, dep_delay FROM flights;
            """;

    /** Enough for a store to be looked at twice more. */
    private static final int HEARTBEATS = 5;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    private BadStores.Surroundings around;

    @BeforeEach
    void aStoreAndAJob() throws Exception {
        around = BadStores.Surroundings.in(directory);
    }

    @AfterEach
    void theStoreGoes() throws Exception {
        around.close();
    }

    static List<Mistake> mistakes() {
        List<Mistake> chosen =
                Mistake.all().stream().filter(one -> SCRIPTS.contains(one.name())).toList();
        assertThat(chosen).hasSameSizeAs(SCRIPTS);
        return chosen;
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aScriptIsToldItsMistakeAndTheLedgerIsReadAllTheSame(Mistake mistake) throws Exception {
        try (Pod pod = pod(mistake.script())) {
            Problem problem = awaitProblem(pod, mistake.reason());
            print(mistake.name(), problem);
            assertThat(Mistake.says(problem)).isEqualTo(mistake.says());
            assertThat(problem.remedy()).isEqualTo(mistake.remedy());
            pod.await("the ledger", v -> v.ledger() instanceof Seen.Present<LedgerView>);
            assertThat(pod.status("/live")).isEqualTo(200);
        }
    }

    @Test
    void aCorrectedScriptIsHeldInThePlaceOfTheOneBefore() throws Exception {
        Mistake first = Mistake.all().getFirst();
        try (Pod pod = pod(first.script())) {
            awaitProblem(pod, first.reason());
        }
        try (Pod pod = pod(CORRECT)) {
            pod.await("held", v -> v.state() instanceof RuntimeState.Held);
        }
    }

    static List<Row> stores() {
        return BadStores.rows();
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aStoreThatCannotBeUsedIsToldUntilItIsMended(Row row) throws Exception {
        row.spoil().accept(around);
        try (Pod pod = pod(CORRECT)) {
            assertTold(pod, row.input(), row.reason(), around.filledIn(row.says()));
            assertThat(awaitProblem(pod, row.reason()).remedy()).isEqualTo(row.remedy());
            row.mend().accept(around);
            if (row.mendedFromOutside()) {
                pod.await("held", v -> v.state() instanceof RuntimeState.Held);
            }
        }
        if (!row.mendedFromOutside()) {
            try (Pod pod = pod(CORRECT)) {
                pod.await("held", v -> v.state() instanceof RuntimeState.Held);
            }
        }
    }

    @Test
    void aMendedSecretIsTakenByTheNextProcessOfThePod() throws Exception {
        Path secret = Files.createDirectories(directory.resolve("secret"));
        write(secret, "wrong");
        around.environment().put("WEIR_SECRET", secret.toString());
        around.environment().put("AWS_SECRET_ACCESS_KEY", "wrong");
        try (Pod pod = pod(CORRECT)) {
            awaitProblem(pod, "StoreDenied");
            write(secret, LocalS3.CREDENTIALS.secretAccessKey());
            assertThat(pod.exit()).isEqualTo(Halt.Code.NEW_CREDENTIALS.number());
        }
        around.environment().put("AWS_SECRET_ACCESS_KEY", LocalS3.CREDENTIALS.secretAccessKey());
        try (Pod pod = pod(CORRECT)) {
            pod.await("held", v -> v.state() instanceof RuntimeState.Held);
        }
    }

    @Test
    void aKafkaThatIsAwayAndThenHasNoTopicIsWaitedFor() throws Exception {
        int port = ListenAddress.free("127.0.0.1").port();
        String brokers = "127.0.0.1:" + port;
        try (Pod pod = pod(KAFKA.replace("$kafka", brokers))) {
            assertTold(
                    pod,
                    "a Kafka that is away",
                    "KafkaUnreachable",
                    "spec.program.sql line 1, column 1: Kafka at "
                            + brokers
                            + " (table 'flights') does not answer");
            try (FakeBroker broker = FakeBroker.start(port)) {
                broker.createTopic("flights");
                assertTold(
                        pod,
                        "a topic that is missing",
                        "TopicMissing",
                        "spec.program.sql line 4, column 1: Topic 'delays' of table 'delays' does"
                                + " not exist in Kafka at "
                                + brokers);
                broker.createTopic("delays");
                pod.await("held", v -> v.state() instanceof RuntimeState.Held);
            }
        }
    }

    @Test
    void transactionsThatTheBrokersDoNotAllowAreRefused() throws Exception {
        try (FakeBroker broker = FakeBroker.start(0)) {
            broker.createTopic("flights");
            broker.createTopic("delays");
            broker.set("transaction.max.timeout.ms", "60000");
            try (Pod pod = pod(KAFKA.replace("$kafka", broker.address()))) {
                assertTold(
                        pod,
                        "transactions longer than the brokers allow",
                        "ConfigurationInvalid",
                        "spec.program.sql line 4, column 1: Table 'delays' has transactions of up"
                                + " to 900000 ms ('properties.transaction.timeout.ms'), and its brokers"
                                + " allow 60000 ms (transaction.max.timeout.ms)");
                broker.set("transaction.max.timeout.ms", "900000");
                pod.await("held", v -> v.state() instanceof RuntimeState.Held);
            }
        }
    }

    /** Rule 11. The operator does not even ask, as the pod tells whose ledger it is. */
    @Test
    void theLedgerOfAnotherJobIsGivenToNobody() throws Exception {
        claimForAnother();
        try (Pod pod = pod(CORRECT)) {
            RuntimeView held = pod.await("held", v -> v.state() instanceof RuntimeState.Held);
            var term = (LedgerView.Term) ((Seen.Present<LedgerView>) held.ledger()).value();
            assertThat(term.claim().jobUid()).isEqualTo("job-0");
            activate(pod, 1, new Start.Latest());
            RuntimeView refused =
                    pod.await("an answer", v -> v.receipts().stream().anyMatch(Receipt::settled));
            var receipt = refused.receipts().getFirst();
            System.out.printf("a ledger of another job | LedgerForeign | %s.%n", receipt.detail());
            assertThat(receipt.outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(refused.state()).isInstanceOf(RuntimeState.Held.class);
        }
    }

    private void claimForAnother() throws InterruptedException {
        var request =
                new ClaimRequest(
                        "a-0",
                        0,
                        new Start.First(),
                        "boot-0",
                        Instant.now(),
                        "pod-0",
                        "job-0",
                        "rev-0",
                        "digest",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        try (var client = around.s3().client()) {
            var store = S3LedgerStore.at(around.job().storage().root(), client);
            assertThat(new StepRunner(store).run(Claiming.claim(request, Bound.standard())))
                    .isInstanceOf(ClaimOutcome.Won.class);
        }
    }

    private void activate(Pod pod, long expectedTerm, Start start) throws Exception {
        var signer = new CommandSigner(around.keys().getPrivate(), around.keys().getPublic());
        pod.send(
                signer,
                new Command.Activate(
                        "a-1",
                        "job-1",
                        "pod-1",
                        expectedTerm,
                        start,
                        Optional.empty(),
                        Optional.empty()));
    }

    /** What a record does to a job, and what is told of it. */
    private record Poison(String input, String expression, String cause) {
        @Override
        public String toString() {
            return input;
        }
    }

    static List<Poison> poisons() {
        return List.of(
                new Poison(
                        "a record that can't be cast",
                        "CAST('late' || CAST(dep_delay AS STRING) AS BIGINT)",
                        "NumberFormatException: For input string: 'late.*'. Invalid character"
                                + " found."),
                new Poison(
                        "a record that is divided by zero",
                        "dep_delay / (dep_delay - dep_delay)",
                        "ArithmeticException: / by zero"));
    }

    @ParameterizedTest
    @MethodSource("poisons")
    void aJobThatFailsOnARecordSaysWhyAndWhereAndTakesACorrectedProgram(Poison poison)
            throws Exception {
        try (Pod pod = pod(CORRECT.replace("COUNT(*)", "SUM(" + poison.expression() + ")"))) {
            pod.await("held", v -> v.state() instanceof RuntimeState.Held);
            activate(pod, 0, new Start.First());
            RuntimeView view =
                    pod.await(
                            "the third failure in a row",
                            v -> v.lastFailure().filter(f -> f.inARow() >= 3).isPresent());
            String cause = view.lastFailure().orElseThrow().cause();
            System.out.printf("%s | JobKeepsFailing | %s.%n", poison.input(), cause);
            assertThat(cause)
                    .matches(
                            poison.cause()
                                    + ", in the task Source: flights\\[\\d+] -> Calc\\[\\d+]");
            pod.kill();
        }
        try (Pod pod = pod(CORRECT)) {
            pod.await("running", v -> v.state() instanceof RuntimeState.Running);
        }
    }

    /** One trouble is told in the same words for as long as it lasts. */
    private static void assertTold(Pod pod, String input, String reason, String says)
            throws InterruptedException {
        Problem problem = awaitProblem(pod, reason);
        print(input, problem);
        assertThat(Mistake.says(problem)).isEqualTo(says);
        pod.listen(HEARTBEATS);
        assertThat(pod.states())
                .filteredOn(state -> isUnfit(state, reason))
                .containsOnly(new RuntimeState.Unfit(problem));
    }

    private static void write(Path secret, String key) throws Exception {
        Files.writeString(secret.resolve("AWS_ACCESS_KEY_ID"), LocalS3.CREDENTIALS.accessKeyId());
        Files.writeString(secret.resolve("AWS_SECRET_ACCESS_KEY"), key);
    }

    private Pod pod(String script) throws Exception {
        Path home = Files.createDirectories(directory.resolve("pod"));
        JobDescription job = around.job();
        return Pod.start(home, "pod-1", job, script, Map.copyOf(around.environment()));
    }

    private static Problem awaitProblem(Pod pod, String reason) throws InterruptedException {
        RuntimeView view = pod.await(reason, v -> isUnfit(v.state(), reason));
        return ((RuntimeState.Unfit) view.state()).problem();
    }

    /** A store that is slow to answer on a busy machine is another trouble, which passes. */
    private static boolean isUnfit(RuntimeState state, String reason) {
        return state instanceof RuntimeState.Unfit(var problem)
                && Mistake.word(problem.kind()).equals(reason);
    }

    private static void print(String input, Problem problem) {
        System.out.printf(
                "%s | %s | %s. Remedy: %s.%n",
                input, Mistake.word(problem.kind()), Mistake.says(problem), problem.remedy());
    }
}
