package dev.weir.operator.plan;

import dev.weir.crds.Phase;
import dev.weir.crds.Reason;
import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.LedgerView.ClosedFor;
import dev.weir.ledger.Seen;
import dev.weir.ledger.Start;
import dev.weir.operator.plan.Plan.Converged;
import dev.weir.operator.plan.PodView.Role;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import java.util.Comparator;
import java.util.Optional;

/**
 * Stops a job with a savepoint and then leaves no pods.
 *
 * <ol>
 *   <li>An active pod is stopped, and one whose job has just failed as soon as it runs again; one
 *       whose job keeps failing can take no savepoint and is removed.
 *   <li>Done is {@code finished} (rule 8). A ledger that is open, or closed and not finished, may
 *       have output that is not committed: the job is started once more, and stopped again.
 *   <li>Then the pods go. A job of which nothing was ever recorded, and for which no program was
 *       ever made, has nothing to stop; programs alone are left where a status was wiped.
 * </ol>
 */
final class SuspendPlanner {

    private SuspendPlanner() {}

    static Plan plan(Desired desired, Recorded recorded, Fleet fleet, Observation seen) {
        if (recorded.phaseIs(Phase.SUSPENDED) && fleet.live().isEmpty()) {
            return new Converged(
                    recorded.unsaved() ? Reason.SUSPENDED_WITHOUT_SAVEPOINT : Reason.SUSPENDED, "");
        }
        return fleet.active()
                .flatMap(pod -> Fleet.view(pod).map(view -> active(desired, fleet, pod, view)))
                .orElseGet(() -> quiet(desired, recorded, fleet, seen));
    }

    private static Plan active(Desired desired, Fleet fleet, PodView pod, RuntimeView view) {
        return switch (view.state()) {
            case RuntimeState.Running(var term, _, _) ->
                    UpgradePlanner.stop(desired, pod, term, CloseReason.SUSPEND, Reason.STOPPING);
            case RuntimeState.Activating _, RuntimeState.Stopping _ ->
                    Pods.await(Reason.STOPPING, pod.name());
            case RuntimeState.Recovering(_, var cause, var attempt, var until) ->
                    attempt < Pods.KEEPS_FAILING
                            ? new Plan.Await(Reason.STOPPING, cause, Optional.of(until))
                            : empty(fleet, Reason.SUSPENDED_WITHOUT_SAVEPOINT);
            case RuntimeState.GaveUp _,
                    RuntimeState.Ended _,
                    RuntimeState.Held _,
                    RuntimeState.Unfit _,
                    RuntimeState.Preparing _ ->
                    Pods.await(Reason.STOPPING, pod.name());
        };
    }

    private static Plan quiet(Desired desired, Recorded recorded, Fleet fleet, Observation seen) {
        var pods = fleet.live();
        if (pods.isEmpty()) {
            return recorded.term().isEmpty() && seen.programs().isEmpty()
                    ? new Converged(Reason.SUSPENDED, "")
                    : Pods.create(desired, fleet, seen, Role.STANDALONE);
        }
        var unheard =
                pods.stream().filter(p -> mayRun(p, recorded) && !isStranded(p, fleet)).findFirst();
        if (unheard.isPresent()) {
            return unheard(desired, fleet, seen, unheard.get());
        }
        return switch (fleet.ledger()) {
            case Seen.Present<LedgerView>(LedgerView.Term term)
                    when !(term.end() instanceof ClosedFor(_, _, var finished) && finished)
                            && term.claim().jobUid().equals(desired.job().uid()) ->
                    commitFirst(desired, fleet, term);
            case Seen.Present<LedgerView> _ -> empty(fleet, Reason.SUSPENDED);
            case Seen.Unreachable<LedgerView>(var cause) when recorded.term().isPresent() ->
                    unread(fleet, cause);
            case Seen.Absent<LedgerView>() when recorded.term().isPresent() ->
                    unread(fleet, "not read yet");
            case Seen.Unreachable<LedgerView> _, Seen.Absent<LedgerView>() ->
                    empty(fleet, Reason.SUSPENDED_WITHOUT_SAVEPOINT);
        };
    }

    /** A pod that is up and silent may run the job, even one of which the status knows nothing. */
    private static boolean mayRun(PodView pod, Recorded recorded) {
        return Fleet.view(pod).isEmpty() && (recorded.term().isPresent() || isUpAndSilent(pod));
    }

    /** Not waited for where another pod tells what the ledger says: it runs nothing. */
    private static boolean isStranded(PodView pod, Fleet fleet) {
        return fleet.ledger() instanceof Seen.Present<LedgerView> && Fleet.cannotStart(pod);
    }

    /**
     * What was on its way for another revision, and never said a word, is not waited for: nothing
     * sees to it any more that it can start.
     */
    private static Plan unheard(Desired desired, Fleet fleet, Observation seen, PodView pod) {
        return pod.health() instanceof PodView.Starting
                        && pod.runtime() instanceof Seen.Absent<RuntimeView>
                        && !fleet.isCurrent(pod)
                ? Pods.remove(pod)
                : Pods.unheard(desired, seen, pod, "nothing is known of what it runs");
    }

    private static Plan unread(Fleet fleet, String cause) {
        return gaveUp(fleet)
                .<Plan>map(p -> Pods.remove(p))
                .orElseGet(() -> Pods.await(Reason.LEDGER_UNREACHABLE, cause));
    }

    /** Rule 8. */
    private static Plan commitFirst(Desired desired, Fleet fleet, LedgerView.Term term) {
        if (term.end() instanceof LedgerView.EndedWith || gaveUp(fleet).isPresent()) {
            return empty(fleet, Reason.SUSPENDED_WITHOUT_SAVEPOINT);
        }
        var held =
                fleet.live().stream()
                        .filter(Fleet::isHeld)
                        .min(Comparator.comparing(p -> !Fleet.isOf(p, term.claim().revision())));
        if (held.isEmpty()) {
            return preparing(fleet);
        }
        var plan = StartPlanner.tell(desired, held.get(), term.number(), new Start.Latest());
        return plan instanceof Plan.Act(var action, _, var detail)
                ? new Plan.Act(action, Reason.FINISHING_COMMIT, detail)
                : plan;
    }

    /**
     * A store or a Kafka that does not answer is asked again; what else makes a pod unfit stays.
     */
    private static Plan preparing(Fleet fleet) {
        return fleet.live().stream().anyMatch(SuspendPlanner::isUnfitForGood)
                ? empty(fleet, Reason.SUSPENDED_WITHOUT_SAVEPOINT)
                : Pods.await(Reason.PREPARING, "to finish the last stop");
    }

    private static boolean isUnfitForGood(PodView pod) {
        return Fleet.view(pod)
                .filter(
                        v ->
                                v.state() instanceof RuntimeState.Unfit(var problem)
                                        && !problem.kind().passing())
                .isPresent();
    }

    private static Optional<PodView> gaveUp(Fleet fleet) {
        return fleet.live().stream()
                .filter(
                        p ->
                                Fleet.view(p)
                                        .filter(v -> v.state() instanceof RuntimeState.GaveUp)
                                        .isPresent())
                .findFirst();
    }

    /**
     * The reason is recorded with the removal, so that a job without a clean stop is not started
     * again to get one.
     */
    private static Plan empty(Fleet fleet, Reason reason) {
        return fleet.live().stream()
                .min(Comparator.comparing(SuspendPlanner::isUpAndSilent))
                .<Plan>map(
                        p ->
                                isUpAndSilent(p)
                                        ? Pods.silent(p, "it may run the job")
                                        : remove(p, reason))
                .orElseGet(() -> new Converged(reason, ""));
    }

    private static Plan remove(PodView pod, Reason reason) {
        return new Plan.Act(new Action.DeletePod(pod.ref(), false), reason, pod.name());
    }

    private static boolean isUpAndSilent(PodView pod) {
        return Fleet.view(pod).isEmpty() && pod.health() instanceof PodView.Up;
    }
}
