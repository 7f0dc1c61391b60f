package dev.weir.e2e.suites;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.e2e.node.Await;
import dev.weir.e2e.node.Bucket;
import dev.weir.e2e.node.JobUnderTest;
import dev.weir.e2e.node.Kubectl;
import dev.weir.e2e.node.Stage;
import dev.weir.ledger.LedgerRecord;
import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.ledger.RestorePoint;
import dev.weir.sandbox.flights.Flight;
import dev.weir.sandbox.flights.FlightsProducer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The way of a first user, with kubectl, the chart and the sample as they are shipped: apply, wait,
 * look, suspend, resume, delete. The job's results are compared with a sum over the same flights,
 * so that each step is seen to keep the state.
 */
@ExtendWith(OnTheNode.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MainPathIT {

    private static final String SAMPLE = "config/samples/delays.yaml";
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private List<Flight> flights;
    private DelaysTopic delays;
    private String namespace;
    private JobUnderTest job;
    private Kubectl kubectl;
    private int sent;

    @BeforeAll
    void flightsAreInKafka(Stage stage) throws Exception {
        flights = Flight.readAll(stage.cluster().repository().resolve(FlightsProducer.SAMPLE));
        delays = DelaysTopic.recreate(stage.servers().bootstrapServers());
        send(stage);
        namespace = stage.namespace("main-path");
        kubectl = new Kubectl(stage.cluster());
        job = JobUnderTest.of(stage.cluster(), namespace, "delays");
    }

    @Test
    @Order(1)
    void theSampleIsAppliedAndBecomesReady() {
        kubectl.run("apply", "--namespace", namespace, "--filename", SAMPLE);
        job.awaitCondition("Ready", "True", BOUND);
        kubectl.run(
                "wait",
                "--namespace",
                namespace,
                "--for=condition=Ready",
                "--timeout=10s",
                "sjob/delays");
        assertResults();
    }

    @Test
    @Order(2)
    void kubectlGetShowsWhatOneWantsToKnow() {
        // The last checkpoint is written to the status at most every 15 s.
        job.await(
                "a checkpoint in the status",
                Duration.ofSeconds(30),
                () -> job.status("checkpoint", "at"));
        String[] lines = kubectl.run("get", "--namespace", namespace, "sjob").split("\n");
        assertThat(lines[0].split(" +"))
                .containsExactly(
                        "NAME", "PHASE", "READY", "REASON", "CHECKPOINT", "RESTARTS", "AGE");
        assertThat(lines[1].split(" +")).startsWith("delays", "Running", "True").hasSize(7);
    }

    @Test
    @Order(3)
    void checkpointsAppearInTheBucketAtTheInterval(Stage stage) {
        int wanted = 10;
        Await.that(wanted + " checkpoints", BOUND, () -> checkpoints(stage).size() >= wanted);
        List<Instant> at = checkpoints(stage);
        // By the times in the records, and their median: how busy the machine is does not matter.
        List<Duration> pauses =
                IntStream.range(1, at.size())
                        .mapToObj(i -> Duration.between(at.get(i - 1), at.get(i)))
                        .sorted()
                        .toList();
        assertThat(pauses.get(pauses.size() / 2))
                .isBetween(INTERVAL.dividedBy(2), INTERVAL.multipliedBy(2));
        assertThat(stage.bucket().keys(namespace + "/delays/checkpoints/"))
                .anyMatch(key -> key.endsWith("/_metadata"));
    }

    private List<Instant> checkpoints(Stage stage) {
        return stage.bucket().ledger(namespace, "delays").stream()
                .map(Bucket.Entry::record)
                .filter(LedgerRecord.Checkpoint.class::isInstance)
                .map(LedgerRecord::at)
                .toList();
    }

    @Test
    @Order(4)
    void aSuspendedJobLeavesNoPodAndAFinishedLedger(Stage stage) {
        kubectl.run(
                "patch",
                "--namespace",
                namespace,
                "sjob/delays",
                "--type=merge",
                "--patch={\"spec\":{\"suspend\":true}}");
        job.awaitPhase("Suspended", BOUND);
        awaitNoPods();
        List<Bucket.Entry> ledger = stage.bucket().ledger(namespace, "delays");
        assertThat(ledger.getLast().record()).isInstanceOf(LedgerRecord.Finished.class);
        assertThat(ledger.get(ledger.size() - 2).record())
                .isInstanceOfSatisfying(
                        LedgerRecord.Closed.class,
                        closed -> {
                            assertThat(closed.reason()).isEqualTo(CloseReason.SUSPEND);
                            assertThat(closed.savepoint()).isPresent();
                        });
    }

    @Test
    @Order(5)
    void aResumedJobGoesOnFromItsSavepoint(Stage stage) throws Exception {
        send(stage);
        kubectl.run(
                "patch",
                "--namespace",
                namespace,
                "sjob/delays",
                "--type=merge",
                "--patch={\"spec\":{\"suspend\":false}}");
        job.awaitUpToDate(BOUND);
        assertResults();
        LedgerRecord.Claim claim =
                (LedgerRecord.Claim)
                        stage.bucket().ledger(namespace, "delays").stream()
                                .map(Bucket.Entry::record)
                                .filter(LedgerRecord.Claim.class::isInstance)
                                .reduce((_, later) -> later)
                                .orElseThrow();
        assertThat(claim.from()).isInstanceOf(RestorePoint.Savepoint.class);
    }

    @Test
    @Order(6)
    void deletionWithRetainKeepsTheSavepoint(Stage stage) {
        kubectl.run("delete", "--namespace", namespace, "sjob/delays", "--timeout=120s");
        job.awaitGone(BOUND);
        awaitNoPods();
        List<Bucket.Entry> ledger = stage.bucket().ledger(namespace, "delays");
        LedgerRecord.Closed closed =
                (LedgerRecord.Closed)
                        ledger.stream()
                                .map(Bucket.Entry::record)
                                .filter(LedgerRecord.Closed.class::isInstance)
                                .reduce((_, later) -> later)
                                .orElseThrow();
        assertThat(closed.reason()).isEqualTo(CloseReason.DELETION);
        String location = closed.savepoint().orElseThrow().location();
        String key = location.substring(location.indexOf(namespace)) + "/_metadata";
        assertThat(stage.bucket().keys(namespace + "/delays/savepoints/")).contains(key);
    }

    @Test
    @Order(7)
    void aNewJobOfTheNameGoesOnWhereTheDeletedOneEnded(Stage stage) throws Exception {
        send(stage);
        kubectl.run("apply", "--namespace", namespace, "--filename", SAMPLE);
        job.awaitUpToDate(BOUND);
        assertResults();
    }

    @Test
    @Order(8)
    void deletionWithDeleteLeavesOnlyTheLedgersOutline(Stage stage) {
        kubectl.run(
                "patch",
                "--namespace",
                namespace,
                "sjob/delays",
                "--type=merge",
                "--patch={\"spec\":{\"deletion\":{\"state\":\"Delete\"}}}");
        kubectl.run("delete", "--namespace", namespace, "sjob/delays", "--timeout=120s");
        job.awaitGone(BOUND);
        assertThat(stage.bucket().keys(namespace + "/delays/checkpoints/")).isEmpty();
        assertThat(stage.bucket().keys(namespace + "/delays/savepoints/")).isEmpty();
        assertThat(stage.bucket().ledger(namespace, "delays").getLast().record())
                .isInstanceOf(LedgerRecord.Tombstone.class);
        stage.cluster().deleteNamespace(namespace);
    }

    private void awaitNoPods() {
        job.await(
                "no pod is left",
                BOUND,
                () -> job.pods().isEmpty() ? Optional.of(true) : Optional.empty());
    }

    private void send(Stage stage) throws Exception {
        FlightsProducer.send(stage.servers().bootstrapServers(), flights, Duration.ZERO);
        sent++;
    }

    private void assertResults() {
        Map<String, DelaysTopic.Row> expected = DelaysTopic.expected(flights, sent);
        Await.that(
                "the delays of " + sent + " times " + flights.size() + " flights",
                BOUND,
                () -> delays.rows().equals(expected));
    }
}
