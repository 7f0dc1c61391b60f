package dev.weir.simulation;

import dev.weir.crds.DeletionSpec.StateOnDeletion;
import dev.weir.operator.execute.Outcome;
import dev.weir.operator.kubernetes.Written;
import dev.weir.operator.plan.Action;
import dev.weir.operator.plan.Desired;
import dev.weir.operator.plan.PodView.PodRef;
import dev.weir.operator.plan.SavepointAction;
import dev.weir.protocol.Command;
import dev.weir.protocol.Receipt;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the operator's {@code Executor} does to this world, and what becomes of it on the way: a
 * write that is lost, an answer that is lost, a process that dies before or after, a command that
 * arrives late.
 */
final class Hands {

    private static final long SEND_TIMEOUT = 5_000;
    private static final long LATE = 20_000;

    private final World world;
    private final Cluster cluster;
    private final LedgerOracle oracle;
    private final Map<Class<?>, Long> hits = new HashMap<>();
    private Consumer<Life> crash = _ -> {};

    Hands(World world, Cluster cluster, LedgerOracle oracle) {
        this.world = world;
        this.cluster = cluster;
        this.oracle = oracle;
    }

    /** Who ends an operator's process when a fault says so. */
    void crashBy(Consumer<Life> how) {
        crash = how;
    }

    Map<Class<?>, Long> hits() {
        return Map.copyOf(hits);
    }

    void execute(
            Life operator,
            Desired desired,
            JobResource resource,
            Action action,
            Consumer<Outcome> then) {
        if (crashesBefore(operator, action.getClass())) {
            return;
        }
        switch (action) {
            case Action.AddFinalizer() ->
                    write(operator, () -> cluster.finalizer(resource, true), then);
            case Action.RemoveFinalizer() -> write(operator, () -> release(resource), then);
            case Action.CreateProgram(var revision) ->
                    write(operator, () -> cluster.createProgram(revision, resource.uid()), then);
            case Action.DeleteProgram(var revision) ->
                    write(operator, () -> cluster.deleteProgram(revision, resource.uid()), then);
            case Action.CreatePod(var name, var role) ->
                    write(
                            operator,
                            () ->
                                    cluster.createPod(
                                            name, role, desired.run().revision(), resource.uid()),
                            then);
            case Action.DeletePod(PodRef(var name, var uid), var atOnce) ->
                    write(operator, () -> cluster.deletePod(name, uid, atOnce), then);
            case Action.Activate(var pod, var command) -> {
                oracle.asked(command.id(), command.expectedTerm());
                send(operator, pod, command, then);
            }
            case Action.Stop(var pod, var command) -> send(operator, pod, command, then);
            case Action.CloseLedger(var pod, var command) -> send(operator, pod, command, then);
            case Action.EraseState(var pod, var command) -> send(operator, pod, command, then);
        }
    }

    /**
     * @param finalizer puts ours on the savepoint or takes it off
     */
    void execute(
            Life operator,
            SavepointAction action,
            Function<Boolean, Written> finalizer,
            Consumer<Outcome> then) {
        if (crashesBefore(operator, action.getClass())) {
            return;
        }
        switch (action) {
            case SavepointAction.AddFinalizer() ->
                    write(operator, () -> finalizer.apply(true), then);
            case SavepointAction.RemoveFinalizer() ->
                    write(operator, () -> finalizer.apply(false), then);
            case SavepointAction.Take(var pod, var command) -> send(operator, pod, command, then);
            case SavepointAction.Erase(var pod, var command) -> send(operator, pod, command, then);
        }
    }

    private boolean crashesBefore(Life operator, Class<?> kind) {
        if (world.faults().strikes(Fault.OPERATOR_CRASH_BEFORE_ACTION, "operator")) {
            crash.accept(operator);
            return true;
        }
        hits.merge(kind, 1L, Long::sum);
        return false;
    }

    private Written release(JobResource resource) {
        var before = cluster.job();
        var written = cluster.finalizer(resource, false);
        if (written instanceof Written.Done && before.isPresent()) {
            var incomplete =
                    world.agenda()
                            .now()
                            .isAfter(resource.deletionAsked().orElseThrow().plusSeconds(300));
            var erased = resource.spec().onDeletion() == StateOnDeletion.DELETE;
            if (!incomplete && !oracle.isClosedFor(resource.uid(), erased)) {
                throw Invariant.DELETED_WHEN_SAID.broken(
                        resource.uid() + " is let go, its ledger is not closed");
            }
        }
        return written;
    }

    private void write(Life operator, Supplier<Written> effect, Consumer<Outcome> then) {
        if (world.faults().strikes(Fault.API_ERROR, "api")) {
            operator.after(world.little(), () -> then.accept(new Outcome.Undecided("500")));
            return;
        }
        var silent = world.faults().strikes(Fault.API_TIMEOUT_AFTER_SUCCESS, "api");
        world.agenda()
                .after(
                        world.little(),
                        () -> {
                            var written = effect.get();
                            if (crashed(operator)) {
                                return;
                            }
                            operator.after(
                                    silent ? SEND_TIMEOUT : world.little(),
                                    () ->
                                            then.accept(
                                                    silent
                                                            ? new Outcome.Undecided("timed out")
                                                            : outcome(written)));
                        });
    }

    private boolean crashed(Life operator) {
        if (!operator.ended()
                && world.faults().strikes(Fault.OPERATOR_CRASH_AFTER_ACTION, "operator")) {
            crash.accept(operator);
            return true;
        }
        return operator.ended();
    }

    private static Outcome outcome(Written written) {
        return switch (written) {
            case Written.Done() -> new Outcome.Done();
            case Written.Conflict() -> new Outcome.Overtaken();
            case Written.Refused(var why) -> new Outcome.Refused(why);
            case Written.Undecided(var why) -> new Outcome.Undecided(why);
        };
    }

    private void send(Life operator, PodRef pod, Command command, Consumer<Outcome> then) {
        var faults = world.faults();
        if (faults.strikes(Fault.COMMAND_LOST, pod.name())) {
            unheard(operator, then);
        } else if (faults.strikes(Fault.COMMAND_LATE, pod.name())) {
            world.agenda()
                    .after(
                            SEND_TIMEOUT + world.chance().between(1, LATE),
                            () -> deliver(pod, command, _ -> {}));
            unheard(operator, then);
        } else if (faults.strikes(Fault.RECEIPT_LOST, pod.name())) {
            world.agenda().after(world.little(), () -> deliver(pod, command, _ -> {}));
            unheard(operator, then);
        } else {
            var answered = new boolean[1];
            world.agenda()
                    .after(
                            world.little(),
                            () ->
                                    deliver(
                                            pod,
                                            command,
                                            receipt -> {
                                                var late = answered[0];
                                                answered[0] = true;
                                                if (!late && !crashed(operator)) {
                                                    operator.after(
                                                            world.little(),
                                                            () -> then.accept(outcome(receipt)));
                                                }
                                            }));
            operator.after(
                    SEND_TIMEOUT,
                    () -> {
                        if (!answered[0]) {
                            answered[0] = true;
                            then.accept(new Outcome.Undecided("no answer"));
                        }
                    });
        }
    }

    private static void unheard(Life operator, Consumer<Outcome> then) {
        operator.after(SEND_TIMEOUT, () -> then.accept(new Outcome.Undecided("no answer")));
    }

    private void deliver(PodRef pod, Command command, Consumer<Receipt> answer) {
        cluster.pod(pod.uid())
                .flatMap(KubePod::reachable)
                .ifPresent(
                        process ->
                                process.life()
                                        .now(
                                                () -> {
                                                    world.trace()
                                                            .event(
                                                                    pod.name(),
                                                                    "is told " + brief(command));
                                                    answer.accept(process.receive(command));
                                                }));
    }

    private static Outcome outcome(Receipt receipt) {
        return switch (receipt.outcome()) {
            case ACCEPTED, DONE -> new Outcome.Done();
            case FORBIDDEN, REFUSED, UNREADABLE -> new Outcome.Refused(receipt.detail());
            case STALE, FAILED -> new Outcome.Undecided(receipt.detail());
        };
    }

    private static String brief(Command command) {
        return command.getClass().getSimpleName()
                + " expecting "
                + command.expectedTerm()
                + " ("
                + command.id().substring(0, 6)
                + ")";
    }
}
