package dev.weir.cli.kubernetes;

import dev.weir.operator.kubernetes.PodManifests;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * A pod's log, by a request of its own: the client's calls for logs watch the pod besides, and
 * where they follow one they are silent about a refusal.
 */
final class PodLog {

    /** For the answer's begin; what is followed may be silent for as long as it likes. */
    private static final Duration BOUND = Duration.ofSeconds(20);

    private final KubernetesClient client;
    private final ApiErrors errors;

    PodLog(KubernetesClient client, ApiErrors errors) {
        this.client = client;
        this.errors = errors;
    }

    void read(Pod pod, Optional<Integer> tail, boolean follow, Predicate<String> line) {
        try (var text = begin(uri(pod, tail, follow)).body()) {
            var lines = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8));
            for (var next = lines.readLine(); next != null; next = lines.readLine()) {
                if (!line.test(next)) {
                    return;
                }
            }
        } catch (IOException e) {
            throw errors.meaning(new KubernetesClientException("the log broke off", e));
        }
    }

    private HttpResponse<InputStream> begin(String uri) throws IOException {
        var http = client.getHttpClient();
        var request = http.newHttpRequestBuilder().uri(uri).forStreaming().build();
        try {
            var response =
                    http.sendAsync(request, InputStream.class)
                            .get(BOUND.toMillis(), TimeUnit.MILLISECONDS);
            if (!response.isSuccessful()) {
                throw errors.meaning(refusal(response));
            }
            return response;
        } catch (ExecutionException | TimeoutException e) {
            throw errors.meaning(new KubernetesClientException("no log", e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted before the log began", e);
        }
    }

    private KubernetesClientException refusal(HttpResponse<InputStream> response)
            throws IOException {
        try (var body = response.body()) {
            var text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            return text.startsWith("{")
                    ? new KubernetesClientException(
                            client.getKubernetesSerialization().unmarshal(text, Status.class))
                    : new KubernetesClientException(text.strip(), response.code(), null);
        }
    }

    private String uri(Pod pod, Optional<Integer> tail, boolean follow) {
        var meta = pod.getMetadata();
        return client.getMasterUrl()
                + "api/v1/namespaces/%s/pods/%s/log?container=%s"
                        .formatted(meta.getNamespace(), meta.getName(), PodManifests.CONTAINER)
                + (follow ? "&follow=true" : "")
                + tail.map(lines -> "&tailLines=" + lines).orElse("");
    }
}
