package dev.weir.simulation;

import dev.weir.crds.Phase;
import dev.weir.crds.Reason;
import dev.weir.crds.StreamJobStatus;
import dev.weir.ledger.Seen;
import dev.weir.operator.execute.Outcome;
import dev.weir.operator.kubernetes.Written;
import dev.weir.operator.plan.Action;
import dev.weir.operator.plan.Desired;
import dev.weir.operator.plan.Observation;
import dev.weir.operator.plan.Plan;
import dev.weir.operator.plan.Planner;
import dev.weir.operator.plan.PodView;
import dev.weir.operator.plan.Rollback;
import dev.weir.operator.report.StatusProjector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One process of the operator: caches that lag, streams, and the pass of {@code JobPass} around the
 * production planner and projector. What it executes goes through {@link Hands}.
 *
 * <p>One pass at a time; a wake-up during a pass is followed by another. Between the plan and its
 * action time passes, in which the process may stand still or die.
 */
final class Operator implements Cluster.Watcher {

    private static final long AFTER_ACTION = 1_000;
    private static final long AFTER_CONFLICT = 20;
    private static final long AFTER_REFUSAL = 10_000;
    private static final long LONGEST_INTERVAL = 60_000;
    private static final long PULSE = 400;

    private final String name;
    private final World world;
    private final Cluster cluster;
    private final Hands hands;
    private final Life life;
    private final Map<String, PodStream> streams = new HashMap<>();
    private final Map<String, Long> feeds = new HashMap<>();
    private Optional<JobResource> job;
    private Optional<JobResource> answered = Optional.empty();
    private List<PodObject> pods;
    private Map<String, String> programs;
    private final SavepointPasses savepoints;
    private Optional<Plan> last = Optional.empty();
    private boolean leads;
    private boolean busy;
    private boolean again;
    private long passes;

    Operator(String name, World world, Cluster cluster, SavepointShelf shelf, Hands hands) {
        this.name = name;
        this.world = world;
        this.cluster = cluster;
        this.hands = hands;
        life = new Life(world);
        job = cluster.job();
        pods = cluster.pods();
        programs = cluster.programs();
        savepoints =
                new SavepointPasses(
                        new SavepointPasses.Owner(name, life, this::views),
                        world,
                        cluster,
                        shelf,
                        hands);
    }

    SavepointPasses savepoints() {
        return savepoints;
    }

    void lead() {
        leads = true;
        world.trace().event(name, "leads");
        pulse();
        wake();
        savepoints.lead();
    }

    void end() {
        life.end();
        leads = false;
    }

    boolean lives(Life other) {
        return life == other;
    }

    boolean leads() {
        return leads;
    }

    Optional<Plan> lastPlan() {
        return last;
    }

    List<PodStream> streams() {
        return new ArrayList<>(streams.values());
    }

    private void pulse() {
        streams.values().forEach(PodStream::pulse);
        life.after(PULSE, this::pulse);
    }

    @Override
    public void jobChanged(Optional<JobResource> now) {
        feed("job", () -> job = now);
    }

    @Override
    public void podsChanged(List<PodObject> now) {
        feed("pods", () -> pods = now);
    }

    @Override
    public void programsChanged(Map<String, String> now) {
        feed("programs", () -> programs = now);
    }

    /** Each kind comes in order, and with its own delay. */
    private void feed(String kind, Runnable change) {
        if (life.ended()) {
            return;
        }
        var lag =
                leads && world.faults().strikes(Fault.STALE_CACHE, name + " " + kind)
                        ? world.chance().between(500, 10_000)
                        : world.little();
        var now = world.agenda().millis();
        var at = Math.max(feeds.getOrDefault(kind, 0L), now + lag);
        feeds.put(kind, at);
        life.after(
                at - now,
                () -> {
                    change.run();
                    news();
                });
    }

    private void news() {
        wake();
        savepoints.wakeAll();
    }

    @Override
    public void said(KubePod pod, dev.weir.protocol.RuntimeView view) {
        if (!life.ended() && streams.containsKey(pod.identity().uid())) {
            streams.get(pod.identity().uid()).said(view);
        }
    }

    private void wake() {
        if (!leads || !life.awake()) {
            return;
        }
        if (busy) {
            again = true;
            return;
        }
        busy = true;
        life.after(world.chance().between(1, 4), this::pass);
    }

    private void pass() {
        passes++;
        again = false;
        var newest = newest();
        if (newest.isEmpty()) {
            streams.clear();
            busy = false;
            return;
        }
        var resource = newest.get();
        var seen = observe(resource.uid());
        var desired = Rollback.settle(resource.desired(), seen);
        var plan = Planner.plan(desired, StatusProjector.recorded(resource.status()), seen);
        note(plan);
        switch (plan) {
            case Plan.Act(var action, _, _) -> act(resource, desired, seen, plan, action);
            case Plan.Await(_, _, var until) ->
                    report(
                            resource,
                            desired,
                            seen,
                            plan,
                            until.map(at -> Duration.between(seen.now(), at).toMillis()));
            case Plan.Blocked _, Plan.Converged _ ->
                    report(resource, desired, seen, plan, Optional.empty());
        }
    }

    private void note(Plan plan) {
        if (!last.equals(Optional.of(plan))) {
            world.trace()
                    .event(
                            name,
                            switch (plan) {
                                case Plan.Act(var action, var reason, var detail) ->
                                        reason + " " + detail + ": " + action;
                                case Plan.Await(var reason, var detail, _) ->
                                        "awaits " + reason + " " + detail;
                                case Plan.Blocked(var reason, var detail, _) ->
                                        "blocked by " + reason + " " + detail;
                                case Plan.Converged(var reason, var detail) ->
                                        "converged: " + reason + " " + detail;
                            });
        }
        last = Optional.of(plan);
    }

    /** The given resource, or a newer one that an own write was answered with. */
    private Optional<JobResource> newest() {
        answered =
                answered.filter(
                        own ->
                                job.filter(j -> j.uid().equals(own.uid()))
                                        .filter(j -> j.version() < own.version())
                                        .isPresent());
        return answered.or(() -> job);
    }

    private Observation observe(String uid) {
        streams.keySet().removeIf(key -> owned(uid).noneMatch(p -> p.identity().uid().equals(key)));
        var views = views(uid);
        var revisions =
                programs.entrySet().stream()
                        .filter(p -> p.getValue().equals(uid))
                        .map(p -> p.getKey().split("/")[0])
                        .sorted()
                        .toList();
        var runs =
                revisions.stream()
                        .map(revision -> JobResource.run(uid, User.revision(revision)))
                        .toList();
        return new Observation(world.agenda().now(), views, revisions, runs, false);
    }

    private List<PodView> views(String uid) {
        return owned(uid).map(pod -> pod.view(look(pod))).toList();
    }

    private Stream<PodObject> owned(String uid) {
        return pods.stream().filter(p -> p.identity().jobUid().equals(uid));
    }

    private Seen<dev.weir.protocol.RuntimeView> look(PodObject pod) {
        if (!pod.everRan()) {
            return Seen.absent();
        }
        var stream = streams.get(pod.identity().uid());
        if (stream == null) {
            var there = cluster.pod(pod.identity().uid());
            if (there.isEmpty()) {
                return Seen.absent();
            }
            stream = new PodStream(world, life, there.get(), this::news);
            streams.put(pod.identity().uid(), stream);
            stream.pulse();
        }
        return stream.seen();
    }

    private void act(
            JobResource resource, Desired desired, Observation seen, Plan plan, Action action) {
        var pause =
                world.faults().strikes(Fault.LATE_ACTION, name)
                        ? world.chance().between(1_000, 15_000)
                        : world.little();
        life.after(
                pause,
                () ->
                        hands.execute(
                                life,
                                desired,
                                resource,
                                action,
                                outcome -> acted(resource, desired, seen, plan, action, outcome)));
    }

    private void acted(
            JobResource resource,
            Desired desired,
            Observation seen,
            Plan plan,
            Action action,
            Outcome outcome) {
        if (outcome instanceof Outcome.Done && action instanceof Action.RemoveFinalizer) {
            rest(Optional.empty());
            return;
        }
        var told =
                switch (outcome) {
                    case Outcome.Done(), Outcome.Overtaken() -> plan;
                    case Outcome.Refused(var why) -> new Plan.Blocked(plan.reason(), why);
                    case Outcome.Undecided(var why) ->
                            new Plan.Await(plan.reason(), why, Optional.empty());
                };
        var pause =
                switch (outcome) {
                    case Outcome.Done(), Outcome.Undecided _ -> AFTER_ACTION;
                    case Outcome.Overtaken() -> AFTER_CONFLICT;
                    case Outcome.Refused _ -> AFTER_REFUSAL;
                };
        report(resource, desired, seen, told, Optional.of(pause));
    }

    private void report(
            JobResource then, Desired desired, Observation seen, Plan told, Optional<Long> next) {
        var resource = newest().filter(n -> n.uid().equals(then.uid())).orElse(then);
        var projected = StatusProjector.project(then.status(), desired, seen, told);
        if (resource.status().map(Operator::news).equals(Optional.of(news(projected)))) {
            rest(next);
            return;
        }
        life.after(
                world.little(),
                () -> {
                    var written = cluster.status(resource, projected);
                    if (written instanceof Written.Done) {
                        answered = cluster.job();
                    }
                    rest(
                            switch (written) {
                                case Written.Done() -> next;
                                case Written.Conflict() -> Optional.of(AFTER_CONFLICT);
                                case Written.Refused _, Written.Undecided _ ->
                                        next.or(() -> Optional.of(AFTER_REFUSAL));
                            });
                });
    }

    /** The newest checkpoint alone is no news. */
    private static StreamJobStatus news(StreamJobStatus s) {
        return new StreamJobStatus(
                s.observedGeneration(),
                s.phase(),
                s.conditions(),
                s.revision(),
                s.term(),
                s.jobId(),
                null,
                s.savepoint(),
                s.lastFailure(),
                s.restarts(),
                s.parallelism(),
                s.selector());
    }

    private void rest(Optional<Long> next) {
        busy = false;
        var pass = passes;
        life.after(
                Math.max(1, next.orElse(LONGEST_INTERVAL)),
                () -> {
                    if (passes == pass) {
                        wake();
                    }
                });
        if (again) {
            wake();
        }
    }

    /** Whether the job is said to be suspended, and for that reason. */
    static boolean saysSuspended(StreamJobStatus status, Reason reason) {
        return status.phase() == Phase.SUSPENDED
                && status.conditions().stream()
                        .anyMatch(condition -> condition.reason().equals(reason.word()));
    }
}
