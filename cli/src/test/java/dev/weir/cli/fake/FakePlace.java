package dev.weir.cli.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.place.Admitted;
import dev.weir.cli.place.DeniedException;
import dev.weir.cli.place.JobDocument;
import dev.weir.cli.place.Place;
import dev.weir.cli.place.Scope;
import dev.weir.cli.place.UnreachableException;
import dev.weir.crds.StreamJob;
import dev.weir.crds.StreamJobStatus;
import dev.weir.operator.wake.JobKey;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A place in memory, in which nothing happens by itself: what is to happen is written down before,
 * and happens one by one while somebody watches. When nothing is left, the watcher's time is up.
 */
public final class FakePlace implements Place {

    private static final Comparator<JobKey> BY_NAME =
            Comparator.comparing(JobKey::namespace).thenComparing(JobKey::name);

    private final TestClock clock;
    private final Map<JobKey, JobDocument> jobs = new TreeMap<>(BY_NAME);
    private final Map<JobKey, List<Pod>> pods = new HashMap<>();
    private final Map<JobKey, List<Event>> events = new HashMap<>();
    private final Map<String, List<String>> logs = new HashMap<>();
    private final Deque<Runnable> ahead = new ArrayDeque<>();
    private boolean reachable = true;
    private boolean holdsDeletions;
    private long versions = 100;

    public FakePlace(TestClock clock) {
        this.clock = clock;
    }

    // What tests do to it.

    public void cutOff() {
        reachable = false;
    }

    /** From now on a deleted job stays until {@link #vanish}. */
    public void holdDeletions() {
        holdsDeletions = true;
    }

    /** Happens while somebody watches, after {@code span}. */
    public void after(Duration span, Runnable happening) {
        ahead.add(
                () -> {
                    clock.pass(span);
                    happening.run();
                });
    }

    public void report(JobKey key, StreamJobStatus status) {
        var json = jobs.get(key).json();
        json.set("status", JobDocument.of(withStatus(status)).json().get("status"));
        put(json);
    }

    /** As another user's edit. */
    public void edit(JobKey key, ObjectNode spec) {
        var json = jobs.get(key).json();
        json.set("spec", spec);
        put(grown(json));
    }

    public void vanish(JobKey key) {
        jobs.remove(key);
    }

    public void give(JobKey key, Pod pod, String... log) {
        pods.computeIfAbsent(key, _ -> new ArrayList<>()).add(pod);
        logs.put(pod.getMetadata().getName(), List.of(log));
    }

    public void give(JobKey key, Event event) {
        events.computeIfAbsent(key, _ -> new ArrayList<>()).add(event);
    }

    // What it is as a place.

    @Override
    public String title() {
        return "a place in memory";
    }

    @Override
    public String defaultNamespace() {
        return "demo";
    }

    @Override
    public List<JobDocument> jobs(Scope scope) {
        reach();
        return jobs.values().stream().filter(job -> covers(scope, job.key())).toList();
    }

    @Override
    public Admitted apply(JobDocument document) {
        reach();
        var problems = StrictReading.problems(document);
        if (!problems.isEmpty()) {
            return new Admitted.Refused(problems);
        }
        var there = jobs.get(document.key());
        if (there != null) {
            return update(there, document.withTagsOf(there));
        }
        var created = document.written().json();
        created.withObject("/metadata")
                .put("uid", "uid-" + versions)
                .put("generation", 1)
                .put("creationTimestamp", clock.instant().toString());
        return new Admitted.Created(put(created));
    }

    @Override
    public Admitted replace(JobDocument edited, long generation) {
        reach();
        var there = jobs.get(edited.key());
        if (there == null || there.generation() != generation) {
            return new Admitted.Overtaken();
        }
        var problems = StrictReading.problems(edited);
        return problems.isEmpty() ? update(there, edited) : new Admitted.Refused(problems);
    }

    private Admitted update(JobDocument there, JobDocument document) {
        if (there.isBeingDeleted()) {
            throw new DeniedException("it is being deleted");
        }
        var updated = document.inPlaceOf(there);
        if (updated.equals(there)) {
            return new Admitted.Unchanged(there);
        }
        var sameSpec = updated.json().get("spec").equals(there.json().get("spec"));
        return new Admitted.Configured(put(sameSpec ? updated.json() : grown(updated.json())));
    }

    @Override
    public boolean delete(JobKey key) {
        reach();
        var job = jobs.get(key);
        if (job == null) {
            return false;
        }
        if (holdsDeletions) {
            var json = grown(job.json());
            json.withObject("/metadata").put("deletionTimestamp", clock.instant().toString());
            put(json);
        } else {
            jobs.remove(key);
        }
        return true;
    }

    @Override
    public List<Event> events(JobKey key) {
        reach();
        return List.copyOf(events.getOrDefault(key, List.of()));
    }

    @Override
    public List<Pod> pods(JobKey key) {
        reach();
        return List.copyOf(pods.getOrDefault(key, List.of()));
    }

    @Override
    public void logs(Pod pod, Optional<Integer> tail, boolean follow, Predicate<String> line) {
        reach();
        var kept = logs.get(pod.getMetadata().getName());
        int from = Math.max(0, kept.size() - tail.orElse(kept.size()));
        for (var next : kept.subList(from, kept.size())) {
            if (!line.test(next)) {
                return;
            }
        }
    }

    @Override
    public boolean watch(Scope scope, Optional<Duration> within, Sight seen) {
        reach();
        var shown = new TreeMap<JobKey, JobDocument>(BY_NAME);
        if (scope instanceof Scope.One(var key)
                && !jobs.containsKey(key)
                && seen.sees(key, Optional.empty())) {
            return true;
        }
        var end = within.map(clock.instant()::plus);
        while (true) {
            if (showChanges(scope, shown, seen)) {
                return true;
            }
            if (!shown.equals(covered(scope))) {
                continue;
            }
            if (ahead.isEmpty() || end.filter(clock.instant()::isAfter).isPresent()) {
                return false;
            }
            ahead.remove().run();
        }
    }

    private Map<JobKey, JobDocument> covered(Scope scope) {
        var covered = new TreeMap<JobKey, JobDocument>(BY_NAME);
        covered.putAll(jobs);
        covered.keySet().removeIf(key -> !covers(scope, key));
        return covered;
    }

    private boolean showChanges(Scope scope, Map<JobKey, JobDocument> shown, Sight seen) {
        for (var gone : List.copyOf(shown.keySet())) {
            if (!jobs.containsKey(gone)) {
                shown.remove(gone);
                if (seen.sees(gone, Optional.empty())) {
                    return true;
                }
            }
        }
        for (var job : List.copyOf(jobs.values())) {
            if (covers(scope, job.key())
                    && !job.equals(shown.put(job.key(), job))
                    && seen.sees(job.key(), Optional.of(job))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        // Nothing is held that could be let go.
    }

    private void reach() {
        if (!reachable) {
            throw new UnreachableException("a place in memory gives no answer", null);
        }
    }

    /** The job as it is, whatever it was. */
    public JobDocument put(ObjectNode json) {
        json.withObject("/metadata").put("resourceVersion", String.valueOf(++versions));
        var job = new JobDocument(json);
        jobs.put(job.key(), job);
        return job;
    }

    private static ObjectNode grown(ObjectNode json) {
        var meta = json.withObject("/metadata");
        meta.put("generation", meta.get("generation").asLong() + 1);
        return json;
    }

    private static StreamJob withStatus(StreamJobStatus status) {
        var job = new StreamJob();
        job.getMetadata().setName("any");
        job.getMetadata().setNamespace("any");
        job.setStatus(status);
        return job;
    }

    private static boolean covers(Scope scope, JobKey key) {
        return switch (scope) {
            case Scope.One(var one) -> one.equals(key);
            case Scope.Namespace(var name) -> name.equals(key.namespace());
            case Scope.Everywhere() -> true;
        };
    }
}
