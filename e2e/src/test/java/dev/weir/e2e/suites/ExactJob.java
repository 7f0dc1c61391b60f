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
import java.time.Duration;

/**
 * A job whose output is checked row by row, with the input that feeds it and the reader that judges
 * it.
 */
final class ExactJob implements AutoCloseable {

    private static final int KEYS = 100;
    private static final int PARTITIONS = 4;
    private static final int RECORDS_PER_SECOND = 500;
    private static final Duration START_BOUND = Duration.ofMinutes(2);
    private static final Duration CATCH_UP_BOUND = Duration.ofSeconds(90);
    private static final Duration QUIET = Duration.ofSeconds(3);

    private final Cluster cluster;
    private final JobUnderTest job;
    private final ExactTopics topics;
    private final InputSequence input;
    private final InputProducer producer;
    private final OutputReader reader;

    private ExactJob(Cluster cluster, JobUnderTest job, ExactTopics topics, InputSequence input) {
        this.cluster = cluster;
        this.job = job;
        this.topics = topics;
        this.input = input;
        this.producer = InputProducer.start(input, topics, RECORDS_PER_SECOND, Long.MAX_VALUE);
        this.reader = new OutputReader(topics, input);
    }

    /**
     * Applies the job to the namespace and waits until it is Ready and has written its first rows.
     */
    static ExactJob start(Stage stage, String namespace, Settings settings)
            throws InterruptedException {
        return start(stage, namespace, settings, "");
    }

    /**
     * @param more of the spec, as YAML
     */
    static ExactJob start(Stage stage, String namespace, Settings settings, String more)
            throws InterruptedException {
        InputSequence input = new InputSequence(settings.seed(), KEYS);
        ExactTopics topics =
                ExactTopics.named(stage.servers().bootstrapServers(), namespace, PARTITIONS);
        topics.create();
        String sql = new ExactProgram(topics, namespace).sql();
        JobUnderTest job =
                JobUnderTest.apply(
                        stage.cluster(), namespace, manifest(sql, settings) + more.indent(2));
        ExactJob exact = new ExactJob(stage.cluster(), job, topics, input);
        try {
            job.awaitCondition("Ready", "True", START_BOUND);
            return exact;
        } catch (AssertionError e) {
            exact.close();
            throw e;
        }
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

    private static String manifest(String sql, Settings settings) {
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
                  resources: {cpu: 500m, memory: 1Gi}
                  state: {backend: %s}
                  checkpoint: {interval: %s}
                  restart: {initialDelay: 100ms, maxDelay: 1s}
                """
                .formatted(sql.indent(6), settings.backend(), settings.interval());
    }

    /** What differs between the jobs of the suites. */
    record Settings(String backend, String interval, long seed) {}
}
