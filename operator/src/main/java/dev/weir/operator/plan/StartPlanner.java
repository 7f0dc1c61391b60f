package dev.weir.operator.plan;

import dev.weir.crds.Reason;
import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.LedgerView.ClosedFor;
import dev.weir.ledger.LedgerView.EndedWith;
import dev.weir.ledger.Seen;
import dev.weir.ledger.Start;
import dev.weir.operator.plan.Plan.Act;
import dev.weir.operator.plan.Plan.Blocked;
import dev.weir.operator.plan.Plan.Converged;
import dev.weir.operator.plan.PodView.Role;
import dev.weir.protocol.Command;
import dev.weir.protocol.Problem;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import dev.weir.protocol.RuntimeView.JobFailure;
import java.time.Instant;
import java.util.Optional;

/**
 * Brings a job to run and keeps it running. First start, restart after a loss, resume and upgrade
 * are one mechanism: have a held pod of the spec's revision, then activate it.
 *
 * <ol>
 *   <li>Pods of revisions that were mistakes, and edited away, make room.
 *   <li>No pod of the revision: make one.
 *   <li>It prepares, or is unfit: wait, or say why. A revision that runs meanwhile goes on.
 *   <li>Held: what is active elsewhere is stopped first ({@link UpgradePlanner}); then activate,
 *       expecting the term that the ledger is at.
 *   <li>Running: what is left over goes, one at a time; but the pod and program of the revision to
 *       fall back on stay until this one has a restore point of its own (rule 9).
 * </ol>
 */
final class StartPlanner {

    private StartPlanner() {}

    static Plan plan(Desired desired, Recorded recorded, Fleet fleet, Observation seen) {
        return fleet.superseded()
                .<Plan>map(Pods::remove)
                .orElseGet(() -> ofCurrent(desired, recorded, fleet, seen));
    }

    private static Plan ofCurrent(
            Desired desired, Recorded recorded, Fleet fleet, Observation seen) {
        var current = fleet.current();
        if (current.isEmpty()) {
            return Pods.create(desired, fleet, seen, Role.STANDALONE);
        }
        var pod = current.getFirst();
        return switch (pod.runtime()) {
            case Seen.Absent<RuntimeView>() ->
                    Pods.unheard(desired, seen, pod, "it has not said a word yet");
            case Seen.Unreachable<RuntimeView>(var cause) ->
                    Pods.unheard(desired, seen, pod, cause);
            case Seen.Present<RuntimeView>(var view) ->
                    heard(desired, recorded, fleet, seen, pod, view);
        };
    }

    private static Plan heard(
            Desired desired,
            Recorded recorded,
            Fleet fleet,
            Observation seen,
            PodView pod,
            RuntimeView view) {
        return switch (view.state()) {
            case RuntimeState.Preparing() -> Pods.await(Reason.PREPARING, pod.name());
            case RuntimeState.Unfit(var problem) ->
                    new Blocked(reason(problem.kind()), text(problem), problem.remedy());
            case RuntimeState.Held _ ->
                    UpgradePlanner.makeRoom(desired, fleet)
                            .orElseGet(() -> activate(desired, recorded, pod, view));
            case RuntimeState.Activating(var term, _) ->
                    failing(view, seen, Optional.empty())
                            .orElseGet(() -> Pods.await(Reason.STARTING, "term " + term));
            case RuntimeState.Recovering(_, var cause, _, var until) ->
                    failing(view, seen, Optional.of(until))
                            .orElseGet(
                                    () ->
                                            new Plan.Await(
                                                    Reason.RECOVERING, cause, Optional.of(until)));
            case RuntimeState.Stopping _ -> Pods.await(Reason.STOPPING, pod.name());
            case RuntimeState.GaveUp(_, var cause, var attempts) ->
                    new Blocked(
                            Reason.JOB_FAILED, attempts + " restarts, the last after: " + cause);
            case RuntimeState.Ended(_, var how) -> new Converged(Reason.COMPLETED, how);
            case RuntimeState.Running(var term, _, var since) ->
                    tidy(desired, fleet, seen, pod, term)
                            .or(
                                    () ->
                                            failing(
                                                    view,
                                                    seen,
                                                    Optional.of(since.plus(JobFailure.SETTLED))))
                            .or(
                                    () ->
                                            fleet.term()
                                                    .flatMap(
                                                            newest ->
                                                                    Rollback.awaiting(
                                                                            desired, seen, newest)))
                            .orElseGet(() -> settled(desired, term));
        };
    }

    /**
     * What is said of a job that keeps failing is the same while it waits, starts and runs until it
     * fails again.
     */
    private static Optional<Plan> failing(
            RuntimeView view, Observation seen, Optional<Instant> until) {
        return Fleet.keepsFailing(view, seen.now())
                .map(failure -> new Plan.Await(Reason.JOB_KEEPS_FAILING, failure.cause(), until));
    }

    private static Plan settled(Desired desired, long term) {
        return desired.rejected()
                .map(rejected -> new Converged(Reason.REVISION_REJECTED, rejected.why()))
                .orElseGet(() -> new Converged(Reason.RUNNING, "term " + term));
    }

    private static Plan activate(
            Desired desired, Recorded recorded, PodView pod, RuntimeView view) {
        return switch (view.ledger()) {
            case Seen.Absent<LedgerView>() -> Pods.await(Reason.LEDGER_UNREACHABLE, "not read yet");
            case Seen.Unreachable<LedgerView>(var cause) ->
                    Pods.await(Reason.LEDGER_UNREACHABLE, cause);
            case Seen.Present<LedgerView>(LedgerView.Term term) -> resume(desired, pod, term);
            case Seen.Present<LedgerView>(LedgerView.Empty empty) ->
                    first(desired, recorded, pod, empty);
            case Seen.Present<LedgerView>(LedgerView.Deleted deleted) ->
                    first(desired, recorded, pod, deleted);
        };
    }

    /** Rule 5: an unasked fresh start needs double evidence. */
    private static Plan first(Desired desired, Recorded recorded, PodView pod, LedgerView ledger) {
        return recorded.term().isPresent()
                ? new Blocked(
                        Reason.LEDGER_MISSING, "the status knows of term " + recorded.term().get())
                : tell(desired, pod, ledger.term(), new Start.First());
    }

    private static Plan resume(Desired desired, PodView pod, LedgerView.Term term) {
        if (term.end() instanceof EndedWith(var how)) {
            return new Converged(Reason.COMPLETED, how);
        }
        var deleted =
                term.end() instanceof ClosedFor(var reason, _, _) && reason == CloseReason.DELETION;
        if (!deleted && !term.claim().jobUid().equals(desired.job().uid())) {
            return new Blocked(Reason.LEDGER_FOREIGN, "its UID is " + term.claim().jobUid());
        }
        return tell(desired, pod, term.number(), new Start.Latest());
    }

    static Plan tell(Desired desired, PodView pod, long term, Start start) {
        var command = Commands.activate(desired, pod, term, start);
        return Pods.receipt(pod, command.id())
                .map(r -> answered(desired, r, pod, command))
                .orElseGet(() -> activation(desired, pod, command, ""));
    }

    /**
     * The pod has had this very command: its answer stands until the ledger or the pod changes. One
     * that was stale came before the pod was held, or before it read the ledger as it is now: a
     * command for another term is another command.
     */
    private static Plan answered(
            Desired desired, Receipt receipt, PodView pod, Command.Activate command) {
        return switch (receipt.outcome()) {
            case ACCEPTED, DONE -> Pods.await(Reason.STARTING, pod.name());
            case UNREADABLE -> new Blocked(Reason.RESTORE_POINT_UNREADABLE, receipt.detail());
            case REFUSED, FORBIDDEN -> new Blocked(Reason.ACTIVATION_REFUSED, receipt.detail());
            case STALE, FAILED -> activation(desired, pod, command, receipt.detail());
        };
    }

    private static Act activation(
            Desired desired, PodView pod, Command.Activate command, String detail) {
        var again = detail.isBlank() ? pod.name() : pod.name() + ", again after: " + detail;
        return new Act(
                new Action.Activate(pod.ref(), command),
                desired.rejected().isPresent() ? Reason.ROLLING_BACK : Reason.ACTIVATING,
                desired.rejected().map(r -> again + "; " + r.why()).orElse(again));
    }

    /** Everything that is not the pod that runs. */
    private static Optional<Plan> tidy(
            Desired desired, Fleet fleet, Observation seen, PodView running, long term) {
        var kept = fleet.term().flatMap(Rollback::fallback);
        for (var other : fleet.live()) {
            if (!other.uid().equals(running.uid())
                    && Fleet.activeTerm(other) <= term
                    && !(Fleet.isHeld(other)
                            && kept.filter(r -> Fleet.isOf(other, r)).isPresent())) {
                return Optional.of(Pods.remove(other));
            }
        }
        for (var program : seen.programs()) {
            if (fleet.all().stream()
                            .noneMatch(p -> Names.shortRevision(p.revision()).equals(program))
                    && kept.map(Names::shortRevision).filter(program::equals).isEmpty()
                    && !program.equals(Names.shortRevision(desired.run().revision()))) {
                return Optional.of(
                        new Act(
                                new Action.DeleteProgram(program),
                                Reason.REMOVING_PROGRAM,
                                program));
            }
        }
        return Optional.empty();
    }

    private static String text(Problem problem) {
        return problem.line()
                        .map(
                                line ->
                                        "spec.program.sql line "
                                                + line
                                                + problem.column()
                                                        .map(column -> ", column " + column)
                                                        .orElse("")
                                                + ": ")
                        .orElse("")
                + problem.message();
    }

    private static Reason reason(Problem.Kind kind) {
        return switch (kind) {
            case PROGRAM_INVALID -> Reason.PROGRAM_INVALID;
            case PROGRAM_REFUSED -> Reason.PROGRAM_REFUSED;
            case CONFIGURATION_INVALID -> Reason.CONFIGURATION_INVALID;
            case STORE_DENIED -> Reason.STORE_DENIED;
            case STORE_UNREACHABLE -> Reason.STORE_UNREACHABLE;
            case STORE_UNSOUND -> Reason.STORE_UNSOUND;
            case TOPIC_MISSING -> Reason.TOPIC_MISSING;
            case KAFKA_UNREACHABLE -> Reason.KAFKA_UNREACHABLE;
        };
    }
}
