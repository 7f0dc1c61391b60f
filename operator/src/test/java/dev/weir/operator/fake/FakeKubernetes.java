package dev.weir.operator.fake;

import dev.weir.crds.StreamJob;
import dev.weir.crds.StreamJobStatus;
import dev.weir.operator.kubernetes.KubernetesGateway;
import dev.weir.operator.kubernetes.Labels;
import dev.weir.operator.kubernetes.Written;
import dev.weir.operator.wake.JobKey;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One namespace of Kubernetes in memory, with one StreamJob: keeps what it is told, remembers each
 * write, and refuses, loses or overtakes a write that it is told to.
 */
public final class FakeKubernetes implements KubernetesGateway {

    /** A write that changes the world, as its verb and its object's name. */
    public enum Verb {
        ADD_FINALIZER,
        REMOVE_FINALIZER,
        CREATE_PROGRAM,
        CREATE_POD,
        DELETE_POD,
        DELETE_PROGRAM,
        WRITE_STATUS,
        PUBLISH
    }

    private static final Set<Verb> CREATIONS = EnumSet.of(Verb.CREATE_POD, Verb.CREATE_PROGRAM);

    private final Instant now;
    private StreamJob job;
    private final Map<String, Pod> pods = new LinkedHashMap<>();
    private final Map<String, ConfigMap> programs = new LinkedHashMap<>();
    private final Map<Verb, Deque<Written>> answers = new HashMap<>();
    private final List<String> effects = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private int statusWrites;
    private int version;
    private boolean gone;
    private boolean terminating;
    private boolean knownToEnd;

    public FakeKubernetes(StreamJob job, Instant now) {
        this.job = job;
        this.now = now;
        nextVersion();
    }

    private void nextVersion() {
        job.getMetadata().setResourceVersion(String.valueOf(++version));
    }

    /** The next write of this kind is answered so, and does nothing. */
    public void answer(Verb verb, Written written) {
        answers.computeIfAbsent(verb, _ -> new ArrayDeque<>()).add(written);
    }

    public StreamJob job() {
        return job;
    }

    /** The user edits the resource. */
    public void edit(StreamJob edited) {
        edited.setStatus(job.getStatus());
        edited.getMetadata().setFinalizers(job.getMetadata().getFinalizers());
        job = edited;
        nextVersion();
    }

    /** The user deletes the resource. */
    public void delete() {
        if (job.getMetadata().getFinalizers().isEmpty()) {
            gone = true;
        } else {
            job.getMetadata().setDeletionTimestamp(now.toString());
            nextVersion();
        }
    }

    /** Whether the resource was deleted, and no finalizer holds it. */
    public boolean gone() {
        return gone;
    }

    /** Every write but of status and events, in order. */
    public List<String> effects() {
        return List.copyOf(effects);
    }

    public List<Event> events() {
        return List.copyOf(events);
    }

    public int statusWrites() {
        return statusWrites;
    }

    public Pod pod(String name) {
        return pods.get(name);
    }

    public List<String> podNames() {
        return List.copyOf(pods.keySet());
    }

    /** The kubelet has started the pod's container, and it is ready. */
    public void starts(String name) {
        pods.computeIfPresent(
                name,
                (_, pod) ->
                        pod.edit()
                                .editOrNewStatus()
                                .withPhase("Running")
                                .withPodIP("10.0.0.7")
                                .withContainerStatuses(
                                        new ContainerStatusBuilder()
                                                .withName("runtime")
                                                .withReady(true)
                                                .withRestartCount(0)
                                                .withNewState()
                                                .withNewRunning()
                                                .endRunning()
                                                .endState()
                                                .build())
                                .endStatus()
                                .build());
    }

    /** A pod that was there before, or that somebody else made. */
    public void put(Pod pod) {
        pods.put(pod.getMetadata().getName(), pod);
    }

    private Written write(Verb verb, String name, Runnable change) {
        var scripted = answers.getOrDefault(verb, new ArrayDeque<>());
        if (verb != Verb.WRITE_STATUS && verb != Verb.PUBLISH) {
            effects.add(verb + " " + name);
        }
        if (!scripted.isEmpty()) {
            return scripted.poll();
        }
        if (terminating && CREATIONS.contains(verb)) {
            boolean known = knownToEnd;
            knownToEnd = true;
            return known
                    ? new Written.Refused("the namespace is being terminated")
                    : new Written.Conflict();
        }
        change.run();
        return new Written.Done();
    }

    /** A write to the resource: refused where it is gone, and over what was not seen. */
    private Written writeJob(Verb verb, StreamJob seen, Runnable change) {
        if (gone) {
            return new Written.Refused("the StreamJob is gone");
        }
        if (!seen.getMetadata()
                .getResourceVersion()
                .equals(job.getMetadata().getResourceVersion())) {
            return new Written.Conflict();
        }
        return write(
                verb,
                seen.getMetadata().getName(),
                () -> {
                    change.run();
                    nextVersion();
                });
    }

    private static Written refusedIfAnother(HasMetadata there, HasMetadata made, Written written) {
        return there == null || owner(there).equals(owner(made))
                ? written
                : new Written.Refused(
                        made.getMetadata().getName() + " exists and belongs to somebody else");
    }

    private static String owner(HasMetadata made) {
        return made.getMetadata().getOwnerReferences().getFirst().getUid();
    }

    private static List<? extends HasMetadata> of(
            JobKey job, Map<String, ? extends HasMetadata> all) {
        return all.values().stream()
                .filter(one -> job.name().equals(one.getMetadata().getLabels().get(Labels.JOB)))
                .toList();
    }

    @Override
    public List<Pod> pods(JobKey key) {
        return of(key, pods).stream().map(Pod.class::cast).toList();
    }

    @Override
    public List<ConfigMap> programs(JobKey key) {
        return of(key, programs).stream().map(ConfigMap.class::cast).toList();
    }

    @Override
    public StreamJob newest(StreamJob cached) {
        return job;
    }

    /** The namespace is deleted: the first creation that is refused for it makes it known. */
    public void namespaceEnds() {
        terminating = true;
    }

    @Override
    public boolean ending(String namespace) {
        return knownToEnd;
    }

    @Override
    public void forget(StreamJob gone) {
        pods.clear();
        programs.clear();
        knownToEnd = false;
    }

    @Override
    public Written create(Pod pod) {
        var name = pod.getMetadata().getName();
        return refusedIfAnother(
                pods.get(name),
                pod,
                write(
                        Verb.CREATE_POD,
                        name,
                        () ->
                                pods.putIfAbsent(
                                        name,
                                        new PodBuilder(pod)
                                                .editMetadata()
                                                .withUid("uid of " + name)
                                                .withCreationTimestamp(now.toString())
                                                .endMetadata()
                                                .withNewStatus()
                                                .withPhase("Pending")
                                                .endStatus()
                                                .build())));
    }

    @Override
    public Written create(ConfigMap program) {
        var name = program.getMetadata().getName();
        return write(Verb.CREATE_PROGRAM, name, () -> programs.putIfAbsent(name, program));
    }

    @Override
    public Written deletePod(String namespace, String name, String uid, boolean atOnce) {
        return write(
                Verb.DELETE_POD,
                name + (atOnce ? " at once" : ""),
                () ->
                        pods.computeIfPresent(
                                name,
                                (_, pod) -> pod.getMetadata().getUid().equals(uid) ? null : pod));
    }

    @Override
    public Written deleteProgram(String namespace, String name) {
        return write(Verb.DELETE_PROGRAM, name, () -> programs.remove(name));
    }

    @Override
    public Written addFinalizer(StreamJob resource) {
        return writeJob(Verb.ADD_FINALIZER, resource, () -> job.addFinalizer(StreamJob.FINALIZER));
    }

    @Override
    public Written removeFinalizer(StreamJob resource) {
        return writeJob(
                Verb.REMOVE_FINALIZER,
                resource,
                () -> {
                    job.removeFinalizer(StreamJob.FINALIZER);
                    gone = job.isMarkedForDeletion();
                });
    }

    @Override
    public Written writeStatus(StreamJob resource, StreamJobStatus status) {
        return writeJob(
                Verb.WRITE_STATUS,
                resource,
                () -> {
                    statusWrites++;
                    job.setStatus(status);
                });
    }

    @Override
    public Written publish(Event event) {
        return write(Verb.PUBLISH, event.getMetadata().getName(), () -> events.add(event));
    }
}
