package dev.weir.simulation;

import dev.weir.crds.Phase;
import dev.weir.crds.Reason;
import dev.weir.operator.plan.Plan;
import dev.weir.protocol.RuntimeState;
import java.util.Optional;

/**
 * Whether the world is as the spec says, by the world's truth and not by anybody's cache. What is
 * compared while it has to stay so is its {@link #state}.
 */
final class Convergence {

    private final Cluster cluster;
    private final Operators operators;
    private final LedgerOracle oracle;
    private final Bucket bucket;
    private final Sink sink;

    Convergence(
            Cluster cluster, Operators operators, LedgerOracle oracle, Bucket bucket, Sink sink) {
        this.cluster = cluster;
        this.operators = operators;
        this.oracle = oracle;
        this.bucket = bucket;
        this.sink = sink;
    }

    /** What the world has come to, in a word that stays the same; empty while it has not. */
    Optional<String> state() {
        return cluster.job().map(this::state).orElseGet(this::gone);
    }

    private Optional<String> gone() {
        return cluster.everyPod().isEmpty() && cluster.programs().isEmpty()
                ? Optional.of("gone")
                : Optional.empty();
    }

    private Optional<String> state(JobResource job) {
        if (job.deletionAsked().isPresent()) {
            return Optional.empty();
        }
        var foreign =
                oracle.isForeignTo(job.uid())
                        && plan().filter(Plan.Blocked.class::isInstance)
                                .filter(p -> p.reason() == Reason.LEDGER_FOREIGN)
                                .isPresent();
        if (foreign) {
            return Optional.of("blocked, as the ledger is another job's");
        }
        return job.spec().suspend() ? suspended(job) : running(job);
    }

    private Optional<Plan> plan() {
        return operators.leader().flatMap(Operator::lastPlan);
    }

    private Optional<String> suspended(JobResource job) {
        var said =
                cluster.everyPod().isEmpty()
                        && plan().filter(Plan.Converged.class::isInstance).isPresent()
                        && phaseIs(job, Phase.SUSPENDED);
        return said ? Optional.of("suspended") : Optional.empty();
    }

    private Optional<String> running(JobResource job) {
        return oracle.rollouts()
                .wanted(job.uid(), job.spec().revision())
                .flatMap(
                        wanted ->
                                wanted.equals(User.BAD)
                                                && oracle.rollouts().isNewest(job.uid(), wanted)
                                        ? Optional.of("fails on, as there is nothing to go back to")
                                        : running(job, wanted));
    }

    private Optional<String> running(JobResource job, String wanted) {
        var pods = cluster.everyPod();
        var said =
                pods.size() == 1
                        && pods.getFirst().identity().revision().equals(wanted)
                        && plan().filter(Plan.Converged.class::isInstance).isPresent()
                        && phaseIs(job, Phase.RUNNING);
        return said
                ? pods.getFirst()
                        .process()
                        .map(p -> p.view().state())
                        .filter(RuntimeState.Running.class::isInstance)
                        .map(s -> "running as " + ((RuntimeState.Running) s).jobId())
                : Optional.empty();
    }

    private static boolean phaseIs(JobResource job, Phase phase) {
        return job.status().filter(s -> s.phase() == phase).isPresent();
    }

    /** Output that waits for its commit: decided, and not yet to be seen. */
    Optional<Sink.Id> uncommitted() {
        return oracle.decided()
                .flatMap(LedgerOracle::location)
                .flatMap(bucket::snapshot)
                .flatMap(s -> s.pending().stream().filter(id -> !sink.isCommitted(id)).findFirst());
    }

    /**
     * Whether the job was stopped in order, by its own word. One that has never run here does not
     * answer for the one that had its name before.
     */
    boolean saysCommitted() {
        return cluster.job()
                .filter(job -> oracle.isClaimedBy(job.uid()))
                .flatMap(JobResource::status)
                .filter(s -> Operator.saysSuspended(s, Reason.SUSPENDED))
                .isPresent();
    }
}
