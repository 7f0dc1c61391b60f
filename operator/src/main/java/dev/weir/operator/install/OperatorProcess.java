package dev.weir.operator.install;

import dev.weir.operator.JobPass;
import dev.weir.operator.SavepointPass;
import dev.weir.operator.SavepointReconciler;
import dev.weir.operator.StreamJobReconciler;
import dev.weir.operator.execute.Executor;
import dev.weir.operator.execute.Messenger;
import dev.weir.operator.execute.SavepointExecutor;
import dev.weir.operator.kubernetes.Fabric8Kubernetes;
import dev.weir.operator.kubernetes.Fabric8Savepoints;
import dev.weir.operator.kubernetes.JobCaches;
import dev.weir.operator.observe.Observer;
import dev.weir.operator.observe.PodAddresses;
import dev.weir.operator.observe.SavepointObserver;
import dev.weir.operator.plan.OperatorDefaults;
import dev.weir.operator.publish.Announcer;
import dev.weir.operator.publish.PassMetrics;
import dev.weir.operator.publish.Publisher;
import dev.weir.operator.publish.SavepointPublisher;
import dev.weir.operator.publish.StatusRefresh;
import dev.weir.operator.publish.StatusWriter;
import dev.weir.operator.runtime.HttpRuntimeGateway;
import dev.weir.operator.runtime.KeyRing;
import dev.weir.operator.wake.JobEvents;
import dev.weir.operator.wake.SavepointEvents;
import dev.weir.operator.wake.Wakeups;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Puts the operator together, starts it, and takes it apart in reverse. Standbys fill their caches
 * too, so that the one that takes the lease over acts at once.
 */
@Singleton
public final class OperatorProcess {

    private static final Logger LOG = Logger.getLogger(OperatorProcess.class);

    /** A safety net under the events, not a means: nothing relies on it. */
    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(60);

    private final OperatorSettings settings;
    private final MeterRegistry registry;
    private final InstantSource clock = new MonotonicClock();
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private volatile JobCaches caches;
    private volatile Operator operator;

    public OperatorProcess(OperatorSettings settings, MeterRegistry registry) {
        this.settings = settings;
        this.registry = registry;
    }

    void start(@Observes StartupEvent event) {
        KeyRing keys = KeyRing.read(settings.commandKeyFile(), settings.previousCommandKeyFile());
        KubernetesClient client = open(new KubernetesClientBuilder().build());
        JobEvents events = new JobEvents();
        SavepointEvents savepoints = new SavepointEvents();
        Wakeups both =
                job -> {
                    events.wake(job);
                    savepoints.wake(job);
                };
        HttpRuntimeGateway runtime =
                open(new HttpRuntimeGateway(keys.signers(), both, clock, new SecureRandom()));
        caches = open(new JobCaches(client, both));
        Fabric8Kubernetes kubernetes = new Fabric8Kubernetes(client, caches);
        Observer observer = new Observer(kubernetes, runtime, clock);
        Messenger messenger = new Messenger(runtime, new PodAddresses(kubernetes));
        Publisher publisher = publisher(kubernetes, events);
        JobPass pass =
                new JobPass(
                        defaults(keys),
                        kubernetes,
                        observer,
                        new Executor(kubernetes, messenger),
                        publisher);
        Fabric8Savepoints ofSavepoints = new Fabric8Savepoints(client);
        SavepointPass savepointPass =
                new SavepointPass(
                        ofSavepoints,
                        new SavepointObserver(ofSavepoints, observer),
                        new SavepointExecutor(ofSavepoints, messenger),
                        new SavepointPublisher(
                                ofSavepoints, publisher.announcer(), publisher.metrics()));
        Operator started = new Operator(overrider -> configure(overrider, client));
        started.register(
                new StreamJobReconciler(pass, events),
                overrider -> configure(overrider, "streamjob", UserChanges.ofJobs()));
        started.register(
                new SavepointReconciler(savepointPass, savepoints),
                overrider -> configure(overrider, "savepoint", UserChanges.ofSavepoints()));
        started.start();
        open(started::stop);
        operator = started;
    }

    void stop(@Observes ShutdownEvent event) {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LOG.warn("A part of the operator did not close", e);
            }
        }
    }

    /** Whether watches are open and events can come. */
    boolean healthy() {
        return operator != null
                && operator.getRuntimeInfo().allEventSourcesAreHealthy()
                && caches.watching();
    }

    private <T extends AutoCloseable> T open(T part) {
        parts.push(part);
        return part;
    }

    private OperatorDefaults defaults(KeyRing keys) {
        return new OperatorDefaults(
                settings.storage()
                        .uri()
                        .map(
                                uri ->
                                        new OperatorDefaults.Storage(
                                                uri,
                                                settings.storage().region(),
                                                settings.storage().endpoint(),
                                                settings.storage().pathStyle(),
                                                settings.storage().credentialsSecret())),
                settings.runtimeImage(),
                keys.publicTexts(),
                settings.rollAfter());
    }

    private Publisher publisher(Fabric8Kubernetes kubernetes, JobEvents events) {
        StatusRefresh refresh = new StatusRefresh(events, clock);
        ScheduledExecutorService turns =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("status-refresh").factory());
        long interval = StatusRefresh.INTERVAL.toMillis();
        turns.scheduleAtFixedRate(refresh::tick, interval, interval, TimeUnit.MILLISECONDS);
        open(turns::shutdownNow);
        return new Publisher(
                new StatusWriter(kubernetes, refresh),
                new Announcer(kubernetes, settings.instance()),
                new PassMetrics(registry));
    }

    private void configure(ConfigurationServiceOverrider overrider, KubernetesClient client) {
        overrider
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withMetrics(MicrometerMetricsV2.newBuilder(registry).build());
        settings.lease()
                .namespace()
                .ifPresent(
                        namespace ->
                                overrider.withLeaderElectionConfiguration(
                                        Election.forLease(
                                                settings.lease().name(),
                                                namespace,
                                                settings.instance())));
    }

    private static <R extends HasMetadata> void configure(
            ControllerConfigurationOverrider<R> overrider, String name, UserChanges<R> news) {
        overrider
                .withName(name)
                .watchingAllNamespaces()
                .withTriggerReconcilerOnAllEvents(true)
                .withGenerationAware(false)
                .withOnUpdateFilter(news)
                .withReconciliationMaxInterval(LONGEST_INTERVAL)
                .withRetry(
                        new GenericRetry()
                                .setInitialInterval(Duration.ofMillis(200))
                                .setIntervalMultiplier(2)
                                .setMaxInterval(10_000)
                                .withoutMaxAttempts());
    }
}
