package dev.weir.operator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The finalizer and the status of one kind of our resources, written only over the version that was
 * seen. What the API server answers is remembered, so that the next pass does not decide by a cache
 * that is behind its own writes.
 */
final class OwnWrites<S, T, R extends CustomResource<S, T>> {

    private static final int UNPROCESSABLE = 422;

    private final KubernetesClient client;
    private final Class<R> kind;
    private final Supplier<R> empty;
    private final String finalizer;
    private final Map<String, R> answered = new ConcurrentHashMap<>();

    OwnWrites(KubernetesClient client, Class<R> kind, Supplier<R> empty, String finalizer) {
        this.client = client;
        this.kind = kind;
        this.empty = empty;
        this.finalizer = finalizer;
    }

    R newest(R cached) {
        R own = answered.get(cached.getMetadata().getUid());
        if (own == null) {
            return cached;
        }
        if (version(own) > version(cached)) {
            return own;
        }
        answered.remove(cached.getMetadata().getUid(), own);
        return cached;
    }

    void forget(R gone) {
        answered.remove(gone.getMetadata().getUid());
    }

    Written addFinalizer(R resource) {
        List<String> finalizers = new ArrayList<>(resource.getMetadata().getFinalizers());
        if (finalizers.contains(finalizer)) {
            return new Written.Done();
        }
        finalizers.add(finalizer);
        return patchFinalizers(resource, finalizers);
    }

    Written removeFinalizer(R resource) {
        List<String> finalizers = new ArrayList<>(resource.getMetadata().getFinalizers());
        return finalizers.remove(finalizer)
                ? patchFinalizers(resource, finalizers)
                : new Written.Done();
    }

    Written writeStatus(R resource, T status) {
        return attempt(
                () -> {
                    R changed = empty.get();
                    changed.setMetadata(
                            new ObjectMetaBuilder()
                                    .withNamespace(resource.getMetadata().getNamespace())
                                    .withName(resource.getMetadata().getName())
                                    .withUid(resource.getMetadata().getUid())
                                    .withResourceVersion(
                                            resource.getMetadata().getResourceVersion())
                                    .build());
                    changed.setSpec(resource.getSpec());
                    changed.setStatus(status);
                    remember(client.resource(changed).updateStatus());
                    return new Written.Done();
                });
    }

    /** A merge patch replaces the whole list, which the resource's version makes safe. */
    private Written patchFinalizers(R resource, List<String> finalizers) {
        String patch =
                client.getKubernetesSerialization()
                        .asJson(
                                Map.of(
                                        "metadata",
                                        Map.of(
                                                "resourceVersion",
                                                resource.getMetadata().getResourceVersion(),
                                                "finalizers",
                                                finalizers)));
        return attempt(
                () -> {
                    remember(
                            client.resources(kind)
                                    .inNamespace(resource.getMetadata().getNamespace())
                                    .withName(resource.getMetadata().getName())
                                    .patch(PatchContext.of(PatchType.JSON_MERGE), patch));
                    return new Written.Done();
                });
    }

    private void remember(R resource) {
        answered.put(resource.getMetadata().getUid(), resource);
    }

    private static long version(HasMetadata resource) {
        return Long.parseUnsignedLong(resource.getMetadata().getResourceVersion());
    }

    static Written attempt(Supplier<Written> write) {
        try {
            return write.get();
        } catch (KubernetesClientException e) {
            return switch (e.getCode()) {
                case HttpURLConnection.HTTP_CONFLICT -> new Written.Conflict();
                case HttpURLConnection.HTTP_BAD_REQUEST,
                        HttpURLConnection.HTTP_FORBIDDEN,
                        HttpURLConnection.HTTP_NOT_FOUND,
                        UNPROCESSABLE ->
                        new Written.Refused(e.getMessage());
                default -> new Written.Undecided(e.getMessage());
            };
        }
    }
}
