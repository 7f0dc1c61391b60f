package dev.weir.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.weir.crds.JobCondition;
import dev.weir.crds.JobCondition.Holds;
import dev.weir.crds.JobCondition.Type;
import dev.weir.crds.Phase;
import dev.weir.crds.Reason;
import dev.weir.crds.StreamJob;
import dev.weir.crds.StreamJobStatus;
import dev.weir.ledger.LedgerView.Open;
import dev.weir.ledger.Seen;
import dev.weir.operator.plan.PodView.Health;
import dev.weir.operator.report.StatusProjector;
import dev.weir.protocol.Problem;
import dev.weir.protocol.Problem.Kind;
import dev.weir.protocol.RuntimeState;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of mistakes as a user meets them: what a pod, the kubelet or the spec says becomes a
 * condition with a reason of the closed vocabulary and one sentence that says what is wrong, where,
 * and what helps. A job that runs stays Ready and Running whatever is wrong with a newer spec.
 */
class BadInputProjectionTest {

    /** What a pod of the spec's revision says, the kubelet included. */
    private record Row(String input, PodView pod, Reason reason, String message, Phase phase) {}

    private static Row unfit(String input, Problem problem, String message, Phase phase) {
        return new Row(
                input,
                Scenario.current("new", new RuntimeState.Unfit(problem), Scenario.open(2)),
                Reason.valueOf(problem.kind().name()),
                message,
                phase);
    }

    private static Row unable(String input, Health health, Reason reason, String message) {
        return new Row(
                input,
                Scenario.silent("new", Scenario.REVISION, health, Seen.absent()),
                reason,
                message,
                Phase.PREPARING);
    }

    private static Problem at(Kind kind, String message, String remedy) {
        return new Problem(kind, message, remedy, Optional.of(3), Optional.of(8));
    }

    private static final List<Row> ROWS =
            List.of(
                    unfit(
                            "an unknown table",
                            at(
                                    Kind.PROGRAM_INVALID,
                                    "Object 'fligths' not found",
                                    "correct the name or expression at this place"),
                            "The program does not compile: spec.program.sql line 3, column 8:"
                                    + " Object 'fligths' not found. Remedy: correct the name or"
                                    + " expression at this place.",
                            Phase.FAILED),
                    unfit(
                            "no INSERT",
                            Problem.of(
                                    Kind.PROGRAM_INVALID,
                                    "The script has no INSERT statement, so there is nothing to"
                                            + " run",
                                    "add an INSERT INTO … SELECT … to the script"),
                            "The program does not compile: The script has no INSERT statement, so"
                                    + " there is nothing to run. Remedy: add an INSERT INTO … SELECT …"
                                    + " to the script.",
                            Phase.FAILED),
                    unfit(
                            "a key that Weir owns",
                            at(
                                    Kind.PROGRAM_REFUSED,
                                    "The script sets 'pipeline.name', which Weir owns",
                                    "set metadata.name instead"),
                            "The program uses what Weir refuses: spec.program.sql line 3, column 8:"
                                    + " The script sets 'pipeline.name', which Weir owns. Remedy: set"
                                    + " metadata.name instead.",
                            Phase.FAILED),
                    unfit(
                            "a short transaction",
                            at(
                                    Kind.CONFIGURATION_INVALID,
                                    "Table 'delays' has 'properties.transaction.timeout.ms' ="
                                            + " '5000'",
                                    "set it to at least 70000, or shorten"
                                            + " spec.checkpoint.interval"),
                            "The settings don't hold together: spec.program.sql line 3, column 8:"
                                    + " Table 'delays' has 'properties.transaction.timeout.ms' ="
                                    + " '5000'. Remedy: set it to at least 70000, or shorten"
                                    + " spec.checkpoint.interval.",
                            Phase.FAILED),
                    unfit(
                            "no permission to write",
                            Problem.of(
                                    Kind.STORE_DENIED,
                                    "s3://b/ns/delays can't be written: the store denies it"
                                            + " (AccessDenied)",
                                    "allow it"),
                            "The store refuses the job: s3://b/ns/delays can't be written: the"
                                    + " store denies it (AccessDenied). Remedy: allow it.",
                            Phase.FAILED),
                    unfit(
                            "an endpoint that is away",
                            Problem.of(
                                    Kind.STORE_UNREACHABLE,
                                    "s3://b/ns/delays can't be read: no connection (Connection"
                                            + " refused)",
                                    ""),
                            "The store does not answer: s3://b/ns/delays can't be read: no"
                                    + " connection (Connection refused). Remedy: check"
                                    + " spec.storage.endpoint and the network between the pod and the"
                                    + " store.",
                            Phase.PREPARING),
                    unfit(
                            "a store that lets all creators win",
                            Problem.of(
                                    Kind.STORE_UNSOUND,
                                    "s3://b/ns/delays: several writers were told that they had"
                                            + " created one object",
                                    "use another"),
                            "The store lets two writers create one object, so it can't decide who"
                                    + " runs: s3://b/ns/delays: several writers were told that they had"
                                    + " created one object. Remedy: use another.",
                            Phase.FAILED),
                    unfit(
                            "a topic that is missing",
                            at(
                                    Kind.TOPIC_MISSING,
                                    "Topic 'delays' of table 'delays' does not exist in Kafka at"
                                            + " kafka:9092",
                                    "create the topic, or correct the table's option 'topic'"),
                            "A Kafka topic of the program does not exist: spec.program.sql line 3,"
                                    + " column 8: Topic 'delays' of table 'delays' does not exist in"
                                    + " Kafka at kafka:9092. Remedy: create the topic, or correct the"
                                    + " table's option 'topic'.",
                            Phase.PREPARING),
                    unfit(
                            "a Kafka that is away",
                            at(
                                    Kind.KAFKA_UNREACHABLE,
                                    "Kafka at kafka:9092 (table 'delays') does not answer",
                                    "check the brokers"),
                            "The program's Kafka can't be reached: spec.program.sql line 3, column"
                                    + " 8: Kafka at kafka:9092 (table 'delays') does not answer."
                                    + " Remedy: check the brokers.",
                            Phase.PREPARING),
                    unable(
                            "an image that can't be pulled",
                            new PodView.NoImage(
                                    "ImagePullBackOff: Back-off pulling image"
                                            + " \"weir/runtime:nine\""),
                            Reason.IMAGE_UNAVAILABLE,
                            "The runtime image can't be pulled: ImagePullBackOff: Back-off pulling"
                                    + " image \"weir/runtime:nine\". Remedy: correct spec.image, or"
                                    + " make it available to the node."),
                    unable(
                            "a pod that no node has room for",
                            new PodView.Unschedulable(
                                    "0/1 nodes are available: 1 Insufficient cpu."),
                            Reason.POD_UNSCHEDULABLE,
                            "No node has room for the runtime pod: 0/1 nodes are available: 1"
                                    + " Insufficient cpu. Remedy: lower spec.resources or add a node."),
                    unable(
                            "a Secret that is missing",
                            new PodView.Misconfigured(
                                    "CreateContainerConfigError: secret \"s3\" not found"),
                            Reason.POD_MISCONFIGURED,
                            "The runtime pod can't be started as it is described:"
                                    + " CreateContainerConfigError: secret \"s3\" not found. Remedy:"
                                    + " create the Secret or ConfigMap that is named; the pod starts by"
                                    + " itself then."),
                    new Row(
                            "a ledger of another job",
                            Scenario.current(
                                    "new",
                                    new RuntimeState.Held(),
                                    Scenario.ledger(2, "job-0", new Open())),
                            Reason.LEDGER_FOREIGN,
                            "The ledger in the storage belongs to another StreamJob that was not"
                                    + " deleted: its UID is job-0. Remedy: delete that StreamJob first,"
                                    + " or give this one another name or spec.storage.uri.",
                            Phase.FAILED),
                    new Row(
                            "a job that was given up",
                            Scenario.current(
                                    "new",
                                    new RuntimeState.GaveUp(2, "/ by zero, in the task Calc[2]", 5),
                                    Scenario.open(2)),
                            Reason.JOB_FAILED,
                            "The job failed more often than spec.restart allows: 5 restarts, the"
                                    + " last after: / by zero, in the task Calc[2]. Remedy: mend the"
                                    + " cause and change the spec, or suspend and resume the job.",
                            Phase.FAILED));

    static Stream<Arguments> rows() {
        return ROWS.stream().map(row -> argumentSet(row.input(), row));
    }

    @Test
    void everyKindOfProblemHasItsRow() {
        assertThat(ROWS.stream().map(row -> row.reason().name()))
                .containsAll(Arrays.stream(Kind.values()).map(Kind::name).toList());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void itIsToldInConditionsWithReasonPlaceAndRemedy(Row row) {
        var status = project(Scenario.job().pod(row.pod()));
        System.out.printf("%s | %s | %s%n", row.input(), row.reason().word(), row.message());
        for (Type type : List.of(Type.READY, Type.PROGRESSING, Type.UP_TO_DATE)) {
            assertThat(condition(status, type).status()).as(type + "").isEqualTo(Holds.FALSE);
            assertThat(condition(status, type).reason()).isEqualTo(row.reason().word());
            assertThat(condition(status, type).message()).isEqualTo(row.message());
        }
        assertThat(status.phase()).isEqualTo(row.phase());
    }

    /** But for what can't be wrong with a revision that comes new while another runs. */
    static Stream<Arguments> rowsOfARevision() {
        return ROWS.stream()
                .filter(row -> row.reason() != Reason.LEDGER_FOREIGN)
                .filter(row -> row.reason() != Reason.JOB_FAILED)
                .map(row -> argumentSet(row.input(), row));
    }

    @ParameterizedTest
    @MethodSource("rowsOfARevision")
    void theRevisionThatRunsMeanwhileStaysReady(Row row) {
        var old = Scenario.outdated("old", Scenario.running(2), Scenario.open(2));
        var world = Scenario.job().pod(old).pod(row.pod());
        var status = project(world);
        assertThat(world.plan()).isInstanceOf(Plan.Blocked.class);
        assertThat(status.phase()).isEqualTo(Phase.RUNNING);
        assertThat(condition(status, Type.READY).status()).isEqualTo(Holds.TRUE);
        assertThat(condition(status, Type.UP_TO_DATE).status()).isEqualTo(Holds.FALSE);
        assertThat(condition(status, Type.UP_TO_DATE).reason()).isEqualTo(row.reason().word());
        assertThat(condition(status, Type.UP_TO_DATE).message()).isEqualTo(row.message());
    }

    static Stream<Arguments> specs() {
        return Stream.of(
                argumentSet(
                        "memory too small for the state back end",
                        "resources: {memory: 700Mi}\nstate: {backend: RocksDB}",
                        "spec.resources.memory is 700Mi, and the JVM with this state back end needs"
                                + " at least 832Mi; raise it"),
                argumentSet(
                        "memory too small for the JVM",
                        "resources: {memory: 128Mi}",
                        "spec.resources.memory is 128Mi, and the JVM with this state back end needs"
                                + " at least 640Mi; raise it"),
                argumentSet(
                        "a quantity that is none",
                        "resources: {cpu: many}",
                        "spec.resources.cpu is many, which is no Kubernetes quantity; write for"
                                + " example 500m"),
                argumentSet(
                        "a duration that is none",
                        "checkpoint: {interval: soon}",
                        "spec.checkpoint.interval is soon, which is no duration; write for example"
                                + " 10s"),
                argumentSet(
                        "a key that Weir owns",
                        "flinkConfiguration: {execution.checkpointing.interval: 1s}",
                        "spec.flinkConfiguration must not set execution.checkpointing.interval,"
                                + " which Weir owns; set spec.checkpoint.interval instead"));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void aSpecThatCannotBeRunNamesItsField(String more, String message) {
        var reading = SpecReader.read(job(more), DEFAULTS);
        assertThat(reading).isInstanceOf(SpecReader.Invalid.class);
        var status =
                StatusProjector.invalid(
                        Optional.empty(),
                        7,
                        ((SpecReader.Invalid) reading).violations(),
                        Scenario.NOW);
        var upToDate = condition(status, Type.UP_TO_DATE);
        System.out.printf("%s | SpecInvalid | %s%n", more.strip(), upToDate.message());
        assertThat(upToDate.reason()).isEqualTo("SpecInvalid");
        assertThat(upToDate.message())
                .startsWith("The spec can't be run: " + message)
                .endsWith(". Remedy: correct the fields that are named.");
    }

    private static final OperatorDefaults DEFAULTS =
            new OperatorDefaults(
                    Optional.of(
                            new OperatorDefaults.Storage(
                                    "s3://jobs",
                                    "us-east-1",
                                    Optional.empty(),
                                    false,
                                    Optional.empty())),
                    "weir/runtime:1",
                    List.of("key"),
                    1000);

    private static StreamJob job(String more) {
        return Serialization.unmarshal(
                """
                apiVersion: weir.dev/v1alpha1
                kind: StreamJob
                metadata: {name: delays, namespace: flights, uid: u-1, generation: 7}
                spec:
                  program: {sql: "INSERT INTO a SELECT * FROM b"}
                """
                        + more.indent(2),
                StreamJob.class);
    }

    private static StreamJobStatus project(Scenario world) {
        return StatusProjector.project(
                Optional.empty(), world.desired(), world.seen(), world.plan());
    }

    private static JobCondition condition(StreamJobStatus status, Type type) {
        return status.conditions().stream().filter(c -> c.type() == type).findFirst().orElseThrow();
    }
}
