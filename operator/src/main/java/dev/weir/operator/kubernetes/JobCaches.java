package dev.weir.operator.kubernetes;

import dev.weir.operator.wake.JobKey;
import dev.weir.operator.wake.Wakeups;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** What the API server says of everything that Weir made, kept up to date by watches. */
public final class JobCaches implements AutoCloseable {

    private static final String BY_JOB = "by-job";
    private static final Duration SYNC_TIMEOUT = Duration.ofSeconds(30);

    /** Watches carry every change; a list now and then is made by the client itself on a gap. */
    private static final long NO_RESYNC = 0;

    private final SharedIndexInformer<Pod> pods;
    private final SharedIndexInformer<ConfigMap> programs;

    /** Watches begin at once; the caches are complete when this returns. */
    public JobCaches(KubernetesClient client, Wakeups wakeups) {
        pods =
                client.pods()
                        .inAnyNamespace()
                        .withLabelSelector(Labels.SELECTOR)
                        .runnableInformer(NO_RESYNC);
        programs =
                client.configMaps()
                        .inAnyNamespace()
                        .withLabelSelector(Labels.SELECTOR)
                        .runnableInformer(NO_RESYNC);
        follow(pods, wakeups);
        follow(programs, wakeups);
    }

    List<Pod> pods(JobKey job) {
        return pods.getIndexer().byIndex(BY_JOB, job.toString());
    }

    List<ConfigMap> programs(JobKey job) {
        return programs.getIndexer().byIndex(BY_JOB, job.toString());
    }

    /** Whether both watches are open. */
    public boolean watching() {
        return pods.isWatching() && programs.isWatching();
    }

    @Override
    public void close() {
        pods.stop();
        programs.stop();
    }

    private static <T extends HasMetadata> void follow(
            SharedIndexInformer<T> informer, Wakeups wakeups) {
        Map<String, Function<T, List<String>>> byJob =
                Map.of(BY_JOB, one -> jobOf(one).map(JobKey::toString).stream().toList());
        informer.addIndexers(byJob)
                .addEventHandler(new Waking<>(wakeups))
                .exceptionHandler((_, _) -> true);
        try {
            informer.start()
                    .toCompletableFuture()
                    .get(SYNC_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(
                    "the API server gave no list of "
                            + informer.getApiTypeClass().getSimpleName()
                            + "s within "
                            + SYNC_TIMEOUT.toSeconds()
                            + " s; check the operator's role",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the caches were filled", e);
        }
    }

    private static Optional<JobKey> jobOf(HasMetadata made) {
        Map<String, String> labels = made.getMetadata().getLabels();
        return labels == null
                ? Optional.empty()
                : Optional.ofNullable(labels.get(Labels.JOB))
                        .map(name -> new JobKey(made.getMetadata().getNamespace(), name));
    }

    /** Any change of what a job owns is news of the job. */
    private record Waking<T extends HasMetadata>(Wakeups wakeups)
            implements ResourceEventHandler<T> {
        @Override
        public void onAdd(T made) {
            jobOf(made).ifPresent(wakeups::wake);
        }

        @Override
        public void onUpdate(T before, T after) {
            jobOf(after).ifPresent(wakeups::wake);
        }

        @Override
        public void onDelete(T gone, boolean finalStateUnknown) {
            jobOf(gone).ifPresent(wakeups::wake);
        }
    }
}
