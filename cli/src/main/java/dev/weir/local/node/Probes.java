package dev.weir.local.node;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Probe;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Asks a process how it is, as its pod's manifest says.
 *
 * <ol>
 *   <li>Until it has answered {@code /live} once, it may take as long as the startup probe allows.
 *   <li>From then on so many failures of the liveness probe in a row are the end of it.
 *   <li>It is ready while the last readiness probe succeeded.
 * </ol>
 */
final class Probes implements AutoCloseable {

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(1))
                    .build();

    /** What one round told, and what is counted from round to round. */
    record Health(boolean started, boolean ready, int failures, Duration since) {

        static final Health NEW = new Health(false, false, 0, Duration.ZERO);

        /** Rules 1 and 2. */
        boolean over(Pod pod) {
            var container = pod.getSpec().getContainers().getFirst();
            return started
                    ? failures >= container.getLivenessProbe().getFailureThreshold()
                    : since.compareTo(patience(container.getStartupProbe())) > 0;
        }

        private static Duration patience(Probe startup) {
            return Duration.ofSeconds(
                    (long) startup.getPeriodSeconds() * startup.getFailureThreshold());
        }
    }

    /** One round, asynchronous; it never fails, but takes as long as the probe's time-out. */
    CompletableFuture<Health> round(Pod pod, Health before, Duration sinceLast) {
        var container = pod.getSpec().getContainers().getFirst();
        URI control =
                URI.create(
                        "http://"
                                + LocalNode.ADDRESS
                                + ":"
                                + container.getPorts().getFirst().getContainerPort());
        Duration since = before.since().plus(sinceLast);
        return ask(control, container.getReadinessProbe())
                .thenCompose(
                        ready ->
                                ready
                                        ? CompletableFuture.completedFuture(
                                                new Health(true, true, 0, since))
                                        : ask(control, container.getLivenessProbe())
                                                .thenApply(live -> unready(before, live, since)));
    }

    private static Health unready(Health before, boolean live, Duration since) {
        return new Health(
                before.started() || live,
                false,
                live || !before.started() ? 0 : before.failures() + 1,
                since);
    }

    private CompletableFuture<Boolean> ask(URI control, Probe probe) {
        HttpRequest request =
                HttpRequest.newBuilder(control.resolve(probe.getHttpGet().getPath()))
                        .timeout(Duration.ofSeconds(probe.getTimeoutSeconds()))
                        .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .handle((answer, failure) -> failure == null && answer.statusCode() < 400);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
