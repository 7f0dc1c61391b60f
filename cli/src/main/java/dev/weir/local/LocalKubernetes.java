package dev.weir.local;

import dev.weir.crds.StreamJob;
import dev.weir.crds.StreamJobStatus;
import dev.weir.local.store.Edit;
import dev.weir.local.store.Key;
import dev.weir.local.store.Kind;
import dev.weir.local.store.ResourceFiles;
import dev.weir.operator.kubernetes.KubernetesGateway;
import dev.weir.operator.kubernetes.Labels;
import dev.weir.operator.kubernetes.Written;
import dev.weir.operator.wake.JobKey;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The operator's port on the local world. It does what an API server does of its own accord: gives
 * UIDs and times, keeps what is deleted until its finalizers are gone, and collects what a resource
 * that is gone owned.
 */
public final class LocalKubernetes implements KubernetesGateway {

    /** Of a job, as its history is for people and not for ever. */
    private static final int EVENTS_KEPT = 100;

    private final ResourceFiles files;
    private final InstantSource clock;

    public LocalKubernetes(ResourceFiles files, InstantSource clock) {
        this.files = files;
        this.clock = clock;
    }

    @Override
    public List<Pod> pods(JobKey job) {
        return files.list(Kind.PODS).stream().filter(pod -> isOf(job, pod)).toList();
    }

    @Override
    public List<ConfigMap> programs(JobKey job) {
        return files.list(Kind.CONFIG_MAPS).stream().filter(map -> isOf(job, map)).toList();
    }

    @Override
    public StreamJob newest(StreamJob cached) {
        return files.get(Kind.STREAM_JOBS, Key.of(cached))
                .filter(there -> sameUid(there, cached))
                .orElse(cached);
    }

    /** Namespaces of the local world are names alone: none ends. */
    @Override
    public boolean ending(String namespace) {
        return false;
    }

    /** Reads are never older than the last write, so nothing is remembered. */
    @Override
    public void forget(StreamJob gone) {}

    @Override
    public Written create(Pod pod) {
        return createOwned(
                Kind.PODS,
                pod,
                made -> made.setStatus(new PodStatusBuilder().withPhase("Pending").build()));
    }

    @Override
    public Written create(ConfigMap program) {
        return createOwned(Kind.CONFIG_MAPS, program, _ -> {});
    }

    /** The pod's process is ended by the node, which then removes the pod. */
    @Override
    public Written deletePod(String namespace, String name, String uid, boolean atOnce) {
        files.change(
                Kind.PODS,
                new Key(namespace, name),
                before ->
                        before.filter(pod -> pod.getMetadata().getUid().equals(uid))
                                .<Edit<Pod>>map(pod -> new Edit.Put<>(marked(pod, atOnce)))
                                .orElseGet(Edit.Keep::new));
        return new Written.Done();
    }

    @Override
    public Written deleteProgram(String namespace, String name) {
        files.change(Kind.CONFIG_MAPS, new Key(namespace, name), _ -> new Edit.Remove<>());
        return new Written.Done();
    }

    @Override
    public Written addFinalizer(StreamJob job) {
        return change(
                job,
                there -> {
                    there.addFinalizer(StreamJob.FINALIZER);
                    return new Edit.Put<>(there);
                });
    }

    @Override
    public Written removeFinalizer(StreamJob job) {
        Written written =
                change(
                        job,
                        there -> {
                            there.removeFinalizer(StreamJob.FINALIZER);
                            return there.isMarkedForDeletion()
                                            && there.getMetadata().getFinalizers().isEmpty()
                                    ? new Edit.Remove<>()
                                    : new Edit.Put<>(there);
                        });
        if (written instanceof Written.Done && files.get(Kind.STREAM_JOBS, Key.of(job)).isEmpty()) {
            collect(job.getMetadata().getUid());
        }
        return written;
    }

    @Override
    public Written writeStatus(StreamJob job, StreamJobStatus status) {
        return change(
                job,
                there -> {
                    there.setStatus(status);
                    return new Edit.Put<>(there);
                });
    }

    @Override
    public Written publish(Event event) {
        files.change(
                Kind.EVENTS,
                Key.of(event),
                before -> {
                    if (before.isPresent()) {
                        return new Edit.Keep<>();
                    }
                    event.getMetadata().setUid(UUID.randomUUID().toString());
                    event.getMetadata().setCreationTimestamp(now());
                    return new Edit.Put<>(event);
                });
        forgetOldEvents(event.getRegarding().getUid());
        return new Written.Done();
    }

    /** Deletes what has no owner any more: what a world that was killed did not come to. */
    void collectOrphans() {
        List<String> jobs =
                files.list(Kind.STREAM_JOBS).stream()
                        .map(job -> job.getMetadata().getUid())
                        .toList();
        files.list(Kind.PODS).stream()
                .map(LocalKubernetes::owner)
                .filter(owner -> !jobs.contains(owner))
                .distinct()
                .forEach(this::collect);
    }

    private void collect(String ownerUid) {
        for (Pod pod : files.list(Kind.PODS)) {
            if (owner(pod).equals(ownerUid)) {
                deletePod(
                        pod.getMetadata().getNamespace(),
                        pod.getMetadata().getName(),
                        pod.getMetadata().getUid(),
                        false);
            }
        }
        for (ConfigMap map : files.list(Kind.CONFIG_MAPS)) {
            if (owner(map).equals(ownerUid)) {
                deleteProgram(map.getMetadata().getNamespace(), map.getMetadata().getName());
            }
        }
    }

    private void forgetOldEvents(String uid) {
        List<Event> told =
                files.list(Kind.EVENTS).stream()
                        .filter(event -> uid.equals(event.getRegarding().getUid()))
                        .sorted(LocalPlace.BY_VERSION)
                        .toList();
        told.stream()
                .limit(Math.max(0, told.size() - EVENTS_KEPT))
                .forEach(
                        event ->
                                files.change(Kind.EVENTS, Key.of(event), _ -> new Edit.Remove<>()));
    }

    /** As by optimistic locking: nothing is written over what the caller has not seen. */
    private Written change(StreamJob seen, Function<StreamJob, Edit<StreamJob>> decision) {
        AtomicReference<Written> written = new AtomicReference<>();
        files.change(
                Kind.STREAM_JOBS,
                Key.of(seen),
                before -> {
                    if (before.filter(there -> sameUid(there, seen)).isEmpty()) {
                        written.set(new Written.Refused("the StreamJob is gone"));
                        return new Edit.Keep<>();
                    }
                    if (!version(before.get()).equals(version(seen))) {
                        written.set(new Written.Conflict());
                        return new Edit.Keep<>();
                    }
                    written.set(new Written.Done());
                    return decision.apply(before.get());
                });
        return written.get();
    }

    private <T extends HasMetadata> Written createOwned(
            Kind<T> kind, T made, Consumer<T> complete) {
        AtomicReference<Written> written = new AtomicReference<>(new Written.Done());
        files.change(
                kind,
                Key.of(made),
                before -> {
                    if (before.isPresent()) {
                        if (!owner(before.get()).equals(owner(made))) {
                            written.set(belongsToSomebodyElse(made));
                        }
                        return new Edit.Keep<>();
                    }
                    made.getMetadata().setUid(UUID.randomUUID().toString());
                    made.getMetadata().setCreationTimestamp(now());
                    complete.accept(made);
                    return new Edit.Put<>(made);
                });
        return written.get();
    }

    private static Written belongsToSomebodyElse(HasMetadata made) {
        return new Written.Refused(
                made.getKind()
                        + " "
                        + made.getMetadata().getName()
                        + " exists and belongs to somebody else; delete or rename it");
    }

    private Pod marked(Pod pod, boolean atOnce) {
        if (!pod.isMarkedForDeletion()) {
            pod.getMetadata().setDeletionTimestamp(now());
        }
        pod.getMetadata()
                .setDeletionGracePeriodSeconds(
                        atOnce ? 0L : pod.getSpec().getTerminationGracePeriodSeconds());
        return pod;
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static boolean isOf(JobKey job, HasMetadata made) {
        return job.namespace().equals(made.getMetadata().getNamespace())
                && job.name().equals(made.getMetadata().getLabels().get(Labels.JOB));
    }

    private static String owner(HasMetadata made) {
        return made.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Objects.equals(owner.getController(), true))
                .map(OwnerReference::getUid)
                .findFirst()
                .orElse("");
    }

    private static boolean sameUid(HasMetadata one, HasMetadata other) {
        return one.getMetadata().getUid().equals(other.getMetadata().getUid());
    }

    private static String version(HasMetadata resource) {
        return resource.getMetadata().getResourceVersion();
    }
}
