package dev.weir.operator.fake;

import dev.weir.crds.StreamJob;
import dev.weir.ledger.LedgerRecord.Claim;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.RestorePoint;
import dev.weir.ledger.Seen;
import dev.weir.operator.JobPass;
import dev.weir.operator.execute.Executor;
import dev.weir.operator.execute.Messenger;
import dev.weir.operator.observe.Observer;
import dev.weir.operator.observe.PodAddresses;
import dev.weir.operator.plan.OperatorDefaults;
import dev.weir.operator.publish.Announcer;
import dev.weir.operator.publish.PassMetrics;
import dev.weir.operator.publish.Publisher;
import dev.weir.operator.publish.StatusRefresh;
import dev.weir.operator.publish.StatusWriter;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import dev.weir.protocol.RuntimeView.JobFailure;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * An operator's passes over one job, on fakes of everything outside: what a test tells and asks.
 */
public final class World {

    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    public static final String JOB_UID = "u-1";

    public final FakeKubernetes kubernetes;
    public final FakeRuntimes runtimes = new FakeRuntimes();
    private final JobPass pass;
    private final StatusRefresh refresh;
    private Instant now = NOW;

    private World(StreamJob job) {
        kubernetes = new FakeKubernetes(job, NOW);
        InstantSource clock = () -> now;
        refresh = new StatusRefresh(_ -> {}, clock);
        pass =
                new JobPass(
                        defaults(),
                        kubernetes,
                        new Observer(kubernetes, runtimes, clock),
                        new Executor(
                                kubernetes, new Messenger(runtimes, new PodAddresses(kubernetes))),
                        new Publisher(
                                new StatusWriter(kubernetes, refresh),
                                new Announcer(kubernetes, "operator-0"),
                                new PassMetrics(new SimpleMeterRegistry())));
    }

    /** A resource as a user has just created it. */
    public static World created() {
        return new World(job("INSERT INTO a SELECT * FROM b", 1, ""));
    }

    public static OperatorDefaults defaults() {
        return new OperatorDefaults(
                Optional.of(
                        new OperatorDefaults.Storage(
                                "s3://jobs/prod",
                                "eu-west-1",
                                Optional.empty(),
                                false,
                                Optional.empty())),
                "weir/runtime:1",
                List.of("key"),
                1000);
    }

    /**
     * @param more of the spec, as YAML
     */
    public static StreamJob job(String sql, long generation, String more) {
        return Serialization.unmarshal(
                """
                apiVersion: weir.dev/v1alpha1
                kind: StreamJob
                metadata: {name: delays, namespace: flights, uid: %s, generation: %d}
                spec:
                  program: {sql: "%s"}
                """
                                .formatted(JOB_UID, generation, sql)
                        + more.indent(2),
                StreamJob.class);
    }

    /** One pass; when the next one is due though nothing was heard. */
    public Optional<Duration> pass() {
        return pass.run(kubernetes.job());
    }

    public Instant now() {
        return now;
    }

    /** Time passes, and a job that is due gets its turn to write figures. */
    public void later(Duration span) {
        now = now.plus(span);
        refresh.tick();
    }

    /** All that the API server was asked to write so far, refused or not. */
    public int writes() {
        return kubernetes.effects().size() + kubernetes.statusWrites() + kubernetes.events().size();
    }

    /** Passes up to the pod of the newest revision, which then is up and says {@code state}. */
    public String podSays(RuntimeState state, Seen<LedgerView> ledger, Receipt... receipts) {
        return podSays(state, ledger, Optional.empty(), 0, receipts);
    }

    /** The same with what the pod says of the job's failures. */
    public String podSays(
            RuntimeState state,
            Seen<LedgerView> ledger,
            Optional<JobFailure> failure,
            long restarts,
            Receipt... receipts) {
        var name = kubernetes.podNames().getLast();
        kubernetes.starts(name);
        var pod = kubernetes.pod(name);
        runtimes.say(
                new RuntimeView(
                        pod.getMetadata().getUid(),
                        "boot of " + name,
                        JOB_UID,
                        pod.getMetadata().getAnnotations().get("weir.dev/revision"),
                        state,
                        ledger,
                        Optional.empty(),
                        Seen.unreachable("not compared"),
                        Optional.empty(),
                        Optional.empty(),
                        failure,
                        restarts,
                        List.of(receipts)));
        return name;
    }

    /** The way from nothing to a job that runs in term 1. */
    public static World running() {
        var world = created();
        for (var i = 0; i < 3; i++) {
            world.pass();
        }
        world.podSays(new RuntimeState.Running(1, "f00", NOW), open(1));
        world.pass();
        return world;
    }

    public static Seen<LedgerView> empty() {
        return Seen.present(new LedgerView.Empty());
    }

    public static Seen<LedgerView> open(long term) {
        var claim =
                new Claim(
                        "writer",
                        NOW,
                        "command",
                        "uid of a pod",
                        JOB_UID,
                        "revision",
                        "digest",
                        Optional.empty(),
                        new RestorePoint.Fresh(),
                        Optional.empty(),
                        0,
                        term,
                        Optional.empty(),
                        Optional.empty());
        return Seen.present(
                new LedgerView.Term(
                        term,
                        claim,
                        2,
                        new RestorePoint.Checkpoint(9, "s3://jobs/c-9"),
                        9,
                        new LedgerView.Open()));
    }
}
