package dev.weir.e2e.suites;

import dev.weir.e2e.node.Cluster;
import dev.weir.e2e.node.JobUnderTest;
import dev.weir.e2e.node.Stage;
import dev.weir.sandbox.exact.ExactProgram;
import dev.weir.sandbox.exact.ExactTopics;
import dev.weir.sandbox.exact.InputProducer;
import dev.weir.sandbox.exact.InputSequence;
import dev.weir.sandbox.exact.OutputReader;
import dev.weir.sandbox.exact.Verdict;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A job whose output is checked row by row, with the input that feeds it and the reader that judges
 * it.
 */
final class ExactJob implements AutoCloseable {

    private static final int KEYS = 100;
    private static final int PARTITIONS = 4;
    private static final Duration START_BOUND = Duration.ofMinutes(4);
    private static final Duration CATCH_UP_BOUND = Duration.ofMinutes(3);
    private static final Duration NO_WAIT = Duration.ofSeconds(1);
    private static final Duration QUIET = Duration.ofSeconds(3);

    private final Cluster cluster;
    private final JobUnderTest job;
    private final ExactTopics topics;
    private final InputSequence input;
    private final Settings settings;
    private final InputProducer producer;
    private final OutputReader reader;

    private ExactJob(Cluster cluster, JobUnderTest job, ExactTopics topics, Settings settings) {
        this.cluster = cluster;
        this.job = job;
        this.topics = topics;
        this.settings = settings;
        this.input = new InputSequence(settings.seed(), KEYS);
        this.producer =
                InputProducer.start(input, topics, settings.recordsPerSecond(), Long.MAX_VALUE);
        this.reader = new OutputReader(topics, input);
    }

    /**
     * Applies the job to the namespace and waits until it is Ready and has written its first rows.
     */
    static ExactJob start(Stage stage, String namespace, Settings settings)
            throws InterruptedException {
        ExactTopics topics =
                ExactTopics.named(stage.servers().bootstrapServers(), namespace, PARTITIONS);
        topics.create();
        String sql = sql(topics, namespace, settings);
        JobUnderTest job = JobUnderTest.apply(stage.cluster(), namespace, settings.manifest(sql));
        ExactJob exact = new ExactJob(stage.cluster(), job, topics, settings);
        try {
            job.awaitCondition("Ready", "True", START_BOUND);
            return exact;
        } catch (AssertionError e) {
            exact.close();
            throw e;
        }
    }

    /** Edits the program so that it takes other input records. */
    void take(String where) {
        String sql = sql(topics, job.namespace(), settings.where(where));
        job.patch(Serialization.asJson(Map.of("spec", Map.of("program", Map.of("sql", sql)))));
    }

    private static String sql(ExactTopics topics, String namespace, Settings settings) {
        String kafka = settings.kafka().orElse(topics.bootstrapServers());
        return new ExactProgram(topics, namespace, kafka, settings.where()).sql();
    }

    JobUnderTest job() {
        return job;
    }

    ExactTopics topics() {
        return topics;
    }

    InputSequence input() {
        return input;
    }

    /** What the ids of the sink's transactions begin with. */
    String transactionalIdPrefix() {
        return job.namespace();
    }

    /** Waits until all that is in the input by now has come out, and judges every row so far. */
    Verdict catchUp() {
        return reader.readUntil(producer.written(), CATCH_UP_BOUND);
    }

    /** Judges what has come out by now, and waits for nothing more. */
    Verdict soFar() {
        return reader.readUntil(producer.written(), NO_WAIT);
    }

    /** Ends the input, waits for the last row, and judges them all. */
    Verdict finish() {
        long total = producer.stop();
        return reader.readAll(total, CATCH_UP_BOUND, QUIET);
    }

    /** Records of the input so far; of the whole input once it has ended. */
    long records() {
        return producer.written();
    }

    /** The namespace goes too, passed or failed: what runs on would slow the suites after it. */
    @Override
    public void close() {
        producer.close();
        reader.close();
        cluster.deleteNamespace(job.namespace());
    }

    /**
     * What differs between the jobs of the suites.
     *
     * @param kafka where the job finds Kafka, if not where the checker does
     * @param where which input records the program takes
     * @param spec further fields of the spec, each with its value in YAML's flow style
     */
    record Settings(
            String backend,
            String interval,
            long seed,
            int recordsPerSecond,
            Optional<String> kafka,
            String where,
            Map<String, String> spec) {

        private static final Map<String, String> STANDARD =
                Map.of(
                        "resources", "{cpu: 500m, memory: 1Gi}",
                        "restart", "{initialDelay: 100ms, maxDelay: 1s}");

        Settings {
            spec = Map.copyOf(spec);
        }

        Settings(String backend, String interval, long seed) {
            this(backend, interval, seed, 500, Optional.empty(), "TRUE", STANDARD);
        }

        Settings rate(int perSecond) {
            return new Settings(backend, interval, seed, perSecond, kafka, where, spec);
        }

        Settings kafkaAt(String servers) {
            return new Settings(
                    backend, interval, seed, recordsPerSecond, Optional.of(servers), where, spec);
        }

        Settings where(String condition) {
            return new Settings(backend, interval, seed, recordsPerSecond, kafka, condition, spec);
        }

        /** With a field of the spec, in the place of its standard value if it has one. */
        Settings with(String field, String yaml) {
            Map<String, String> more = new TreeMap<>(spec);
            more.put(field, yaml);
            return new Settings(backend, interval, seed, recordsPerSecond, kafka, where, more);
        }

        /** With storage of its own: the test store, reached at {@code endpoint}. */
        Settings storedAt(Stage stage, String endpoint) {
            return with(
                    "storage",
                    "{uri: 's3://%s', endpoint: '%s', pathStyle: true, credentialsSecret: %s}"
                            .formatted(stage.servers().bucket(), endpoint, Stage.STORAGE_SECRET));
        }

        private String manifest(String sql) {
            return """
                    apiVersion: weir.dev/v1alpha1
                    kind: StreamJob
                    metadata:
                      name: exact
                    spec:
                      program:
                        sql: |
                    %s
                      parallelism: 1
                      state: {backend: %s}
                      checkpoint: {interval: %s}
                    %s
                    """
                    .formatted(sql.indent(6), backend, interval, fields());
        }

        private String fields() {
            return spec.entrySet().stream()
                    .map(field -> "  " + field.getKey() + ": " + field.getValue())
                    .collect(Collectors.joining("\n"));
        }
    }
}
