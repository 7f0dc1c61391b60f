package dev.weir.e2e.suites;

import dev.weir.sandbox.exact.ExactTopics;
import dev.weir.sandbox.servers.S3Credentials;
import dev.weir.sandbox.servers.StoreMood;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The mistakes that are made on the node, one row each. */
final class BadRows {

    private static final String SECRET = "weir-storage";

    private BadRows() {}

    /** Something that is done on a row's ground. */
    @FunctionalInterface
    interface Deed {
        void on(BadGround ground) throws Exception;
    }

    /**
     * @param says what the message has to hold: place, what is wrong, and remedy
     */
    record BadRow(String name, String reason, List<String> says, Deed make, Deed mend) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<BadRow> all(Path repository) {
        return Stream.of(scripts(repository), kafka(), denied(), away(), pods(), records())
                .flatMap(List::stream)
                .toList();
    }

    private static List<BadRow> scripts(Path repository) {
        var rows = new ArrayList<BadRow>();
        for (String name :
                List.of(
                        "does-not-parse",
                        "unknown-column",
                        "unknown-connector",
                        "no-insert",
                        "owned-key",
                        "short-transaction")) {
            ShownMistake shown = ShownMistake.read(repository, name);
            rows.add(
                    new BadRow(
                            name,
                            shown.reason(),
                            List.of(shown.says(), "Remedy: " + shown.remedy()),
                            ground -> ground.apply(BadGround.spec(shown.script(), "")),
                            BadRows::correctTheSpec));
        }
        return rows;
    }

    private static List<BadRow> kafka() {
        return List.of(
                new BadRow(
                        "topic-missing",
                        "TopicMissing",
                        List.of(
                                "spec.program.sql line 1, column 1: Topic '",
                                "-in' of table 'flights' does not exist in Kafka at",
                                "Remedy: create the topic"),
                        ground ->
                                ground.apply(
                                        BadGround.spec(
                                                inKafka(
                                                        ground,
                                                        ground.stage()
                                                                .servers()
                                                                .bootstrapServers()),
                                                "")),
                        ground -> topics(ground).create()),
                new BadRow(
                        "kafka-away",
                        "KafkaUnreachable",
                        List.of(
                                "spec.program.sql line 1, column 1: Kafka at",
                                "(table 'flights') does not answer",
                                "'properties.bootstrap.servers'"),
                        ground ->
                                ground.apply(
                                        BadGround.spec(
                                                inKafka(ground, ground.address().toString()), "")),
                        BadRows::correctTheSpec));
    }

    private static List<BadRow> denied() {
        return List.of(
                new BadRow(
                        "bucket-missing",
                        "StoreDenied",
                        List.of("can't be read: there is no bucket", "Remedy: create the bucket"),
                        ground ->
                                ground.apply(
                                        BadGround.spec(
                                                ground.storage(
                                                        "s3://" + ground.namespace(),
                                                        ground.stage().servers().s3Endpoint(),
                                                        SECRET))),
                        ground -> ground.createBucket(ground.namespace())),
                new BadRow(
                        "wrong-credentials",
                        "StoreDenied",
                        List.of(
                                "the store does not accept the credentials (SignatureDoesNotMatch)",
                                "the Secret of spec.storage.credentialsSecret"),
                        ground -> {
                            ground.giveSecret("wrong", "nonsense");
                            ground.apply(
                                    BadGround.spec(
                                            ground.storage(
                                                    "s3://" + ground.stage().servers().bucket(),
                                                    ground.stage().servers().s3Endpoint(),
                                                    "wrong")));
                        },
                        ground -> ground.correctSecret("wrong")),
                moody(
                        "writes-denied",
                        StoreMood.DENIES_WRITES,
                        "StoreDenied",
                        "can't be written: the store denies it"),
                moody(
                        "two-creators-win",
                        StoreMood.LETS_ALL_WIN,
                        "StoreUnsound",
                        "several writers were told that they had created one object"));
    }

    private static BadRow moody(String name, StoreMood mood, String reason, String says) {
        return new BadRow(
                name,
                reason,
                List.of(says, "Remedy: "),
                ground -> {
                    ground.startS3(mood);
                    ground.apply(BadGround.spec(ownStorage(ground)));
                },
                BadGround::mendS3);
    }

    private static List<BadRow> away() {
        return List.of(
                new BadRow(
                        "connection-refused",
                        "StoreUnreachable",
                        List.of(
                                "can't be read: no connection (Connection refused)",
                                "Remedy: check spec.storage.endpoint"),
                        ground -> ground.apply(BadGround.spec(ownStorage(ground))),
                        ground -> ground.startS3(StoreMood.SOUND)),
                new BadRow(
                        "endpoint-hangs",
                        "StoreUnreachable",
                        List.of("no answer within 2000 ms", "Remedy: check spec.storage.endpoint"),
                        ground -> {
                            ground.hang();
                            ground.apply(
                                    BadGround.spec(
                                            ground.storage(
                                                    "s3://" + ground.stage().servers().bucket(),
                                                    "http://" + ground.address(),
                                                    SECRET)));
                        },
                        BadRows::correctTheEndpoint));
    }

    private static List<BadRow> pods() {
        return List.of(
                new BadRow(
                        "secret-missing",
                        "PodMisconfigured",
                        List.of("\"absent\" not found", "Remedy: create the Secret or ConfigMap"),
                        ground ->
                                ground.apply(
                                        BadGround.spec(
                                                ground.storage(
                                                        "s3://" + ground.stage().servers().bucket(),
                                                        ground.stage().servers().s3Endpoint(),
                                                        "absent"))),
                        ground ->
                                ground.giveSecret("absent", S3Credentials.TEST.secretAccessKey())),
                new BadRow(
                        "image-missing",
                        "ImageUnavailable",
                        List.of("/weir/runtime:nine", "Remedy: correct spec.image"),
                        // A registry where nothing listens: one whose name has to be looked up
                        // takes as long as the machine's resolver.
                        ground ->
                                ground.apply(
                                        BadGround.spec(
                                                "image: '%s/weir/runtime:nine'\n"
                                                        .formatted(ground.address()))),
                        BadRows::correctTheSpec),
                inSpec(
                        "no-room",
                        "PodUnschedulable",
                        "resources: {cpu: 1k, memory: 640Mi}\n",
                        List.of("Insufficient cpu", "Remedy: lower spec.resources")),
                inSpec(
                        "memory-too-small",
                        "SpecInvalid",
                        "resources: {cpu: 10m, memory: 256Mi}\n",
                        List.of(
                                "spec.resources.memory is 256Mi",
                                "needs at least 640Mi",
                                "Remedy: correct the fields")));
    }

    private static BadRow inSpec(String name, String reason, String more, List<String> says) {
        return new BadRow(
                name,
                reason,
                says,
                ground -> ground.apply(BadGround.spec(more)),
                BadRows::correctTheSpec);
    }

    private static List<BadRow> records() {
        return List.of(
                poisoned("division-by-zero", "dep_delay / (dep_delay - dep_delay)", "/ by zero"),
                poisoned(
                        "cast-fails",
                        "CAST('late' || CAST(dep_delay AS STRING) AS BIGINT)",
                        "Invalid character found"));
    }

    private static BadRow poisoned(String name, String expression, String says) {
        return new BadRow(
                name,
                "JobKeepsFailing",
                List.of(says, "in the task Source: flights[", "Remedy: mend the cause"),
                ground -> ground.apply(BadGround.spec(BadGround.script(expression), "")),
                BadRows::correctTheSpec);
    }

    private static void correctTheSpec(BadGround ground) throws Exception {
        ground.apply(BadGround.spec(""));
    }

    private static void correctTheEndpoint(BadGround ground) throws Exception {
        ground.apply(
                BadGround.spec(
                        ground.storage(
                                "s3://" + ground.stage().servers().bucket(),
                                ground.stage().servers().s3Endpoint(),
                                SECRET)));
    }

    private static String ownStorage(BadGround ground) {
        return ground.storage("s3://" + BadGround.BUCKET, "http://" + ground.address(), SECRET);
    }

    private static ExactTopics topics(BadGround ground) {
        return ExactTopics.named(
                ground.stage().servers().bootstrapServers(), ground.namespace(), 1);
    }

    private static String inKafka(BadGround ground, String brokers) {
        return """
                CREATE TABLE flights (carrier STRING, dep_delay INT) WITH ('connector' = 'kafka',
                  'topic' = '%1$s-in', 'properties.bootstrap.servers' = '%2$s', 'format' = 'json',
                  'scan.startup.mode' = 'earliest-offset');
                CREATE TABLE delays (carrier STRING, minutes INT) WITH ('connector' = 'kafka',
                  'topic' = '%1$s-out', 'properties.bootstrap.servers' = '%2$s', 'format' = 'json',
                  'sink.delivery-guarantee' = 'exactly-once', 'sink.transactional-id-prefix' = '%1$s',
                  'properties.transaction.timeout.ms' = '900000');
                INSERT INTO delays SELECT carrier, dep_delay FROM flights;
                """
                .formatted(ground.namespace(), brokers);
    }
}
