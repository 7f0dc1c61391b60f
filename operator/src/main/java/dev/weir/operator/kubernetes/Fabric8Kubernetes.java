package dev.weir.operator.kubernetes;

import dev.weir.crds.StreamJob;
import dev.weir.crds.StreamJobSpec;
import dev.weir.crds.StreamJobStatus;
import dev.weir.operator.wake.JobKey;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The API server by way of the Fabric8 client. */
public final class Fabric8Kubernetes implements KubernetesGateway {

    /** The cause in the API server's refusal to make anything in a namespace that is deleted. */
    private static final String NAMESPACE_TERMINATING = "NamespaceTerminating";

    private final KubernetesClient client;
    private final JobCaches caches;
    private final OwnWrites<StreamJobSpec, StreamJobStatus, StreamJob> writes;
    private final Set<String> ending = ConcurrentHashMap.newKeySet();

    public Fabric8Kubernetes(KubernetesClient client, JobCaches caches) {
        this.client = client;
        this.caches = caches;
        this.writes = new OwnWrites<>(client, StreamJob.class, StreamJob::new, StreamJob.FINALIZER);
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
        return writes.newest(cached);
    }

    @Override
    public boolean ending(String namespace) {
        return ending.contains(namespace);
    }

    @Override
    public void forget(StreamJob gone) {
        writes.forget(gone);
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
                OwnWrites.attempt(
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
        return OwnWrites.attempt(
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
        return writes.addFinalizer(job);
    }

    @Override
    public Written removeFinalizer(StreamJob job) {
        return writes.removeFinalizer(job);
    }

    @Override
    public Written writeStatus(StreamJob job, StreamJobStatus status) {
        return writes.writeStatus(job, status);
    }

    @Override
    public Written publish(Event event) {
        Written written =
                OwnWrites.attempt(
                        () -> {
                            client.resource(event).create();
                            return new Written.Done();
                        });
        return written instanceof Written.Conflict ? new Written.Done() : written;
    }

    private Written createOwned(HasMetadata made) {
        Written written = OwnWrites.attempt(() -> createOrNote(made));
        return written instanceof Written.Conflict
                ? OwnWrites.attempt(() -> compareOwner(made))
                : written;
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
}
