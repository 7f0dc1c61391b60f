package dev.weir.simulation;

import dev.weir.crds.StreamJobStatus;
import dev.weir.ledger.Seen;
import dev.weir.operator.execute.Outcome;
import dev.weir.operator.kubernetes.Written;
import dev.weir.operator.plan.PodView;
import dev.weir.operator.plan.SavepointAction;
import dev.weir.operator.plan.SavepointPlan;
import dev.weir.operator.plan.SavepointPlanner;
import dev.weir.operator.plan.SavepointScene;
import dev.weir.operator.report.SavepointProjector;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The passes of one operator's process over savepoints: the pass of {@code SavepointPass} around
 * the production planner and projector. A savepoint has one pass at a time; the job is asked of the
 * API server itself, the pods are those of the job's own passes.
 */
final class SavepointPasses implements SavepointShelf.Watcher {

    private static final long AFTER_ACTION = 1_000;
    private static final long AFTER_CONFLICT = 20;
    private static final long AFTER_REFUSAL = 10_000;
    private static final long LONGEST_INTERVAL = 60_000;

    /**
     * Whose passes they are.
     *
     * @param pods what it knows of the pods of the job with a UID
     */
    record Owner(String name, Life life, Function<String, List<PodView>> pods) {}

    private final Owner owner;
    private final World world;
    private final Cluster cluster;
    private final SavepointShelf shelf;
    private final Hands hands;
    private final Map<String, SavepointResource> cache = new HashMap<>();
    private final Map<String, SavepointResource> answered = new HashMap<>();
    private final Map<String, Long> feeds = new HashMap<>();
    private final Map<String, Long> passes = new HashMap<>();
    private final Map<String, SavepointPlan> last = new HashMap<>();
    private final Set<String> busy = new HashSet<>();
    private final Set<String> again = new HashSet<>();
    private boolean leads;

    SavepointPasses(Owner owner, World world, Cluster cluster, SavepointShelf shelf, Hands hands) {
        this.owner = owner;
        this.world = world;
        this.cluster = cluster;
        this.shelf = shelf;
        this.hands = hands;
        shelf.all().forEach(one -> cache.put(one.uid(), one));
    }

    void lead() {
        leads = true;
        wakeAll();
    }

    /** News of the job. */
    void wakeAll() {
        List.copyOf(cache.keySet()).forEach(this::wake);
    }

    @Override
    public void savepointChanged(String uid, Optional<SavepointResource> now) {
        if (owner.life().ended()) {
            return;
        }
        var lag =
                leads && world.faults().strikes(Fault.STALE_CACHE, owner.name() + " " + uid)
                        ? world.chance().between(500, 10_000)
                        : world.little();
        var at = Math.max(feeds.getOrDefault(uid, 0L), world.agenda().millis() + lag);
        feeds.put(uid, at);
        owner.life()
                .after(
                        at - world.agenda().millis(),
                        () -> {
                            now.ifPresentOrElse(
                                    there -> cache.put(uid, there), () -> cache.remove(uid));
                            wake(uid);
                        });
    }

    private void wake(String uid) {
        if (!leads || !owner.life().awake()) {
            return;
        }
        if (busy.add(uid)) {
            owner.life().after(world.chance().between(1, 4), () -> pass(uid));
        } else {
            again.add(uid);
        }
    }

    private void pass(String uid) {
        again.remove(uid);
        passes.merge(uid, 1L, Long::sum);
        var newest = newest(uid);
        if (newest.isEmpty()) {
            answered.remove(uid);
            busy.remove(uid);
            return;
        }
        var resource = newest.get();
        var plan = plan(resource);
        note(uid, plan);
        if (plan instanceof SavepointPlan.Act act) {
            act(resource, act);
        } else {
            report(resource, plan, deadline(plan));
        }
    }

    private SavepointPlan plan(SavepointResource resource) {
        var recorded = SavepointProjector.recorded(resource.status());
        return SavepointPlanner.known(resource.wanted(), recorded)
                .orElseGet(() -> SavepointPlanner.plan(resource.wanted(), recorded, scene()));
    }

    private Optional<Long> deadline(SavepointPlan plan) {
        return plan instanceof SavepointPlan.Await await
                ? await.until()
                        .map(at -> Duration.between(world.agenda().now(), at).toMillis())
                        .filter(left -> left < LONGEST_INTERVAL)
                : Optional.empty();
    }

    private SavepointScene scene() {
        var job = cluster.job();
        if (world.faults().strikes(Fault.API_ERROR, "api")) {
            return new SavepointScene(world.agenda().now(), Seen.unreachable("500"), List.of());
        }
        return new SavepointScene(
                world.agenda().now(),
                job.map(SavepointPasses::described).orElseGet(Seen::absent),
                job.map(there -> owner.pods().apply(there.uid())).orElse(List.of()));
    }

    private static Seen<SavepointScene.Job> described(JobResource job) {
        return Seen.present(
                new SavepointScene.Job(job.uid(), job.status().map(StreamJobStatus::phase)));
    }

    private void note(String uid, SavepointPlan plan) {
        if (!plan.equals(last.put(uid, plan))) {
            world.trace().event(owner.name(), uid + ": " + plan);
        }
    }

    private Optional<SavepointResource> newest(String uid) {
        var cached = Optional.ofNullable(cache.get(uid));
        return Optional.ofNullable(answered.get(uid))
                .filter(own -> cached.filter(c -> c.version() < own.version()).isPresent())
                .or(() -> cached);
    }

    private void act(SavepointResource resource, SavepointPlan.Act act) {
        var pause =
                world.faults().strikes(Fault.LATE_ACTION, owner.name())
                        ? world.chance().between(1_000, 15_000)
                        : world.little();
        owner.life()
                .after(
                        pause,
                        () ->
                                hands.execute(
                                        owner.life(),
                                        act.action(),
                                        whether -> shelf.finalizer(resource, whether),
                                        outcome -> acted(resource, act, outcome)));
    }

    private void acted(SavepointResource resource, SavepointPlan.Act act, Outcome outcome) {
        if (outcome instanceof Outcome.Done
                && act.action() instanceof SavepointAction.RemoveFinalizer
                && resource.deletionAsked().isPresent()) {
            rest(resource.uid(), Optional.empty());
            return;
        }
        if (outcome instanceof Outcome.Done) {
            shelf.of(resource.uid())
                    .filter(there -> !(act.action() instanceof SavepointAction.Take))
                    .ifPresent(there -> answered.put(there.uid(), there));
        }
        report(
                resource,
                act,
                Optional.of(
                        switch (outcome) {
                            case Outcome.Done(), Outcome.Undecided _ -> AFTER_ACTION;
                            case Outcome.Overtaken() -> AFTER_CONFLICT;
                            case Outcome.Refused _ -> AFTER_REFUSAL;
                        }));
    }

    private void report(SavepointResource then, SavepointPlan told, Optional<Long> next) {
        var uid = then.uid();
        var resource = newest(uid).orElse(then);
        var projected =
                SavepointProjector.project(
                        then.status(), then.wanted(), told, world.agenda().now());
        if (resource.status().equals(Optional.of(projected))) {
            rest(uid, next);
            return;
        }
        owner.life()
                .after(
                        world.little(),
                        () -> {
                            var written = shelf.status(resource, projected);
                            if (written instanceof Written.Done) {
                                shelf.of(uid).ifPresent(there -> answered.put(uid, there));
                            }
                            rest(
                                    uid,
                                    switch (written) {
                                        case Written.Done() -> next;
                                        case Written.Conflict() -> Optional.of(AFTER_CONFLICT);
                                        case Written.Refused _, Written.Undecided _ ->
                                                next.or(() -> Optional.of(AFTER_REFUSAL));
                                    });
                        });
    }

    private void rest(String uid, Optional<Long> next) {
        busy.remove(uid);
        var pass = passes.get(uid);
        owner.life()
                .after(
                        Math.max(1, next.orElse(LONGEST_INTERVAL)),
                        () -> {
                            if (pass.equals(passes.get(uid)) && cache.containsKey(uid)) {
                                wake(uid);
                            }
                        });
        if (again.contains(uid)) {
            wake(uid);
        }
    }
}
