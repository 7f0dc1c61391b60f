package dev.weir.operator.plan;

import dev.weir.crds.DeletionSpec.StateOnDeletion;
import dev.weir.crds.Reason;
import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.LedgerView.ClosedFor;
import dev.weir.ledger.Seen;
import dev.weir.ledger.Start;
import dev.weir.operator.plan.Plan.Act;
import dev.weir.operator.plan.Plan.Converged;
import dev.weir.operator.plan.PodView.Role;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Brings a deleted job to its end, and always to an end (rules 10 and 11).
 *
 * <ol>
 *   <li>A job that runs is stopped with a savepoint, so that its sinks commit all that it has done.
 *   <li>A pod that runs nothing closes the ledger, or closes it and erases the state; where no pod
 *       of the job lives, a storekeeper is made for it.
 *   <li>The ledger's end says that it is done; then the finalizer goes, and Kubernetes collects the
 *       pods and programs.
 *   <li>Past {@link #STOP_BY} no stop is waited for: whoever runs is fenced by the closing. Past
 *       {@link #GIVE_UP} the resource is let go with its files left as they are, and an event says
 *       so. So it is where the namespace itself is being deleted and the last pod is gone: nobody
 *       can be made any more to do the rest.
 * </ol>
 */
final class TeardownPlanner {

    /** How long a stop with a savepoint may take. */
    static final Duration STOP_BY = Duration.ofMinutes(2);

    /** After this the finalizer goes, whatever the store says. */
    static final Duration GIVE_UP = Duration.ofMinutes(5);

    private TeardownPlanner() {}

    static Plan plan(Desired desired, Fleet fleet, Observation seen) {
        if (!desired.finalizer()) {
            return new Converged(Reason.DELETED, "");
        }
        var asked = desired.deletionAsked().orElse(seen.now());
        if (seen.now().isAfter(asked.plus(GIVE_UP))) {
            return letGo(Reason.DELETION_INCOMPLETE);
        }
        if (settled(desired, fleet)) {
            return letGo(Reason.DELETED);
        }
        if (seen.namespaceEnding() && fleet.live().isEmpty()) {
            return letGo(Reason.DELETION_INCOMPLETE);
        }
        var late = seen.now().isAfter(asked.plus(STOP_BY));
        return withDeadline(
                Planner.removeDead(fleet)
                        .or(() -> late ? removeActive(fleet) : stopActive(desired, fleet, seen))
                        .orElseGet(() -> settle(desired, fleet, seen, late)),
                late ? asked.plus(GIVE_UP) : asked.plus(STOP_BY));
    }

    /** Every wait ends by itself: another look is taken when the next deadline has passed. */
    private static Plan withDeadline(Plan plan, Instant deadline) {
        var look = deadline.plusSeconds(1);
        return switch (plan) {
            case Plan.Await(var reason, var detail, var until)
                    when until.isEmpty() || until.get().isAfter(look) ->
                    new Plan.Await(reason, detail, Optional.of(look));
            case Plan.Blocked(var reason, var detail, _) ->
                    new Plan.Await(reason, detail, Optional.of(look));
            case Plan.Await _, Plan.Act _, Converged _ -> plan;
        };
    }

    /**
     * That a term was closed by this job's deletion is true for ever, whoever says it. That there
     * is nothing, or that it is another's, may be an old look of a pod that waits: it counts from a
     * storekeeper, which is made once no other pod is left.
     */
    private static boolean settled(Desired desired, Fleet fleet) {
        return fleet.active().isEmpty()
                && switch (fleet.ledger()) {
                    case Seen.Absent<LedgerView>(), Seen.Unreachable<LedgerView> _ -> false;
                    case Seen.Present<LedgerView>(LedgerView.Empty view) -> looked(fleet, view);
                    case Seen.Present<LedgerView>(LedgerView.Deleted view) ->
                            desired.onDeletion() == StateOnDeletion.RETAIN
                                    ? looked(fleet, view)
                                    : erased(desired, fleet);
                    case Seen.Present<LedgerView>(LedgerView.Term t) ->
                            t.claim().jobUid().equals(desired.job().uid())
                                    ? desired.onDeletion() == StateOnDeletion.RETAIN
                                            && t.end() instanceof ClosedFor(var why, _, _)
                                            && why == CloseReason.DELETION
                                            && !mayCommit(fleet, t)
                                    : looked(fleet, t);
                };
    }

    private static boolean looked(Fleet fleet, LedgerView what) {
        return fleet.storekeepers().stream()
                .flatMap(pod -> Fleet.view(pod).stream())
                .anyMatch(view -> view.ledger().equals(Seen.present(what)));
    }

    /**
     * A tombstone stands before the files go; the pod that deletes them says when they are gone.
     */
    private static boolean erased(Desired desired, Fleet fleet) {
        return fleet.live().stream()
                .anyMatch(
                        pod ->
                                Fleet.view(pod).stream()
                                        .flatMap(v -> v.receipts().stream())
                                        .anyMatch(
                                                r ->
                                                        r.outcome() == Receipt.Outcome.DONE
                                                                && r.command()
                                                                        .equals(
                                                                                Commands.eraseId(
                                                                                        desired,
                                                                                        pod))));
    }

    private static Optional<Plan> stopActive(Desired desired, Fleet fleet, Observation seen) {
        return fleet.active()
                .flatMap(pod -> Fleet.view(pod).flatMap(view -> stop(desired, pod, view)))
                .or(() -> hearAll(fleet));
    }

    private static Optional<Plan> stop(Desired desired, PodView pod, RuntimeView view) {
        return switch (view.state()) {
            case RuntimeState.Running(var term, _, _) ->
                    Optional.of(
                            UpgradePlanner.stop(
                                    desired, pod, term, CloseReason.DELETION, Reason.DELETING));
            case RuntimeState.Activating _, RuntimeState.Stopping _ ->
                    Optional.of(Pods.await(Reason.DELETING, pod.name()));
            case RuntimeState.Recovering(_, var cause, var attempt, var until) ->
                    Optional.of(
                            attempt < Pods.KEEPS_FAILING
                                    ? new Plan.Await(Reason.DELETING, cause, Optional.of(until))
                                    : Pods.remove(pod));
            case RuntimeState.GaveUp _,
                    RuntimeState.Ended _,
                    RuntimeState.Held _,
                    RuntimeState.Unfit _,
                    RuntimeState.Preparing _ ->
                    Optional.empty();
        };
    }

    /** A runtime pod that is up and silent may be running the job. */
    private static Optional<Plan> hearAll(Fleet fleet) {
        return fleet.live().stream()
                .filter(p -> p.role() == Role.STANDALONE && Fleet.view(p).isEmpty())
                .findFirst()
                .map(
                        p ->
                                switch (p.health()) {
                                    case PodView.Up(), PodView.Starting() ->
                                            Pods.await(
                                                    Reason.DELETING,
                                                    p.name() + " is not heard from");
                                    case PodView.Unschedulable _,
                                            PodView.NoImage _,
                                            PodView.Misconfigured _,
                                            PodView.Crashing _,
                                            PodView.Dead _ ->
                                            Pods.remove(p);
                                });
    }

    private static Optional<Plan> removeActive(Fleet fleet) {
        return fleet.live().stream()
                .filter(p -> p.role() == Role.STANDALONE)
                .findFirst()
                .map(
                        p ->
                                new Act(
                                        new Action.DeletePod(p.ref(), true),
                                        Reason.DELETING,
                                        p.name() + " did not stop in time"));
    }

    private static Plan settle(Desired desired, Fleet fleet, Observation seen, boolean late) {
        if (!late
                && fleet.ledger() instanceof Seen.Present<LedgerView>(LedgerView.Term t)
                && mayCommit(fleet, t)) {
            return commit(desired, fleet, t);
        }
        var runtime = fleet.live().stream().filter(p -> p.role() == Role.STANDALONE).findFirst();
        if (runtime.isPresent()) {
            return Pods.remove(runtime.get());
        }
        return fleet.storekeepers().stream()
                .findFirst()
                .map(keeper -> keep(desired, seen, keeper))
                .orElseGet(() -> Pods.create(desired, fleet, seen, Role.STOREKEEPER));
    }

    private static Plan keep(Desired desired, Observation seen, PodView keeper) {
        return switch (keeper.runtime()) {
            case Seen.Absent<RuntimeView>() ->
                    Pods.unheard(desired, seen, keeper, "it has not said a word yet");
            case Seen.Unreachable<RuntimeView>(var cause) ->
                    Pods.unheard(desired, seen, keeper, cause);
            case Seen.Present<RuntimeView>(var view)
                    when view.state() instanceof RuntimeState.Preparing ->
                    Pods.await(Reason.READING_LEDGER, keeper.name());
            case Seen.Present<RuntimeView>(var view) ->
                    switch (view.ledger()) {
                        case Seen.Absent<LedgerView>() ->
                                Pods.await(Reason.READING_LEDGER, keeper.name());
                        case Seen.Unreachable<LedgerView>(var cause) ->
                                Pods.await(Reason.LEDGER_UNREACHABLE, cause);
                        case Seen.Present<LedgerView>(var ledger) ->
                                close(desired, keeper, ledger.term());
                    };
        };
    }

    /**
     * Rule 8: closed with a savepoint, its commit unfinished, and a held pod of that very revision
     * is there.
     */
    private static boolean mayCommit(Fleet fleet, LedgerView.Term term) {
        return term.end() instanceof ClosedFor(_, _, var finished)
                && !finished
                && committer(fleet, term).isPresent();
    }

    private static Optional<PodView> committer(Fleet fleet, LedgerView.Term term) {
        return fleet.live().stream()
                .filter(p -> p.role() == Role.STANDALONE && Fleet.isHeld(p))
                .filter(
                        p ->
                                Names.shortRevision(p.revision())
                                        .equals(Names.shortRevision(term.claim().revision())))
                .findFirst();
    }

    private static Plan commit(Desired desired, Fleet fleet, LedgerView.Term term) {
        var pod = committer(fleet, term).orElseThrow();
        return StartPlanner.tell(desired, pod, term.number(), new Start.Latest());
    }

    private static Plan close(Desired desired, PodView pod, long term) {
        return switch (desired.onDeletion()) {
            case RETAIN -> {
                var command = Commands.close(desired, pod, term);
                yield once(
                        pod,
                        new Act(
                                new Action.CloseLedger(pod.ref(), command),
                                Reason.CLOSING_LEDGER,
                                pod.name()),
                        command.id());
            }
            case DELETE -> {
                var command = Commands.erase(desired, pod, term);
                yield once(
                        pod,
                        new Act(
                                new Action.EraseState(pod.ref(), command),
                                Reason.ERASING_STATE,
                                pod.name()),
                        command.id());
            }
        };
    }

    private static Plan once(PodView pod, Act act, String commandId) {
        var receipt = Pods.receipt(pod, commandId);
        return receipt.isEmpty()
                ? act
                : switch (receipt.get().outcome()) {
                    case ACCEPTED, DONE -> Pods.await(act.reason(), pod.name());
                    case STALE, FAILED -> act;
                    case FORBIDDEN, REFUSED, UNREADABLE ->
                            Pods.await(act.reason(), receipt.get().detail());
                };
    }

    private static Plan letGo(Reason reason) {
        return new Act(new Action.RemoveFinalizer(), reason, "");
    }
}
