package dev.weir.e2e.bench;

import dev.weir.e2e.node.BarePod;
import dev.weir.e2e.node.JobUnderTest;
import dev.weir.e2e.node.OperatorKey;
import dev.weir.e2e.node.Stage;
import dev.weir.ledger.Start;
import dev.weir.protocol.CommandSigner;
import dev.weir.protocol.Receipt;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What the operator adds to a job's start: apply until all tasks run, less the same image with the
 * same program run as a bare pod and activated with a signed command by hand.
 *
 * <p>Both are seen by the same watcher, which follows the pod's event stream from outside. The two
 * ways alternate, and which of them comes first in a pair alternates too, so that a machine that
 * grows slower wrongs neither.
 */
@Command(
        name = "start",
        description = "Apply to RUNNING, with the operator and without.",
        mixinStandardHelpOptions = true)
final class StartBench implements Callable<Integer> {

    private static final Duration BOUND = Duration.ofMinutes(3);

    @Option(
            names = "--pairs",
            defaultValue = "20",
            description = "Pairs of runs. Default: ${DEFAULT-VALUE}.")
    private int pairs;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    private final Measurements measurements = new Measurements("start");

    @Override
    public Integer call() throws Exception {
        if (pairs < 1) {
            throw new IllegalArgumentException("--pairs is " + pairs + ": give at least 1");
        }
        return measurements.measure(this::measure, json);
    }

    private void measure(Stage stage, String namespace) throws Exception {
        Template template = warmUp(stage, namespace);
        for (int pair = 0; pair < pairs; pair++) {
            boolean operatorFirst = pair % 2 == 0;
            Duration early =
                    operatorFirst
                            ? withOperator(stage, namespace, pair)
                            : bare(stage, template, pair);
            Duration late =
                    operatorFirst
                            ? bare(stage, template, pair)
                            : withOperator(stage, namespace, pair);
            Duration added = operatorFirst ? early.minus(late) : late.minus(early);
            measurements.add("operator_added_ms", added);
            System.err.printf(
                    "pair %d of %d: operator added %d ms%n", pair + 1, pairs, added.toMillis());
        }
    }

    /**
     * A start that is not counted: it fills the page cache, and gives the manifests that the bare
     * pods copy.
     */
    private Template warmUp(Stage stage, String namespace) {
        JobUnderTest job = JobUnderTest.apply(stage.cluster(), namespace, manifest("warm-up"));
        job.awaitCondition("Ready", "True", BOUND);
        Pod pod = job.runningPod(BOUND);
        Template template =
                new Template(
                        OperatorKey.program(stage.cluster(), pod),
                        pod,
                        OperatorKey.signerFor(stage.cluster(), pod));
        remove(job);
        return template;
    }

    private Duration withOperator(Stage stage, String namespace, int pair) {
        String name = "operated-" + pair;
        try (StartWatcher watcher = StartWatcher.ofJob(stage.cluster(), namespace, name)) {
            Instant begin = Instant.now();
            JobUnderTest job = JobUnderTest.apply(stage.cluster(), namespace, manifest(name));
            Duration running = Duration.between(begin, watcher.awaitRunning(BOUND));
            measurements.add("apply_to_running_ms", running);
            measurements.add("apply_to_held_ms", Duration.between(begin, watcher.held()));
            measurements.add(
                    "apply_to_first_checkpoint_ms",
                    Duration.between(begin, watcher.awaitFirstCheckpoint(BOUND)));
            remove(job);
            return running;
        }
    }

    private Duration bare(Stage stage, Template template, int pair) throws Exception {
        String name = "bare-" + pair;
        ConfigMap program = BarePod.programFor(template.program(), name);
        Pod pod = BarePod.podFor(template.pod(), name, program);
        try (StartWatcher watcher =
                StartWatcher.ofPod(stage.cluster(), pod.getMetadata().getNamespace(), name)) {
            Instant begin = Instant.now();
            stage.cluster().client().resource(program).create();
            try (BarePod bare = BarePod.start(stage.cluster(), pod, template.signer())) {
                watcher.awaitHeld(BOUND);
                Receipt receipt = bare.activate(BarePod.jobUid(name), 0, new Start.First());
                if (receipt.settled() && receipt.outcome() != Receipt.Outcome.DONE) {
                    throw new IllegalStateException("the bare pod did not start: " + receipt);
                }
                Duration running = Duration.between(begin, watcher.awaitRunning(BOUND));
                measurements.add("bare_to_running_ms", running);
                return running;
            }
        }
    }

    private static void remove(JobUnderTest job) {
        job.delete();
        job.awaitGone(BOUND);
    }

    private static String manifest(String name) {
        return """
                apiVersion: weir.dev/v1alpha1
                kind: StreamJob
                metadata:
                  name: %s
                spec:
                  program:
                    sql: |
                      CREATE TABLE numbers (k BIGINT) WITH (
                        'connector' = 'datagen', 'rows-per-second' = '100', 'fields.k.min' = '0', 'fields.k.max' = '9');
                      CREATE TABLE counts (k BIGINT, n BIGINT) WITH ('connector' = 'blackhole');
                      INSERT INTO counts SELECT k, COUNT(*) FROM numbers GROUP BY k;
                  resources: {cpu: 500m, memory: 1Gi}
                  checkpoint: {interval: 1s}
                  deletion: {state: Delete}
                """
                .formatted(name);
    }

    /** What the bare pods are copied from. */
    private record Template(ConfigMap program, Pod pod, CommandSigner signer) {}
}
