package dev.weir.e2e.bench;

import dev.weir.e2e.node.JobUnderTest;
import dev.weir.e2e.node.Stage;
import dev.weir.sandbox.exact.ExactTopics;
import dev.weir.sandbox.exact.InputProducer;
import dev.weir.sandbox.exact.InputSequence;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What an edit of the program costs: from the last row of the old revision to the first of the new
 * one, by the times in the rows. The floor is the same with two pods that no operator knows, told
 * by hand to stop and to activate. Both alternate. Each row is checked too: a key's count goes on
 * by one over all upgrades.
 */
@Command(
        name = "upgrade",
        description = "Last row of the old revision to first row of the new one.",
        mixinStandardHelpOptions = true)
final class UpgradeBench implements Callable<Integer> {

    static final Duration BOUND = Duration.ofMinutes(3);

    private static final int KEYS = 100;

    /** So that rows of a key are read in the order in which they were written. */
    private static final int PARTITIONS = 1;

    private static final int RECORDS_PER_SECOND = 1_000;
    private static final long SEED = 42;

    @Option(
            names = "--upgrades",
            defaultValue = "20",
            description = "Upgrades of each kind. Default: ${DEFAULT-VALUE}.")
    private int upgrades;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    private final Measurements measurements = new Measurements("upgrade", "small");

    @Override
    public Integer call() throws Exception {
        if (upgrades < 1) {
            throw new IllegalArgumentException("--upgrades is " + upgrades + ": give at least 1");
        }
        System.err.println("on " + Measurements.machine());
        return measurements.measure(this::measure, json);
    }

    private void measure(Stage stage, String namespace) throws Exception {
        ExactTopics topics = topics(stage, namespace + "-operated");
        ExactTopics floorTopics = topics(stage, namespace + "-floor");
        RevisionedJob job = new RevisionedJob(topics, namespace + "-operated");
        RevisionedJob floorJob = new RevisionedJob(floorTopics, namespace + "-floor");
        InputSequence input = new InputSequence(SEED, KEYS);
        try (InputProducer _ =
                        InputProducer.start(input, topics, RECORDS_PER_SECOND, Long.MAX_VALUE);
                InputProducer _ =
                        InputProducer.start(
                                input, floorTopics, RECORDS_PER_SECOND, Long.MAX_VALUE);
                RevisionedRows rows = new RevisionedRows(topics)) {
            JobUnderTest operated =
                    JobUnderTest.apply(stage.cluster(), namespace, job.manifest("operated", 0));
            operated.awaitUpToDate(BOUND);
            rows.awaitRows(0, BOUND);
            try (UpgradeFloor floor = UpgradeFloor.build(stage, operated, floorJob)) {
                for (int upgrade = 1; upgrade <= upgrades; upgrade++) {
                    Duration downtime = upgrade(operated, job, rows, upgrade);
                    Duration least = floor.swap(upgrade);
                    measurements.add("downtime_ms", downtime);
                    measurements.add("floor_ms", least);
                    System.err.printf(
                            "upgrade %d of %d: %d ms, floor %d ms%n",
                            upgrade, upgrades, downtime.toMillis(), least.toMillis());
                }
            }
        }
    }

    private static Duration upgrade(
            JobUnderTest operated, RevisionedJob job, RevisionedRows rows, int revision) {
        rows.mark();
        operated.editSql(job.sql(revision));
        Duration downtime = rows.gap(revision - 1, revision, BOUND);
        operated.awaitUpToDate(BOUND);
        return downtime;
    }

    private static ExactTopics topics(Stage stage, String name) throws InterruptedException {
        ExactTopics topics =
                ExactTopics.named(stage.servers().bootstrapServers(), name, PARTITIONS);
        topics.create();
        return topics;
    }
}
