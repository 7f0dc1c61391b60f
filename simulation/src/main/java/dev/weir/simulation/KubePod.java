package dev.weir.simulation;

import dev.weir.operator.plan.CrashLoop;
import dev.weir.operator.plan.PodView;
import dev.weir.protocol.RuntimeView;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One pod on a machine of its own, with what kubelet and node controller do about it: start,
 * restart in place under the same UID, back off, kill what does not answer, evict, delete.
 *
 * <ul>
 *   <li>A process that halts is started anew at once, and again after pauses that double.
 *   <li>A machine that is not heard of is reported after 40 s, its pod deleted 5 s later; the
 *       process, if it is alive, goes on until the machine is back.
 *   <li>A deletion without grace takes the object away at once, whatever the process does.
 * </ul>
 */
final class KubePod {

    private static final long GRACE = 30_000;
    private static final long LIVENESS = 20_000;
    private static final long NODE_SILENCE = 40_000;
    private static final long TOLERATED = 5_000;
    private static final long FORGIVEN = 600_000;
    private static final long FIRST_BACKOFF = 10_000;

    private enum Container {
        NOT_STARTED,
        RUNNING,
        RESTARTING,
        BACKING_OFF,
        FAILED
    }

    /** What the pod is given by the rest of the cluster. */
    record Surroundings(
            World world,
            Function<KubePod, PodProcess> processes,
            Function<String, Boolean> hasProgram,
            Runnable changed,
            Consumer<KubePod> gone) {}

    private final Surroundings around;
    private final World world;
    private final PodIdentity identity;
    private Consumer<RuntimeView> listener = _ -> {};
    private Optional<PodProcess> process = Optional.empty();
    private Container container = Container.NOT_STARTED;
    private boolean everRan;
    private boolean ready;
    private boolean terminating;
    private boolean removed;
    private boolean machineHeard = true;
    private int crashes;
    private long startedAt;
    private long lastRan;

    KubePod(Surroundings around, PodIdentity identity) {
        this.around = around;
        this.world = around.world();
        this.identity = identity;
    }

    void listen(Consumer<RuntimeView> to) {
        listener = to;
    }

    void create() {
        after(world.chance().between(100, 1_500), this::mount);
    }

    private void mount() {
        if (terminating || removed || container == Container.FAILED) {
            return;
        }
        if (machineHeard && around.hasProgram().apply(identity.revision())) {
            start();
        } else {
            after(1_000, this::mount);
        }
    }

    private void start() {
        container = Container.RUNNING;
        everRan = true;
        startedAt = world.agenda().millis();
        var started = around.processes().apply(this);
        process = Optional.of(started);
        world.trace().event(identity.name(), "container starts");
        changed();
        started.begin();
        after(
                world.chance().between(100, 800),
                () -> {
                    if (process.equals(Optional.of(started)) && machineHeard) {
                        ready = true;
                        changed();
                    }
                });
    }

    void said(RuntimeView view) {
        listener.accept(view);
    }

    /** The process ends, by itself or killed. */
    void exited(String why) {
        world.trace().event(identity.name(), "process ends: " + why);
        end();
        if (removed || container == Container.FAILED) {
            return;
        }
        if (!machineHeard) {
            container = Container.RESTARTING;
        } else if (!terminating) {
            restart();
        }
    }

    private void end() {
        process.ifPresent(p -> p.life().end());
        process = Optional.empty();
        ready = false;
    }

    private void restart() {
        lastRan = world.agenda().millis() - startedAt;
        crashes = lastRan > FORGIVEN ? 1 : crashes + 1;
        container = crashes == 1 ? Container.RESTARTING : Container.BACKING_OFF;
        var pause =
                crashes == 1
                        ? 1_000
                        : Math.min(300_000, FIRST_BACKOFF << Math.min(10, crashes - 2));
        changed();
        after(
                pause,
                () -> {
                    if (!terminating && !removed && machineHeard && process.isEmpty()) {
                        start();
                    }
                });
    }

    void delete(boolean atOnce) {
        if (removed) {
            return;
        }
        if (atOnce) {
            remove();
            ifMachineHeard(world.chance().between(0, 1_000), this::kill);
        } else if (!terminating) {
            terminating = true;
            changed();
            terminate();
        }
    }

    private void terminate() {
        var frozen = process.filter(p -> !p.life().awake()).isPresent();
        ifMachineHeard(
                frozen ? GRACE : world.chance().between(50, 1_500),
                () -> {
                    kill();
                    remove();
                });
    }

    private void kill() {
        if (process.isPresent()) {
            world.trace().event(identity.name(), "killed");
            end();
        }
    }

    private void remove() {
        if (!removed) {
            removed = true;
            around.gone().accept(this);
        }
    }

    void evict() {
        if (!removed && machineHeard && !terminating) {
            container = Container.FAILED;
            end();
            changed();
        }
    }

    /** The process stands still; the kubelet's probe will end it unless it wakes before. */
    void freeze(long millis) {
        process.filter(PodProcess::mayFreeze)
                .ifPresent(
                        p -> {
                            p.life().freeze();
                            after(millis, () -> p.life().wake());
                            after(
                                    LIVENESS,
                                    () -> {
                                        if (machineHeard
                                                && process.equals(Optional.of(p))
                                                && !p.life().awake()) {
                                            exited("not live");
                                        }
                                    });
                        });
    }

    /** The machine is gone, with all that runs on it. */
    void loseMachine(long millis) {
        kill();
        if (container == Container.RUNNING) {
            container = Container.RESTARTING;
        }
        silenceMachine(millis);
    }

    /** Kubernetes does not hear of the machine, which works on. */
    void silenceMachine(long millis) {
        if (!machineHeard) {
            return;
        }
        machineHeard = false;
        after(NODE_SILENCE, this::unheard);
        after(millis, this::machineReturns);
    }

    /** The whole machine stands still. */
    void freezeMachine(long millis) {
        process.filter(PodProcess::mayFreeze)
                .ifPresent(
                        p -> {
                            p.life().freeze();
                            silenceMachine(millis);
                        });
    }

    private void unheard() {
        if (machineHeard || removed) {
            return;
        }
        ready = false;
        changed();
        after(
                TOLERATED,
                () -> {
                    if (!machineHeard && !removed && !terminating) {
                        terminating = true;
                        changed();
                    }
                });
    }

    void machineReturns() {
        process.ifPresent(p -> p.life().wake());
        if (machineHeard) {
            return;
        }
        machineHeard = true;
        if (removed) {
            after(world.chance().between(0, 2_000), this::kill);
        } else if (terminating) {
            terminate();
        } else if (process.isPresent()) {
            ready = true;
            changed();
        } else if (container == Container.RESTARTING || container == Container.BACKING_OFF) {
            restart();
        }
    }

    private void ifMachineHeard(long millis, Runnable what) {
        after(
                millis,
                () -> {
                    if (machineHeard) {
                        what.run();
                    }
                });
    }

    private void after(long millis, Runnable what) {
        world.agenda().after(millis, what);
    }

    private void changed() {
        around.changed().run();
    }

    PodObject object() {
        return new PodObject(identity, terminating, health(), everRan);
    }

    private PodView.Health health() {
        return switch (container) {
            case NOT_STARTED, RESTARTING -> new PodView.Starting();
            case RUNNING -> ready ? new PodView.Up() : new PodView.Starting();
            case BACKING_OFF ->
                    CrashLoop.of(Duration.ofMillis(lastRan), crashes, "CrashLoopBackOff");
            case FAILED -> new PodView.Dead("Failed: Evicted");
        };
    }

    /** The process, if a call can reach it. */
    Optional<PodProcess> reachable() {
        return machineHeard ? process : Optional.empty();
    }

    Optional<PodProcess> process() {
        return process;
    }

    PodIdentity identity() {
        return identity;
    }

    boolean isTerminating() {
        return terminating;
    }

    /** Whether something of it is left, be it the process alone. */
    boolean isThere() {
        return !removed || process.isPresent();
    }
}
