package dev.weir.e2e.suites;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.e2e.node.Await;
import dev.weir.e2e.node.ContainerProcess;
import dev.weir.e2e.node.JobUnderTest;
import dev.weir.e2e.node.Kubectl;
import dev.weir.e2e.node.Leadership;
import dev.weir.e2e.node.NodeParts;
import dev.weir.e2e.node.Signal;
import dev.weir.e2e.node.Stage;
import dev.weir.sandbox.exact.Verdict;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What befalls the operator and the API server, while two jobs run on: a new operator with other
 * defaults, the death of the one of two that leads, and an API server that is away for a minute.
 */
@ExtendWith(OnTheNode.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PlatformFaultsIT {

    private static final String OPERATOR = "docker.io/weir/operator:0.1.0";
    private static final String RUNTIME = "docker.io/weir/runtime:0.1.0";
    private static final String NEXT = "-next";
    private static final String API_SERVER = "kube-apiserver";

    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final Duration OUTAGE = Duration.ofSeconds(60);
    private static final Duration CALM = Duration.ofSeconds(10);

    /** Six seconds on a machine that is not busy, by the operator's numbers; the table tells. */
    private static final Duration TAKE_OVER = Duration.ofSeconds(30);

    private final FaultRow.Table table = new FaultRow.Table();
    private final List<ExactJob> jobs = new ArrayList<>();

    @BeforeAll
    void twoJobsRun(Stage stage) throws Exception {
        ExactJob.Settings settings =
                new ExactJob.Settings("HashMap", "1s", 1)
                        .rate(200)
                        .with("resources", "{cpu: 10m, memory: 768Mi}");
        jobs.add(ExactJob.start(stage, stage.namespace("by-default"), settings));
        jobs.add(
                ExactJob.start(
                        stage,
                        stage.namespace("of-its-own"),
                        settings.storedAt(stage, stage.servers().s3Endpoint())));
    }

    /** Stands on the storage that the operator gives by default. */
    private ExactJob byDefault() {
        return jobs.getFirst();
    }

    /** Names its own storage. */
    private ExactJob ofItsOwn() {
        return jobs.getLast();
    }

    /** What an operator was installed with is no part of a revision. */
    @Test
    @Order(1)
    void aNewOperatorWithOtherDefaultsRestartsNoJob(Stage stage) throws Exception {
        NodeParts node = NodeParts.of(stage.cluster());
        node.tagImage(OPERATOR, OPERATOR + NEXT);
        node.tagImage(RUNTIME, RUNTIME + NEXT);
        Trial trial = Trial.of(stage, byDefault());
        List<Running> before = List.of(running(byDefault()), running(ofItsOwn()));
        Instant begin = Instant.now();
        stage.reconfigure(
                Map.of(
                        "image.operator", OPERATOR + NEXT,
                        "image.runtime", RUNTIME + NEXT,
                        "storage.uri", "s3://" + stage.servers().bucket() + "/next",
                        "rollAfter", "500",
                        "replicas", "2"));
        Await.that(
                "both operators are new ones",
                BOUND,
                () -> {
                    List<Pod> pods = stage.weir().pods();
                    return pods.size() == 2
                            && pods.stream().allMatch(pod -> image(pod).equals(OPERATOR + NEXT));
                });
        Duration acted = editIsObserved(byDefault().job(), "11s", Instant.now());
        editIsObserved(ofItsOwn().job(), "11s", begin);
        Await.stays(
                "the jobs run on in the same terms and pods",
                CALM,
                () -> List.of(running(byDefault()), running(ofItsOwn())).equals(before));
        assertThat(trial.claims()).isEmpty();
        Instant calm = Instant.now();
        Duration pause = trial.longestPause(begin, calm);
        assertThat(newJobsImage(stage)).isEqualTo(RUNTIME + NEXT);
        // The next pod of a job that was there before stays where its ledger is.
        byDefault().job().deletePod(byDefault().job().runningPod(BOUND), Duration.ZERO);
        trial.awaitCheckpointAfter(Instant.now().plus(CALM));
        assertThat(image(byDefault().job().runningPod(BOUND))).isEqualTo(RUNTIME + NEXT);
        table.add(
                new FaultRow(
                        "a new operator with other defaults",
                        "same pods and terms, at most %d ms without a checkpoint; new pods have the new image"
                                .formatted(pause.toMillis()),
                        acted,
                        faultless(byDefault())));
    }

    @Test
    @Order(2)
    void theSecondOperatorTakesOverWhenTheLeaderDies(Stage stage) {
        Leadership leadership = new Leadership(stage.cluster(), stage.weir());
        JobUnderTest job = ofItsOwn().job();
        List<String> known = names(job.pods());
        Trial trial = Trial.of(stage, ofItsOwn());
        Instant begin = Instant.now();
        String leader = leadership.killLeader();
        job.patch("{\"spec\":{\"checkpoint\":{\"interval\":\"2s\"}}}");
        String next =
                Await.present(
                        "another pod holds the lease",
                        TAKE_OVER,
                        () -> leadership.holder().filter(name -> !name.equals(leader)));
        Duration taken = Duration.between(begin, Instant.now());
        Await.that(
                "the edit leads to a pod of the new revision",
                TAKE_OVER,
                () -> !known.containsAll(names(job.pods())));
        Duration acted = Duration.between(begin, Instant.now());
        assertThat(next).isNotEqualTo(leader);
        job.awaitUpToDate(BOUND);
        assertThat(trial.claims()).as("one upgrade").hasSize(1);
        table.add(
                new FaultRow(
                        "the leader of two operators is killed",
                        "lease taken after %d ms, the edit made meanwhile acted upon after %d ms"
                                .formatted(taken.toMillis(), acted.toMillis()),
                        acted,
                        faultless(ofItsOwn())));
    }

    @Test
    @Order(3)
    void theApiServerHangsForAMinute(Stage stage) throws Exception {
        Trial trial = Trial.of(stage, byDefault());
        Trial killed = Trial.of(stage, ofItsOwn());
        ContainerProcess jvm = ofItsOwn().job().jvm(BOUND);
        Kubectl kubectl = new Kubectl(stage.cluster());
        NodeParts node = NodeParts.of(stage.cluster());
        Instant begin = Instant.now();
        node.signal(API_SERVER, Signal.STOP);
        int unanswered = 0;
        try {
            jvm.signal(Signal.KILL);
            while (Duration.between(begin, Instant.now()).compareTo(OUTAGE) < 0) {
                unanswered += answers(kubectl) ? 0 : 1;
                Await.pass(Duration.ofSeconds(3));
            }
            assertThat(killed.claims())
                    .as("the kubelet restarts a container, and it claims, without an API server")
                    .hasSize(1);
            assertThat(faultless(ofItsOwn()).behind()).isZero();
            assertThat(trial.longestPause(begin, Instant.now())).isLessThan(OUTAGE.dividedBy(2));
        } finally {
            node.signal(API_SERVER, Signal.CONT);
        }
        Instant mended = Instant.now();
        int checkpoints = trial.checkpoints(begin, mended).size();
        Duration pause = trial.longestPause(begin, mended);
        Duration acted = editIsObserved(byDefault().job(), "12s", mended);
        stage.weir().awaitAvailable();
        assertThat(trial.claims()).as("the job runs on").isEmpty();
        byDefault().job().awaitUpToDate(BOUND);
        ofItsOwn().job().awaitUpToDate(BOUND);
        table.add(
                new FaultRow(
                        "the API server hangs for 60 s",
                        "%d requests unanswered, %d checkpoints meanwhile, %d ms apart at most; a job killed meanwhile went on"
                                .formatted(unanswered, checkpoints, pause.toMillis()),
                        acted,
                        faultless(byDefault())));
        assertThat(unanswered).isGreaterThan(5);
    }

    @Test
    @Order(4)
    void theApiServerDiesAndIsStartedAgain(Stage stage) throws Exception {
        Trial trial = Trial.of(stage, byDefault());
        NodeParts node = NodeParts.of(stage.cluster());
        Instant begin = Instant.now();
        node.signal(API_SERVER, Signal.KILL);
        assertThat(answers(new Kubectl(stage.cluster()))).isFalse();
        node.startMissing();
        Instant mended = Instant.now();
        Duration acted = editIsObserved(byDefault().job(), "13s", mended);
        stage.weir().awaitAvailable();
        assertThat(trial.claims()).as("the job runs on").isEmpty();
        table.add(
                new FaultRow(
                        "the API server is killed and started again",
                        "away for %d ms, checkpoints %d ms apart at most"
                                .formatted(
                                        Duration.between(begin, mended).toMillis(),
                                        trial.longestPause(begin, mended).toMillis()),
                        acted,
                        faultless(byDefault())));
    }

    @Test
    @Order(5)
    void bothJobsAreExactFromTheirFirstRowToTheirLast(Stage stage) {
        for (ExactJob job : jobs) {
            Verdict verdict = job.finish();
            assertThat(verdict.exact()).as(verdict.toString()).isTrue();
            Trial.assertLedgerIsConsistent(stage, job.job());
        }
    }

    @AfterAll
    void theInstallationIsAsItWas(Stage stage) {
        table.print();
        for (ExactJob job : jobs) {
            job.close();
        }
        stage.reconfigure(Map.of());
    }

    /** What an operator that keeps its hands off a job leaves as it is. */
    private record Running(String podUid, int restarts, Object term) {}

    private static Running running(ExactJob exact) {
        JobUnderTest job = exact.job();
        Pod pod = job.runningPod(BOUND);
        return new Running(
                pod.getMetadata().getUid(),
                pod.getStatus().getContainerStatuses().getFirst().getRestartCount(),
                job.status("term").orElseThrow());
    }

    private static String image(Pod pod) {
        return pod.getSpec().getContainers().getFirst().getImage();
    }

    private static List<String> names(List<Pod> pods) {
        return pods.stream().map(pod -> pod.getMetadata().getName()).toList();
    }

    /**
     * Makes an edit of no consequence, and returns how long after {@code since} it was observed.
     */
    private static Duration editIsObserved(JobUnderTest job, String timeout, Instant since) {
        job.patch("{\"spec\":{\"failureDetection\":{\"timeout\":\"%s\"}}}".formatted(timeout));
        long generation = job.resource().orElseThrow().getMetadata().getGeneration();
        job.await(
                "the edit is observed",
                BOUND,
                () ->
                        job.status("observedGeneration")
                                .filter(seen -> ((Number) seen).longValue() >= generation));
        return Duration.between(since, Instant.now());
    }

    private static boolean answers(Kubectl kubectl) {
        return kubectl.attempt("get", "--raw", "/readyz", "--request-timeout=2s").code() == 0;
    }

    /** The image of the first pod of a job that is applied now; the job does not have to run. */
    private static String newJobsImage(Stage stage) {
        String namespace = stage.namespace("newcomer");
        JobUnderTest job =
                JobUnderTest.apply(
                        stage.cluster(),
                        namespace,
                        """
                        apiVersion: weir.dev/v1alpha1
                        kind: StreamJob
                        metadata: {name: newcomer}
                        spec:
                          program: {sql: "CREATE TABLE a (b INT) WITH ('connector' = 'datagen'); CREATE TABLE c (b INT) WITH ('connector' = 'blackhole'); INSERT INTO c SELECT * FROM a"}
                          resources: {cpu: 10m, memory: 640Mi}
                        """);
        try {
            return job.await(
                    "its first pod",
                    BOUND,
                    () -> job.pods().stream().findFirst().map(pod -> image(pod)));
        } finally {
            stage.cluster().deleteNamespace(namespace);
        }
    }

    private static Verdict faultless(ExactJob job) {
        Verdict verdict = job.catchUp();
        assertThat(verdict.faultless() && verdict.behind() == 0).as(verdict.toString()).isTrue();
        return verdict;
    }
}
