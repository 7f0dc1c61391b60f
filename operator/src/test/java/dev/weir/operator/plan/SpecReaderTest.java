package dev.weir.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.crds.StreamJob;
import dev.weir.operator.plan.SpecReader.Invalid;
import dev.weir.operator.plan.SpecReader.Valid;
import dev.weir.operator.plan.SpecReader.Violation;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpecReaderTest {

    private static final OperatorDefaults DEFAULTS =
            new OperatorDefaults(
                    Optional.of(
                            new OperatorDefaults.Storage(
                                    "s3://jobs/prod",
                                    "eu-west-1",
                                    Optional.empty(),
                                    false,
                                    Optional.of("s3"))),
                    "weir/runtime:1",
                    List.of("key"),
                    1000);

    private static StreamJob job(String spec) {
        return Serialization.unmarshal(
                """
                apiVersion: weir.dev/v1alpha1
                kind: StreamJob
                metadata: {name: delays, namespace: flights, uid: u-1, generation: 3}
                spec:
                  program: {sql: "INSERT INTO a SELECT * FROM b"}
                """
                        + spec.indent(2),
                StreamJob.class);
    }

    private static Desired valid(String spec) {
        var reading = SpecReader.read(job(spec), DEFAULTS);
        assertThat(reading).isInstanceOf(Valid.class);
        return ((Valid) reading).desired();
    }

    private static List<Violation> invalid(String spec) {
        var reading = SpecReader.read(job(spec), DEFAULTS);
        assertThat(reading).isInstanceOf(Invalid.class);
        return ((Invalid) reading).violations();
    }

    private static String hash(String spec) {
        return valid(spec).run().revision();
    }

    @Test
    void aChangeOfTheCommandKeyReachesNewPodsAndIsNoNewRevision() {
        var changed =
                new OperatorDefaults(
                        DEFAULTS.storage(), DEFAULTS.image(), List.of("new key", "key"), 1000);
        var before = valid("").run();
        var after = ((Valid) SpecReader.read(job(""), changed)).desired().run();
        assertThat(after.revision()).isEqualTo(before.revision());
        assertThat(after.description().commandKeys()).containsExactly("new key", "key");
    }

    @Test
    void aMinimalSpecTakesTheOperatorsStorageUnderItsOwnName() {
        var desired = valid("");
        var storage = desired.run().description().storage();
        assertThat(storage.root()).hasToString("s3://jobs/prod/flights/delays");
        assertThat(storage.region()).isEqualTo("eu-west-1");
        assertThat(desired.run().credentialsSecret()).contains("s3");
        assertThat(desired.run().image()).isEqualTo("weir/runtime:1");
        assertThat(desired.generation()).isEqualTo(3);
    }

    @Test
    void aStorageUriThatTheSchemaTakesAndNobodyCanReadIsNamed() {
        assertThat(invalid("storage: {uri: 's3://jobs/team a'}"))
                .extracting(Violation::field)
                .containsExactly("spec.storage.uri");
    }

    @Test
    void everyViolationIsNamedNotTheFirstAlone() {
        var violations =
                invalid(
                        """
                        resources: {memory: 100Mi, cpu: lots}
                        checkpoint: {interval: soon}
                        flinkConfiguration: {restart-strategy.type: fixed-delay}
                        """);
        assertThat(violations)
                .extracting(Violation::field)
                .contains(
                        "spec.resources.memory",
                        "spec.resources.cpu",
                        "spec.checkpoint.interval",
                        "spec.flinkConfiguration");
        assertThat(violations.toString()).contains("640Mi").contains("spec.restart");
    }

    @Test
    void whereNoStorageIsKnownItIsAskedFor() {
        var bare = new OperatorDefaults(Optional.empty(), "image", List.of(), 1000);
        var reading = SpecReader.read(job(""), bare);
        assertThat(reading).isInstanceOf(Invalid.class);
        assertThat(((Invalid) reading).violations())
                .extracting(Violation::field)
                .contains("spec.storage");
    }

    @Test
    void theRevisionOfAMinimalSpecIsTheSameInEveryVersionOfTheOperator() {
        assertThat(hash(""))
                .isEqualTo("13d7f99471acf75c6569952fc0be3c160e8f80203cf89f28f7dca17ad70ef036");
    }

    @Test
    void theRevisionOfASpecWithEveryFieldIsTheSameInEveryVersionOfTheOperator() {
        assertThat(
                        hash(
                                """
                                image: registry.example.com/weir/runtime:0.1.0
                                parallelism: 2
                                resources: {cpu: "2", memory: 2Gi}
                                storage: {uri: "s3://jobs/production", region: eu-west-1, endpoint: "https://s3.example.com", pathStyle: true, credentialsSecret: weir-storage}
                                state: {backend: RocksDB, incremental: false}
                                checkpoint: {interval: 5s, minPause: 1s, timeout: 5m, unaligned: true, retain: 5}
                                restart: {initialDelay: 2s, maxDelay: 30s, attempts: 10, window: 2h}
                                flinkConfiguration: {table.exec.state.ttl: 24h}
                                """))
                .isEqualTo("b42db549fcb13055713ad4cda9d969f290e457c378011051c836fa7aba0e7f6c");
    }

    @Test
    void aDefaultThatIsWrittenOutIsTheSameRevision() {
        assertThat(hash("checkpoint: {interval: 10s, retain: 3}\nparallelism: 1"))
                .isEqualTo(hash(""));
        assertThat(hash("checkpoint: {interval: 1m}"))
                .isEqualTo(hash("checkpoint: {interval: 60s}"));
    }

    @Test
    void whatChangesTheRunChangesTheRevisionAndSuspendDoesNot() {
        assertThat(hash("parallelism: 2")).isNotEqualTo(hash(""));
        assertThat(hash("state: {backend: RocksDB}")).isNotEqualTo(hash(""));
        assertThat(hash("image: other")).isNotEqualTo(hash(""));
        assertThat(hash("suspend: true")).isEqualTo(hash(""));
        assertThat(hash("deletion: {state: Delete}")).isEqualTo(hash(""));
    }

    @Test
    void aNewOperatorWithOtherDefaultsRestartsNoJob() {
        var next =
                new OperatorDefaults(
                        Optional.of(
                                new OperatorDefaults.Storage(
                                        "s3://jobs/next",
                                        "eu-west-2",
                                        Optional.empty(),
                                        true,
                                        Optional.of("s4"))),
                        "weir/runtime:2",
                        List.of("other key"),
                        500);
        var reading = (Valid) SpecReader.read(job(""), next);
        assertThat(reading.desired().run().revision()).isEqualTo(hash(""));
    }
}
