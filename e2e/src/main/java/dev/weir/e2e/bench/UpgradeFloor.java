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
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Two held pods of two programs of one job, which take turns: the one that runs is stopped with a
 * savepoint and the other activated, by commands and nothing else. What that costs is what an
 * upgrade can't cost less than.
 */
final class UpgradeFloor implements AutoCloseable {

    private static final String JOB = "floor";

    private final Stage stage;
    private final List<BarePod> pods = new ArrayList<>();
    private final List<ConfigMap> programs = new ArrayList<>();
    private final RevisionedRows rows;
    private long term;

    private UpgradeFloor(Stage stage, RevisionedRows rows) {
        this.stage = stage;
        this.rows = rows;
    }

    /**
     * @param pattern a job that runs; pods and programs are copied from its own
     * @param job what the pods run in its place
     */
    static UpgradeFloor build(Stage stage, JobUnderTest pattern, RevisionedJob job)
            throws IOException {
        Pod like = pattern.runningPod(UpgradeBench.BOUND);
        ConfigMap program = OperatorKey.program(stage.cluster(), like);
        CommandSigner signer = OperatorKey.signerFor(stage.cluster(), like);
        UpgradeFloor floor = new UpgradeFloor(stage, new RevisionedRows(job.topics()));
        try {
            for (int turn = 0; turn < 2; turn++) {
                floor.add(like, program, signer, job.sql(turn), turn);
            }
            floor.activate(0, new Start.First());
            floor.rows.awaitRows(0, UpgradeBench.BOUND);
            return floor;
        } catch (IOException | RuntimeException e) {
            floor.close();
            throw e;
        }
    }

    private void add(Pod like, ConfigMap program, CommandSigner signer, String sql, int turn)
            throws IOException {
        String name = JOB + "-" + turn;
        ConfigMap own = BarePod.programFor(program, name, JOB);
        own.getData().put("program.sql", sql);
        stage.cluster().client().resource(own).create();
        programs.add(own);
        BarePod pod = BarePod.start(stage.cluster(), BarePod.podFor(like, name, own), signer);
        pods.add(pod);
        pod.awaitWarm(UpgradeBench.BOUND);
    }

    /** Hands the job over to the other pod; its rows are told apart by whose turn it is. */
    Duration swap(int turn) throws IOException {
        BarePod running = pods.get((turn - 1) % 2);
        rows.mark();
        expect(running.stop(BarePod.jobUid(JOB), term));
        running.awaitStopped(term, UpgradeBench.BOUND);
        activate(turn % 2, new Start.Latest());
        return rows.gap((turn - 1) % 2, turn % 2, UpgradeBench.BOUND);
    }

    private void activate(int which, Start start) throws IOException {
        expect(pods.get(which).activate(BarePod.jobUid(JOB), term, start));
        term++;
        pods.get(which).awaitRunning(UpgradeBench.BOUND);
    }

    private static void expect(Receipt receipt) {
        if (receipt.settled() && receipt.outcome() != Receipt.Outcome.DONE) {
            throw new IllegalStateException("a pod did not obey: " + receipt);
        }
    }

    @Override
    public void close() {
        rows.close();
        pods.forEach(BarePod::close);
        programs.forEach(program -> stage.cluster().client().resource(program).delete());
    }
}
