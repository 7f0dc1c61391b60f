package dev.weir.simulation;

import dev.weir.crds.StreamJobStatus;
import dev.weir.operator.kubernetes.Written;
import dev.weir.operator.plan.Names;
import dev.weir.operator.plan.PodView.Role;
import dev.weir.protocol.RuntimeView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The API server, and the controllers that collect what has lost its owner. Writes are as the
 * operator's gateway makes them: with owners, UIDs and versions checked; whether one gets here, and
 * its answer back, is {@link Operator}'s to lose.
 */
final class Cluster {

    /** Who is told of changes. */
    interface Watcher {
        void jobChanged(Optional<JobResource> now);

        void podsChanged(List<PodObject> now);

        void programsChanged(Map<String, String> now);

        void said(KubePod pod, RuntimeView view);
    }

    private final World world;
    private final Function<KubePod, PodProcess> processes;
    private final List<Watcher> watchers = new ArrayList<>();
    private final Map<String, KubePod> pods = new LinkedHashMap<>();
    private final List<KubePod> everyPod = new ArrayList<>();
    private final TreeMap<String, String> programs = new TreeMap<>();
    private Optional<JobResource> job = Optional.empty();
    private long version;
    private long uids;

    Cluster(World world, Function<KubePod, PodProcess> processes) {
        this.world = world;
        this.processes = processes;
    }

    void watch(Watcher watcher) {
        watchers.add(watcher);
    }

    void forget(Watcher watcher) {
        watchers.remove(watcher);
    }

    Optional<JobResource> job() {
        return job;
    }

    List<PodObject> pods() {
        return pods.values().stream().map(KubePod::object).toList();
    }

    Map<String, String> programs() {
        return Map.copyOf(programs);
    }

    /** Those whose object is gone and whose process is not, too. */
    List<KubePod> everyPod() {
        everyPod.removeIf(pod -> !pod.isThere());
        return List.copyOf(everyPod);
    }

    Optional<KubePod> pod(String uid) {
        return everyPod.stream().filter(p -> p.identity().uid().equals(uid)).findFirst();
    }

    /** The user applies a manifest. */
    void apply(JobResource.Spec spec) {
        job =
                Optional.of(
                        job.map(there -> there.spec(spec, ++version))
                                .orElseGet(
                                        () ->
                                                new JobResource(
                                                        "job-" + ++uids,
                                                        ++version,
                                                        1,
                                                        false,
                                                        Optional.empty(),
                                                        spec,
                                                        Optional.empty())));
        jobChanged();
    }

    /** The user deletes the resource. */
    void deleteJob() {
        job = job.map(there -> there.deleted(world.agenda().now(), ++version));
        goneIfFree();
        jobChanged();
    }

    /** The user takes the finalizer off: the job goes at once, whatever is left of it. */
    void abandonJob() {
        job = job.map(there -> there.finalizer(false, ++version));
        goneIfFree();
        jobChanged();
    }

    void wipeStatus() {
        job = job.map(there -> there.status(Optional.empty(), ++version));
        jobChanged();
    }

    Written finalizer(JobResource known, boolean whether) {
        return write(known, there -> there.finalizer(whether, ++version));
    }

    Written status(JobResource known, StreamJobStatus status) {
        return write(known, there -> there.status(Optional.of(status), ++version));
    }

    private Written write(JobResource known, Function<JobResource, JobResource> change) {
        if (job.isEmpty()) {
            return new Written.Refused("not found");
        }
        if (job.get().version() != known.version()) {
            return new Written.Conflict();
        }
        job = job.map(change);
        goneIfFree();
        jobChanged();
        return new Written.Done();
    }

    private void goneIfFree() {
        if (job.isPresent() && job.get().deletionAsked().isPresent() && !job.get().finalizer()) {
            var uid = job.get().uid();
            job = Optional.empty();
            world.agenda().after(world.chance().between(10, 2_000), () -> collect(uid));
        }
    }

    private void collect(String uid) {
        everyPod().stream()
                .filter(pod -> pod.identity().jobUid().equals(uid))
                .forEach(pod -> pod.delete(false));
        programs.values().removeIf(uid::equals);
        programsChanged();
    }

    private boolean isGone(String uid) {
        return job.filter(there -> there.uid().equals(uid)).isEmpty();
    }

    Written createProgram(String revision, String owner) {
        programs.put(program(revision, owner), owner);
        programsChanged();
        collectLater(owner);
        return new Written.Done();
    }

    Written deleteProgram(String revision, String owner) {
        programs.remove(program(revision, owner));
        programsChanged();
        return new Written.Done();
    }

    /** The name holds the owner's UID, so another owner's program is another one. */
    private static String program(String revision, String owner) {
        return Names.shortRevision(revision) + "/" + owner;
    }

    Written createPod(String name, Role role, String revision, String owner) {
        var there = pods.get(name);
        if (there != null) {
            return there.identity().jobUid().equals(owner)
                    ? new Written.Done()
                    : new Written.Refused("it belongs to somebody else");
        }
        var identity =
                new PodIdentity(name, "pod-" + ++uids, owner, role, revision, world.agenda().now());
        var pod =
                new KubePod(
                        new KubePod.Surroundings(
                                world,
                                processes,
                                wanted -> programs.containsKey(program(wanted, owner)),
                                this::podsChanged,
                                this::removed),
                        identity);
        pod.listen(view -> List.copyOf(watchers).forEach(w -> w.said(pod, view)));
        pods.put(name, pod);
        everyPod.add(pod);
        world.trace().event(name, "created as " + identity.uid());
        pod.create();
        podsChanged();
        collectLater(owner);
        return new Written.Done();
    }

    private void collectLater(String owner) {
        if (isGone(owner)) {
            world.agenda().after(world.chance().between(10, 2_000), () -> collect(owner));
        }
    }

    Written deletePod(String name, String uid, boolean atOnce) {
        var there = pods.get(name);
        if (there == null) {
            return new Written.Refused("not found");
        }
        if (there.identity().uid().equals(uid)) {
            there.delete(atOnce);
        }
        return new Written.Done();
    }

    private void removed(KubePod pod) {
        pods.remove(pod.identity().name(), pod);
        podsChanged();
    }

    private void jobChanged() {
        var now = job;
        List.copyOf(watchers).forEach(w -> w.jobChanged(now));
    }

    private void podsChanged() {
        var now = pods();
        List.copyOf(watchers).forEach(w -> w.podsChanged(now));
    }

    private void programsChanged() {
        var now = programs();
        List.copyOf(watchers).forEach(w -> w.programsChanged(now));
    }
}
