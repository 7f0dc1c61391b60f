package dev.weir.local;

import dev.weir.crds.StreamJob;
import dev.weir.local.store.Key;
import dev.weir.local.store.Kind;
import dev.weir.local.store.ResourceFiles;
import dev.weir.local.store.ResourceWatch;
import dev.weir.operator.JobPass;
import dev.weir.operator.execute.Executor;
import dev.weir.operator.execute.Messenger;
import dev.weir.operator.kubernetes.Labels;
import dev.weir.operator.observe.Observer;
import dev.weir.operator.observe.PodAddresses;
import dev.weir.operator.plan.OperatorDefaults;
import dev.weir.operator.publish.Announcer;
import dev.weir.operator.publish.PassMetrics;
import dev.weir.operator.publish.Publisher;
import dev.weir.operator.publish.StatusRefresh;
import dev.weir.operator.publish.StatusWriter;
import dev.weir.operator.runtime.CommandKey;
import dev.weir.operator.runtime.HttpRuntimeGateway;
import dev.weir.operator.wake.JobKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The operator on the local world: the same observer, planner, executor and projector as on a
 * cluster, woken by files that change and by what pods say.
 */
final class LocalOperator implements AutoCloseable {

    /** A safety net under the events, as on a cluster. */
    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(60);

    private static final String INSTANCE = "local";

    private final ResourceFiles files;
    private final Map<JobKey, StreamJob> known = new ConcurrentHashMap<>();
    private final Map<Key, JobKey> owners = new ConcurrentHashMap<>();
    private final Deque<Runnable> parts = new ArrayDeque<>();
    private final PassLoop loop;
    private final JobPass pass;

    LocalOperator(
            ResourceFiles files, CommandKey key, OperatorDefaults defaults, InstantSource clock) {
        this.files = files;
        this.loop = new PassLoop(this::pass);
        LocalKubernetes kubernetes = new LocalKubernetes(files, clock);
        HttpRuntimeGateway runtime =
                new HttpRuntimeGateway(List.of(key.signer()), loop, clock, new SecureRandom());
        parts.push(runtime::close);
        StatusRefresh refresh = new StatusRefresh(loop, clock);
        parts.push(turns(refresh)::shutdownNow);
        pass =
                new JobPass(
                        defaults,
                        kubernetes,
                        new Observer(kubernetes, runtime, clock),
                        new Executor(
                                kubernetes, new Messenger(runtime, new PodAddresses(kubernetes))),
                        new Publisher(
                                new StatusWriter(kubernetes, refresh),
                                new Announcer(kubernetes, INSTANCE),
                                new PassMetrics(new SimpleMeterRegistry())));
        parts.push(loop::close);
        kubernetes.collectOrphans();
    }

    void start() {
        parts.push(
                ResourceWatch.start(
                                files,
                                List.of(Kind.STREAM_JOBS, Kind.PODS, Kind.CONFIG_MAPS),
                                this::changed)
                        ::close);
        files.keys(Kind.STREAM_JOBS).forEach(key -> loop.wake(job(key)));
    }

    /** What a job owns is news of the job, also when it is gone and can't be asked any more. */
    private void changed(Kind<?> kind, Key key) {
        if (kind.equals(Kind.STREAM_JOBS)) {
            loop.wake(job(key));
            return;
        }
        files.get(kind, key)
                .map(made -> made.getMetadata().getLabels())
                .map(labels -> labels.get(Labels.JOB))
                .ifPresent(name -> owners.put(key, new JobKey(key.namespace(), name)));
        Optional.ofNullable(owners.get(key)).ifPresent(loop::wake);
    }

    private Optional<Duration> pass(JobKey key) {
        Optional<StreamJob> job = files.get(Kind.STREAM_JOBS, Key.of(key));
        Optional<StreamJob> before = Optional.ofNullable(known.get(key));
        before.filter(gone -> !job.map(LocalOperator::uid).equals(Optional.of(uid(gone))))
                .ifPresent(
                        gone -> {
                            pass.forget(gone);
                            known.remove(key);
                            owners.values().removeIf(key::equals);
                        });
        if (job.isEmpty()) {
            return Optional.empty();
        }
        known.put(key, job.get());
        return pass.run(job.get()).or(() -> Optional.of(LONGEST_INTERVAL));
    }

    private static ScheduledExecutorService turns(StatusRefresh refresh) {
        ScheduledExecutorService turns =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("status-refresh").factory());
        long interval = StatusRefresh.INTERVAL.toMillis();
        turns.scheduleAtFixedRate(refresh::tick, interval, interval, TimeUnit.MILLISECONDS);
        return turns;
    }

    private static String uid(StreamJob job) {
        return job.getMetadata().getUid();
    }

    private static JobKey job(Key key) {
        return new JobKey(key.namespace(), key.name());
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            parts.pop().run();
        }
    }
}
