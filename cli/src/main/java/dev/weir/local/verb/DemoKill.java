package dev.weir.local.verb;

import dev.weir.cli.place.Admitted;
import dev.weir.cli.place.JobDocument;
import dev.weir.cli.place.Scope;
import dev.weir.cli.show.Console;
import dev.weir.crds.JobCondition;
import dev.weir.crds.StreamJobStatus;
import dev.weir.local.LocalHome;
import dev.weir.local.LocalPlace;
import dev.weir.local.LocalWorld;
import dev.weir.local.Sample;
import dev.weir.local.node.LocalNode;
import dev.weir.operator.wake.JobKey;
import dev.weir.sandbox.exact.ExactProgram;
import dev.weir.sandbox.exact.ExactTopics;
import dev.weir.sandbox.exact.InputProducer;
import dev.weir.sandbox.exact.InputSequence;
import dev.weir.sandbox.exact.OutputReader;
import dev.weir.sandbox.exact.Verdict;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Kills the process of a job that runs, and has a checker that is not Flink say whether each record
 * came out once: the job writes a row for each record, with a count and a running hash out of its
 * state, and the checker knows what they must be.
 */
@Command(
        name = "kill",
        description = {
            "Runs a job of its own, kills its process without warning, and compares every row of its output with the input.",
            "Prints how long the recovery took, and 'exact: yes' if no row was lost, doubled, or made of lost state."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  weir demo kill", "  weir demo kill --times 3"})
public final class DemoKill implements Callable<Integer> {

    private static final int KEYS = 100;
    private static final int PARTITIONS = 2;
    private static final int RECORDS_A_SECOND = 500;
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final Duration QUIET = Duration.ofSeconds(3);

    private final LocalHome home;
    private final Path project;
    private final Console console;

    @Option(
            names = "--times",
            paramLabel = "N",
            defaultValue = "1",
            description = "How often the process is killed. Default: ${DEFAULT-VALUE}.")
    private int times;

    /**
     * @param project the folder in which Weir was built
     */
    public DemoKill(LocalHome home, Path project, Console console) {
        this.home = home;
        this.project = project;
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        LocalWorld.Addresses addresses = new LocalWorld(home, project).start(false, console::tell);
        String name = "demo-" + UUID.randomUUID().toString().substring(0, 8);
        InputSequence input = new InputSequence(System.nanoTime(), KEYS);
        ExactTopics topics = ExactTopics.named(addresses.kafka(), name, PARTITIONS);
        topics.create();
        try (LocalPlace place = LocalPlace.of(home);
                InputProducer producer =
                        InputProducer.start(input, topics, RECORDS_A_SECOND, Long.MAX_VALUE);
                OutputReader reader = new OutputReader(topics, input)) {
            JobKey job = new JobKey(place.defaultNamespace(), name);
            apply(place, job, topics);
            await(place, job, DemoKill::hasCheckpoint, "its first checkpoint");
            for (int i = 0; i < times; i++) {
                kill(place, job, producer, reader);
            }
            long records = producer.stop();
            Verdict verdict = reader.readAll(records, BOUND, QUIET);
            console.say("exact: " + (verdict.exact() ? "yes" : "NO"));
            console.say("  " + verdict);
            place.delete(job);
            return verdict.exact() ? 0 : 1;
        }
    }

    private void apply(LocalPlace place, JobKey job, ExactTopics topics) throws IOException {
        String manifest =
                """
                apiVersion: weir.dev/v1alpha1
                kind: StreamJob
                metadata: {name: %s}
                spec:
                  program:
                    sql: |
                %s
                  checkpoint: {interval: 1s}
                  deletion: {state: Delete}
                """
                        .formatted(
                                job.name(), new ExactProgram(topics, job.name()).sql().indent(6));
        Admitted admitted = place.apply(Sample.parse(manifest, job.namespace()));
        if (!(admitted instanceof Admitted.Created)) {
            throw new IllegalStateException("the demo's own job was not taken: " + admitted);
        }
        console.tell(
                "job "
                        + job.name()
                        + " is applied: "
                        + RECORDS_A_SECOND
                        + " records a second, a checkpoint each second");
    }

    private void kill(LocalPlace place, JobKey job, InputProducer producer, OutputReader reader) {
        Pod pod = place.pods(job).getLast();
        ProcessHandle process =
                LocalNode.findProcess(pod)
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "pod "
                                                        + pod.getMetadata().getName()
                                                        + " has no process to kill"));
        long restarts = restarts(place, job);
        Instant killed = console.now();
        process.destroyForcibly();
        console.say("killed process " + process.pid() + " of pod " + pod.getMetadata().getName());
        await(
                place,
                job,
                now -> isReady(now) && restarts(now) > restarts,
                "the recovery of the job");
        Duration running = Duration.between(killed, console.now());
        Verdict sofar = reader.readUntil(producer.written(), BOUND);
        Duration caughtUp = Duration.between(killed, console.now());
        console.say(
                String.format(
                        Locale.ROOT,
                        "recovered: all tasks run after %.1f s, and the output has caught up with"
                                + " the input after %.1f s (%d rows)",
                        running.toMillis() / 1000.0,
                        caughtUp.toMillis() / 1000.0,
                        sofar.rows()));
    }

    private void await(LocalPlace place, JobKey key, Predicate<JobDocument> wanted, String what) {
        boolean seen =
                place.watch(
                        new Scope.One(key),
                        Optional.of(BOUND),
                        (_, job) -> job.filter(wanted).isPresent());
        if (!seen) {
            throw new IllegalStateException(
                    what
                            + " was not seen within "
                            + BOUND.toSeconds()
                            + " s; './weir describe "
                            + key.name()
                            + "' says why");
        }
    }

    private static boolean hasCheckpoint(JobDocument job) {
        return isReady(job) && job.status().map(StreamJobStatus::checkpoint).isPresent();
    }

    private static boolean isReady(JobDocument job) {
        return job.condition(JobCondition.Type.READY)
                .filter(ready -> ready.status() == JobCondition.Holds.TRUE)
                .isPresent();
    }

    private static long restarts(LocalPlace place, JobKey key) {
        return place.job(key).map(DemoKill::restarts).orElse(0L);
    }

    private static long restarts(JobDocument job) {
        return job.status().map(StreamJobStatus::restarts).map(Number::longValue).orElse(0L);
    }
}
