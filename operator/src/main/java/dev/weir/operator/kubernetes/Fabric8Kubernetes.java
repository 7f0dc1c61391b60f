package dev.weir.operator.kubernetes;

import dev.weir.crds.StreamJob;
import dev.weir.crds.StreamJobStatus;
import dev.weir.operator.wake.JobKey;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The API server by way of the Fabric8 client. */
public final class Fabric8Kubernetes implements KubernetesGateway {

    private static final int UNPROCESSABLE = 422;

    /** The cause in the API server's refusal to make anything in a namespace that is deleted. */
    private static final String NAMESPACE_TERMINATING = "NamespaceTerminating";

    private final KubernetesClient client;
    private final JobCaches caches;
    private final Map<String, StreamJob> answered = new ConcurrentHashMap<>();
    private final Set<String> ending = ConcurrentHashMap.newKeySet();

    public Fabric8Kubernetes(KubernetesClient client, JobCaches caches) {
        this.client = client;
        this.caches = caches;
    }

    @Override
    public List<Pod> pods(JobKey job) {
        return caches.pods(job);
    }

    @Override
    public List<ConfigMap> programs(JobKey job) {
        return caches.programs(job);
    }

    @Override
    public StreamJob newest(StreamJob cached) {
        StreamJob own = answered.get(cached.getMetadata().getUid());
        if (own == null) {
            return cached;
        }
        if (version(own) > version(cached)) {
            return own;
        }
        answered.remove(cached.getMetadata().getUid(), own);
        return cached;
    }

    @Override
    public boolean ending(String namespace) {
        return ending.contains(namespace);
    }

    @Override
    public void forget(StreamJob gone) {
        answered.remove(gone.getMetadata().getUid());
        ending.remove(gone.getMetadata().getNamespace());
    }

    @Override
    public Written create(Pod pod) {
        return createOwned(pod);
    }

    @Override
    public Written create(ConfigMap program) {
        return createOwned(program);
    }

    @Override
    public Written deletePod(String namespace, String name, String uid, boolean atOnce) {
        DeleteOptionsBuilder options =
                new DeleteOptionsBuilder().withNewPreconditions().withUid(uid).endPreconditions();
        if (atOnce) {
            options.withGracePeriodSeconds(0L);
        }
        Written written =
                attempt(
                        () -> {
                            // The client's own verbs take no UID along.
                            client.raw(
                                    "/api/v1/namespaces/" + namespace + "/pods/" + name,
                                    "DELETE",
                                    options.build());
                            return new Written.Done();
                        });
        // A conflict is another UID under this name: the pod that was meant is gone.
        return written instanceof Written.Conflict ? new Written.Done() : written;
    }

    @Override
    public Written deleteProgram(String namespace, String name) {
        return attempt(
                () -> {
                    client.configMaps()
                            .inNamespace(namespace)
                            .withName(name)
                            .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                            .delete();
                    return new Written.Done();
                });
    }

    @Override
    public Written addFinalizer(StreamJob job) {
        List<String> finalizers = new ArrayList<>(job.getMetadata().getFinalizers());
        if (finalizers.contains(StreamJob.FINALIZER)) {
            return new Written.Done();
        }
        finalizers.add(StreamJob.FINALIZER);
        return patchFinalizers(job, finalizers);
    }

    @Override
    public Written removeFinalizer(StreamJob job) {
        List<String> finalizers = new ArrayList<>(job.getMetadata().getFinalizers());
        return finalizers.remove(StreamJob.FINALIZER)
                ? patchFinalizers(job, finalizers)
                : new Written.Done();
    }

    @Override
    public Written writeStatus(StreamJob job, StreamJobStatus status) {
        return attempt(
                () -> {
                    StreamJob changed = new StreamJob();
                    changed.setMetadata(
                            new ObjectMetaBuilder()
                                    .withNamespace(job.getMetadata().getNamespace())
                                    .withName(job.getMetadata().getName())
                                    .withUid(job.getMetadata().getUid())
                                    .withResourceVersion(job.getMetadata().getResourceVersion())
                                    .build());
                    changed.setSpec(job.getSpec());
                    changed.setStatus(status);
                    remember(client.resource(changed).updateStatus());
                    return new Written.Done();
                });
    }

    @Override
    public Written publish(Event event) {
        Written written =
                attempt(
                        () -> {
                            client.resource(event).create();
                            return new Written.Done();
                        });
        return written instanceof Written.Conflict ? new Written.Done() : written;
    }

    /** A merge patch replaces the whole list, which the resource's version makes safe. */
    private Written patchFinalizers(StreamJob job, List<String> finalizers) {
        String patch =
                client.getKubernetesSerialization()
                        .asJson(
                                Map.of(
                                        "metadata",
                                        Map.of(
                                                "resourceVersion",
                                                job.getMetadata().getResourceVersion(),
                                                "finalizers",
                                                finalizers)));
        return attempt(
                () -> {
                    remember(
                            client.resources(StreamJob.class)
                                    .inNamespace(job.getMetadata().getNamespace())
                                    .withName(job.getMetadata().getName())
                                    .patch(PatchContext.of(PatchType.JSON_MERGE), patch));
                    return new Written.Done();
                });
    }

    private Written createOwned(HasMetadata made) {
        Written written = attempt(() -> createOrNote(made));
        return written instanceof Written.Conflict ? attempt(() -> compareOwner(made)) : written;
    }

    /** Conflict on the first word of it: with what is known now, another plan may be made. */
    private Written createOrNote(HasMetadata made) {
        try {
            client.resource(made).create();
            return new Written.Done();
        } catch (KubernetesClientException e) {
            if (saysThatTheNamespaceEnds(e) && ending.add(made.getMetadata().getNamespace())) {
                return new Written.Conflict();
            }
            throw e;
        }
    }

    private static boolean saysThatTheNamespaceEnds(KubernetesClientException e) {
        return e.getStatus() != null
                && e.getStatus().getDetails() != null
                && e.getStatus().getDetails().getCauses().stream()
                        .anyMatch(cause -> NAMESPACE_TERMINATING.equals(cause.getReason()));
    }

    private Written compareOwner(HasMetadata made) {
        HasMetadata there = client.resource(made).get();
        if (there == null) {
            return new Written.Conflict();
        }
        return owner(there).equals(owner(made))
                ? new Written.Done()
                : new Written.Refused(
                        made.getKind()
                                + " "
                                + made.getMetadata().getName()
                                + " exists and belongs to somebody else; delete or rename it");
    }

    private static String owner(HasMetadata made) {
        return made.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Objects.equals(owner.getController(), true))
                .map(OwnerReference::getUid)
                .findFirst()
                .orElse("");
    }

    private void remember(StreamJob job) {
        answered.put(job.getMetadata().getUid(), job);
    }

    private static long version(HasMetadata resource) {
        return Long.parseUnsignedLong(resource.getMetadata().getResourceVersion());
    }

    private static Written attempt(Supplier<Written> write) {
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
