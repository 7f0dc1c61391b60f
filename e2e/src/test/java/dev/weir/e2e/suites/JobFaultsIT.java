package dev.weir.e2e.suites;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.e2e.faults.FaultyBroker;
import dev.weir.e2e.faults.FaultyStore;
import dev.weir.e2e.faults.StoreFault;
import dev.weir.e2e.node.Await;
import dev.weir.e2e.node.MemoryHog;
import dev.weir.e2e.node.NodeParts;
import dev.weir.e2e.node.PodHistory;
import dev.weir.e2e.node.Signal;
import dev.weir.e2e.node.SmallDisk;
import dev.weir.e2e.node.Stage;
import dev.weir.ledger.LedgerRecord.Claim;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What befalls one job: its store, its Kafka, its own exceptions, its memory, its disk. Each fault
 * has a job of its own, so that several go on at once; each is shown to have been there; and the
 * job gets over it by itself, with every row of output right and its ledger whole.
 */
@ExtendWith(OnTheNode.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JobFaultsIT {

    /** The longest first, so that they don't come last. */
    private static final int LONG = 1;

    /** A start is busy for seconds; many at once would take longer than one after the other. */
    private static final Semaphore STARTS = new Semaphore(2, true);

    private static final Duration OUTAGE = Duration.ofSeconds(30);
    private static final Duration SLOW_SPELL = Duration.ofMinutes(2);
    private static final Duration KAFKA_OUTAGE = Duration.ofSeconds(60);
    private static final Duration BOUND = Duration.ofMinutes(2);

    private static final int PER_SECOND = 200;

    /** RocksDB's library alone takes a third of it. */
    private static final int DISK_MEBIBYTES = 192;

    private static final long SOME_MEBIBYTES = 8L << 20;

    private static final String SOAKING =
            "S3 answers after 30 s; S3 appends, and its answers are lost; the JVM runs out of heap";

    private final FaultRow.Table table = new FaultRow.Table();

    @Soak
    @BesideOthers
    @Order(LONG)
    void aStoreAnswersEachRequestAfterHalfAMinute(Stage stage) throws Exception {
        suffer(
                stage,
                "slow",
                new StoreFault.AnswersAfter(OUTAGE),
                SLOW_SPELL,
                "S3 answers after 30 s, for 120 s",
                " answers delayed");
    }

    @BesideOthers
    void aStoreRefusesConnections(Stage stage) throws Exception {
        try (FaultyStore store = FaultyStore.before(stage.servers().s3Endpoint());
                ExactJob exact = start(stage, "refused", behind(stage, store))) {
            Trial trial = Trial.of(stage, exact);
            Pod pod = exact.job().runningPod(BOUND);
            int cut = store.gate().shut();
            int refused = store.gate().knockFor(OUTAGE);
            store.gate().open();
            Instant mended = Instant.now();
            long complaints = trial.pods().lines(pod, "Connection refused");
            assertThat(complaints).isPositive();
            table.add(
                    trial.over(
                            "S3 refuses connections for 30 s",
                            "%d connections cut, %d attempts of our own and %d lines of the pod's log: refused"
                                    .formatted(cut, refused, complaints),
                            mended));
        }
    }

    @BesideOthers
    @Order(LONG)
    void aStoreAcceptsAndNeverAnswers(Stage stage) throws Exception {
        suffer(
                stage,
                "hung",
                new StoreFault.NeverAnswers(),
                OUTAGE,
                "S3 hangs for 30 s",
                " requests never answered");
    }

    @BesideOthers
    void aStoreIsOverloaded(Stage stage) throws Exception {
        suffer(
                stage,
                "overloaded",
                new StoreFault.Overloaded(),
                OUTAGE,
                "S3 answers 503 SlowDown for 30 s",
                " requests refused");
    }

    /** Rule 1: what timed out and is in the slot was written; nobody halts, and nothing is lost. */
    @Soak
    @BesideOthers
    void rule1_appendsSucceedAndTheirAnswersAreLost(Stage stage) throws Exception {
        try (FaultyStore store = FaultyStore.before(stage.servers().s3Endpoint());
                ExactJob exact = start(stage, "unanswered", behind(stage, store))) {
            Trial trial = Trial.of(stage, exact);
            store.suffer(new StoreFault.AppendsUnanswered());
            Await.pass(OUTAGE);
            long checkpoints = store.struck();
            assertThat(trial.claims()).as("nobody halts").isEmpty();
            assertThat(exact.job().jvm(BOUND).signal(Signal.KILL)).isTrue();
            exact.job()
                    .await(
                            "a claim whose own answers are lost",
                            BOUND,
                            () -> trial.claims().stream().findFirst());
            store.suffer(new StoreFault.None());
            Instant mended = Instant.now();
            assertThat(checkpoints).isGreaterThan(1);
            table.add(
                    trial.over(
                            "S3 appends, and its answers are lost",
                            "%d answers lost, of checkpoints and, after a kill, of seal and claim"
                                    .formatted(store.struck()),
                            mended));
        }
    }

    @BesideOthers
    @Order(LONG)
    void kafkaIsAway(Stage stage) throws Exception {
        try (FaultyBroker kafka = FaultyBroker.before(stage.servers());
                ExactJob exact =
                        start(stage, "kafka", settings().kafkaAt(kafka.bootstrapServers()))) {
            Trial trial = Trial.of(stage, exact);
            int cut = kafka.gate().shut();
            int refused = kafka.gate().knockFor(KAFKA_OUTAGE);
            long waiting = exact.soFar().behind();
            assertThat(waiting).isGreaterThan(PER_SECOND * KAFKA_OUTAGE.toSeconds() / 2);
            kafka.gate().open();
            Instant mended = Instant.now();
            table.add(
                    trial.over(
                            "Kafka is away for 60 s",
                            "%d connections cut, %d attempts refused, %d records not taken"
                                    .formatted(cut, refused, waiting),
                            mended));
        }
    }

    /** Restarts as often as it may, each after a longer pause, and then waits for a person. */
    @BesideOthers
    void aRecordMakesTheProgramFailUntilTheProgramIsMended(Stage stage) throws Exception {
        Duration first = Duration.ofMillis(500);
        int attempts = 4;
        ExactJob.Settings failing =
                settings()
                        .where("1000 / (k + 1) >= 0")
                        .with(
                                "restart",
                                "{initialDelay: %dms, maxDelay: 3s, attempts: %d}"
                                        .formatted(first.toMillis(), attempts));
        try (ExactJob exact = start(stage, "poisoned", failing)) {
            Trial trial = Trial.of(stage, exact);
            exact.topics().poison(0);
            exact.job().awaitPhase("Failed", BOUND);
            List<Claim> restarts = trial.claims();
            assertThat(restarts).as("restarts").hasSize(attempts);
            List<Duration> pauses = pauses(restarts);
            // Twice as long each time, up to three seconds.
            assertThat(pauses.get(0)).isGreaterThanOrEqualTo(first.multipliedBy(2));
            assertThat(pauses.get(1)).isGreaterThanOrEqualTo(first.multipliedBy(4));
            assertThat(pauses.get(2)).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
            Await.stays(
                    "no further attempt",
                    Duration.ofSeconds(10),
                    () -> trial.claims().size() == attempts);
            exact.take("k >= 0");
            Instant mended = Instant.now();
            table.add(
                    trial.over(
                            "a record that the SQL fails on, until it is edited",
                            "%d restarts %s ms apart, then none in 10 s"
                                    .formatted(
                                            attempts,
                                            pauses.stream().map(Duration::toMillis).toList()),
                            mended));
        }
    }

    @BesideOthers
    void theContainerIsKilledForItsMemory(Stage stage) throws Exception {
        try (ExactJob exact = start(stage, "oom-killed", settings())) {
            Trial trial = Trial.of(stage, exact);
            var jvm = exact.job().jvm(BOUND);
            try (MemoryHog _ = MemoryHog.beside(jvm)) {
                Await.that("the kernel kills the JVM", BOUND, () -> !jvm.alive());
            }
            Instant killed = Instant.now();
            PodHistory.End end =
                    exact.job()
                            .await(
                                    "the kubelet says how it ended",
                                    BOUND,
                                    () -> trial.pods().lastEnd());
            assertThat(end.reason()).isEqualTo("OOMKilled");
            table.add(
                    trial.over(
                            "the container is killed for its memory",
                            end.reason() + ", exit code " + end.exitCode(),
                            killed));
        }
    }

    /**
     * A record that needs more heap than there is, for half a minute: as a burst of large records
     * would.
     */
    @Soak
    @BesideOthers
    void theJvmRunsOutOfHeap(Stage stage) throws Exception {
        String needsTwoGigabytes =
                "CASE WHEN k < 0 AND UNIX_TIMESTAMP() < v THEN 1000000000 ELSE 1 END";
        ExactJob.Settings hungry =
                settings()
                        .where("k + CHAR_LENGTH(REPEAT('x', %s)) > 0".formatted(needsTwoGigabytes));
        try (ExactJob exact = start(stage, "heap", hungry)) {
            Trial trial = Trial.of(stage, exact);
            Instant mended = Instant.now().plus(OUTAGE);
            exact.topics().poison(mended.getEpochSecond());
            PodHistory.End end =
                    exact.job().await("the JVM has ended", BOUND, () -> trial.pods().lastEnd());
            assertThat(end.exitCode()).as("ExitOnOutOfMemoryError").isEqualTo(3);
            Await.pass(Duration.between(Instant.now(), mended));
            table.add(
                    trial.over(
                            "the JVM runs out of heap for 30 s",
                            "exit code %d, %s".formatted(end.exitCode(), end.reason()),
                            mended));
        }
    }

    @BesideOthers
    void theDiskOfThePodIsFull(Stage stage) throws Exception {
        ExactJob.Settings onDisk =
                settings("RocksDB").with("resources", "{cpu: 10m, memory: 1280Mi}");
        try (ExactJob exact = start(stage, "disk-full", onDisk)) {
            Pod pod = exact.job().runningPod(BOUND);
            String uid = pod.getMetadata().getUid();
            try (SmallDisk disk =
                    SmallDisk.over(
                            NodeParts.of(stage.cluster()).emptyDir(uid, "work"), DISK_MEBIBYTES)) {
                assertThat(exact.job().jvm(BOUND).signal(Signal.KILL)).isTrue();
                Await.that(
                        "the container writes to the small disk",
                        BOUND,
                        () -> disk.used() > SOME_MEBIBYTES);
                Trial trial = Trial.of(stage, exact);
                disk.fill();
                assertThat(disk.free()).isZero();
                Await.pass(OUTAGE);
                long complaints = trial.pods().lines(pod, "No space left on device");
                assertThat(complaints).isPositive();
                disk.makeRoom();
                Instant mended = Instant.now();
                table.add(
                        trial.over(
                                "the pod's disk is full for 30 s (RocksDB)",
                                "0 bytes free, %d lines of log: no space left"
                                        .formatted(complaints),
                                mended));
            }
        }
    }

    /**
     * @param seen what the fault did, after the number of requests that it struck
     */
    private void suffer(
            Stage stage, String name, StoreFault fault, Duration spell, String title, String seen)
            throws Exception {
        try (FaultyStore store = FaultyStore.before(stage.servers().s3Endpoint());
                ExactJob exact = start(stage, name, behind(stage, store))) {
            Trial trial = Trial.of(stage, exact);
            store.suffer(fault);
            Await.pass(spell);
            store.suffer(new StoreFault.None());
            Instant mended = Instant.now();
            assertThat(store.struck()).isPositive();
            table.add(trial.over(title, store.struck() + seen, mended));
        }
    }

    @AfterAll
    void theTableIsPrinted() {
        table.print();
        if (!Boolean.getBoolean(Soak.PROPERTY)) {
            System.out.println("not run without -Dweir.soak=true: " + SOAKING);
        }
    }

    private static List<Duration> pauses(List<Claim> claims) {
        List<Duration> pauses = new ArrayList<>();
        for (int i = 1; i < claims.size(); i++) {
            pauses.add(Duration.between(claims.get(i - 1).at(), claims.get(i).at()));
        }
        return pauses;
    }

    private static ExactJob start(Stage stage, String purpose, ExactJob.Settings settings)
            throws InterruptedException {
        STARTS.acquire();
        try {
            return ExactJob.start(stage, stage.namespace(purpose), settings);
        } finally {
            STARTS.release();
        }
    }

    private static ExactJob.Settings settings() {
        return settings("HashMap");
    }

    private static ExactJob.Settings settings(String backend) {
        return new ExactJob.Settings(backend, "1s", 1)
                .rate(PER_SECOND)
                .with("resources", "{cpu: 10m, memory: 768Mi}")
                .with("restart", "{initialDelay: 1s, maxDelay: 5s}");
    }

    private static ExactJob.Settings behind(Stage stage, FaultyStore store) {
        return settings().storedAt(stage, store.endpoint());
    }
}
