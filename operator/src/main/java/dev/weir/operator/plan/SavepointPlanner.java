package dev.weir.operator.plan;

import dev.weir.crds.Reason;
import dev.weir.crds.SavepointPhase;
import dev.weir.ledger.Seen;
import dev.weir.operator.plan.SavepointPlan.Act;
import dev.weir.operator.plan.SavepointPlan.Await;
import dev.weir.operator.plan.SavepointPlan.Settled;
import dev.weir.operator.plan.SavepointScene.Job;
import dev.weir.protocol.Receipt.Outcome;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import dev.weir.protocol.SavepointView;
import dev.weir.protocol.SavepointView.Complete;
import dev.weir.protocol.SavepointView.Failed;
import dev.weir.protocol.SavepointView.InProgress;
import dev.weir.protocol.SavepointView.LookedUp;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * What to do next for one savepoint: pure and total. Nothing here concerns what the job does; a
 * savepoint is taken while it runs, and no job waits for one.
 *
 * <ol>
 *   <li>A deleted one is brought to its end ({@link SavepointTeardown}).
 *   <li>One that is Completed or Failed stays so: what was told of it is never told otherwise.
 *   <li>What any pod of the job says is complete, is; of two, the newer term's.
 *   <li>While a pod is at work on it, it is waited for; its phases are that pod's.
 *   <li>Otherwise the pod that runs the newest term is told to take it. It is waited for until
 *       there is one, and until no other savepoint of the job is under way. The finalizer stands
 *       before the first command: one that has none has no files to delete.
 *   <li>An attempt that fails because the job did is asked for again in the next term. One that the
 *       engine fails while the job runs on is asked for {@link #ATTEMPTS} times.
 *   <li>One that still waits at its deadline has failed, unless whoever may be at work on it is not
 *       heard. The wait is counted from when it was first told of: one whose status was wiped has
 *       its time anew, in which a job that runs finds what it has taken.
 * </ol>
 */
public final class SavepointPlanner {

    /** How often one is tried in a term: what passes by itself has passed by then. */
    static final int ATTEMPTS = 3;

    private SavepointPlanner() {}

    public static SavepointPlan plan(
            WantedSavepoint wanted, RecordedSavepoint recorded, SavepointScene seen) {
        return known(wanted, recorded)
                .orElseGet(
                        () ->
                                wanted.deletionAsked().isPresent()
                                        ? SavepointTeardown.plan(wanted, seen)
                                        : inTime(wanted, recorded, seen, take(wanted, seen)));
    }

    /** What is to be done for one that is settled, for which nobody has to be asked. */
    public static Optional<SavepointPlan> known(
            WantedSavepoint wanted, RecordedSavepoint recorded) {
        if (wanted.deletionAsked().isPresent()) {
            return SavepointTeardown.known(wanted);
        }
        if (!wanted.erase() && wanted.finalizer()) {
            return Optional.of(
                    new Act(new SavepointAction.RemoveFinalizer(), Reason.RELEASING_FILES, ""));
        }
        return recorded.phase()
                .filter(SavepointPhase::settled)
                .map(
                        phase ->
                                protect(wanted)
                                        .orElseGet(
                                                () ->
                                                        new Settled(
                                                                phase == SavepointPhase.COMPLETED
                                                                        ? Reason.SAVEPOINT_COMPLETED
                                                                        : Reason
                                                                                .SAVEPOINT_FAILED)));
    }

    private static Optional<SavepointPlan> protect(WantedSavepoint wanted) {
        return wanted.erase() && !wanted.finalizer()
                ? Optional.of(
                        new Act(new SavepointAction.AddFinalizer(), Reason.PROTECTING_FILES, ""))
                : Optional.empty();
    }

    private static SavepointPlan inTime(
            WantedSavepoint wanted,
            RecordedSavepoint recorded,
            SavepointScene seen,
            SavepointPlan plan) {
        if (!(plan instanceof Await(SavepointPhase phase, Reason reason, String detail, _))
                || phase != SavepointPhase.PENDING) {
            return plan;
        }
        Instant deadline = recorded.since().orElse(seen.now()).plus(wanted.patience());
        if (seen.now().isBefore(deadline)) {
            return new Await(phase, reason, detail, Optional.of(deadline));
        }
        return isHeard(seen)
                ? new SavepointPlan.Failed(Reason.SAVEPOINT_OVERDUE, why(reason, detail))
                : plan;
    }

    private static String why(Reason reason, String detail) {
        return detail.isBlank() ? reason.word() : reason.word() + ", " + detail;
    }

    private static boolean isHeard(SavepointScene seen) {
        return !(seen.job() instanceof Seen.Unreachable<Job>)
                && seen.pods().stream().noneMatch(SavepointPlanner::isUnheardAndMayRun);
    }

    private static boolean isUnheardAndMayRun(PodView pod) {
        return !pod.terminating()
                && Fleet.view(pod).isEmpty()
                && switch (pod.health()) {
                    case PodView.Starting(), PodView.Up() -> true;
                    case PodView.Unschedulable _,
                            PodView.NoImage _,
                            PodView.Misconfigured _,
                            PodView.Crashing _,
                            PodView.Dead _ ->
                            false;
                };
    }

    private static SavepointPlan take(WantedSavepoint wanted, SavepointScene seen) {
        return switch (seen.job()) {
            case Seen.Absent<Job>() ->
                    new Await(SavepointPhase.PENDING, Reason.JOB_MISSING, wanted.job());
            case Seen.Unreachable<Job>(var cause) ->
                    new Await(SavepointPhase.PENDING, Reason.JOB_UNREADABLE, cause);
            case Seen.Present<Job>(var job) ->
                    complete(wanted, seen)
                            .or(() -> underWay(wanted, seen))
                            .or(() -> running(seen).map(pod -> tell(wanted, job, pod)))
                            .orElseGet(() -> waiting(job));
        };
    }

    private static Optional<SavepointPlan> complete(WantedSavepoint wanted, SavepointScene seen) {
        return seen.pods().stream()
                .flatMap(pod -> progress(wanted, pod).stream())
                .filter(Complete.class::isInstance)
                .map(complete -> ((Complete) complete).result())
                .max(Comparator.comparing(SavepointView.Result::term))
                .map(SavepointPlan.Completed::new);
    }

    /** An older term's pod counts too: it halts soon, and two attempts at once may leave two. */
    static Optional<SavepointPlan> underWay(WantedSavepoint wanted, SavepointScene seen) {
        return seen.pods().stream()
                .filter(pod -> !pod.terminating())
                .flatMap(pod -> progress(wanted, pod).stream())
                .flatMap(progress -> phase(progress).stream())
                .<SavepointPlan>map(phase -> new Await(phase, Reason.SAVEPOINT_IN_PROGRESS, ""))
                .findFirst();
    }

    private static Optional<SavepointView.Progress> progress(WantedSavepoint wanted, PodView pod) {
        return Fleet.view(pod)
                .flatMap(view -> view.savepoint(wanted.uid()))
                .map(SavepointView::progress);
    }

    private static Optional<SavepointPhase> phase(SavepointView.Progress progress) {
        return switch (progress) {
            case LookedUp() -> Optional.of(SavepointPhase.PREPARING);
            case InProgress(_, var phase) ->
                    Optional.of(
                            switch (phase) {
                                case TRIGGERING, PREPARING -> SavepointPhase.PREPARING;
                                case EXECUTING -> SavepointPhase.EXECUTING;
                                case COMPLETING -> SavepointPhase.COMPLETING;
                            });
            case Complete _, Failed _ -> Optional.empty();
        };
    }

    /** The pod that runs the newest term, if all its tasks run. */
    private static Optional<PodView> running(SavepointScene seen) {
        return seen.pods().stream()
                .filter(pod -> !pod.terminating() && !(pod.health() instanceof PodView.Dead))
                .filter(pod -> Fleet.activeTerm(pod) > 0)
                .max(Comparator.comparing(Fleet::activeTerm))
                .filter(
                        pod ->
                                Fleet.view(pod)
                                        .filter(v -> v.state() instanceof RuntimeState.Running)
                                        .isPresent());
    }

    private static SavepointPlan tell(WantedSavepoint wanted, Job job, PodView pod) {
        long term = Fleet.activeTerm(pod);
        var view = Fleet.view(pod).orElseThrow();
        return gaveUp(wanted, view, term)
                .or(() -> queued(view))
                .or(() -> protect(wanted))
                .orElseGet(() -> command(wanted, job, pod, term));
    }

    private static Optional<SavepointPlan> gaveUp(
            WantedSavepoint wanted, RuntimeView view, long term) {
        return view.savepoint(wanted.uid())
                .filter(known -> known.term() == term)
                .flatMap(
                        known ->
                                known.progress() instanceof Failed(var cause, var attempt)
                                                && attempt >= ATTEMPTS
                                        ? Optional.of(
                                                new SavepointPlan.Failed(
                                                        Reason.SAVEPOINT_FAILED, cause))
                                        : Optional.empty());
    }

    private static Optional<SavepointPlan> queued(RuntimeView view) {
        return view.savepoints().stream().anyMatch(other -> other.progress().underWay())
                ? Optional.of(new Await(SavepointPhase.PENDING, Reason.WAITING_FOR_SAVEPOINT, ""))
                : Optional.empty();
    }

    private static SavepointPlan command(WantedSavepoint wanted, Job job, PodView pod, long term) {
        var command = SavepointCommands.take(wanted, job, pod, term);
        var accepted =
                Pods.receipt(pod, command.id())
                        .filter(receipt -> receipt.outcome() == Outcome.ACCEPTED)
                        .isPresent();
        return accepted
                ? new Await(SavepointPhase.PREPARING, Reason.TAKING_SAVEPOINT, pod.name())
                : new Act(
                        new SavepointAction.Take(pod.ref(), command),
                        Reason.TAKING_SAVEPOINT,
                        pod.name());
    }

    private static SavepointPlan waiting(Job job) {
        return new Await(SavepointPhase.PENDING, Reason.WAITING_FOR_JOB, job.stands());
    }
}
