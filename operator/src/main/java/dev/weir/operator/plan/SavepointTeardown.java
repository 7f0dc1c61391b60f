package dev.weir.operator.plan;

import dev.weir.crds.Reason;
import dev.weir.crds.SavepointPhase;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.RestorePoint;
import dev.weir.ledger.Seen;
import dev.weir.operator.plan.PodView.Dead;
import dev.weir.operator.plan.SavepointPlan.Act;
import dev.weir.operator.plan.SavepointPlan.Await;
import dev.weir.operator.plan.SavepointPlan.Settled;
import dev.weir.operator.plan.SavepointScene.Job;
import dev.weir.protocol.Receipt.Outcome;
import dev.weir.protocol.RuntimeView;
import java.util.List;
import java.util.Optional;

/**
 * Brings a deleted savepoint to its end (rule 10).
 *
 * <ol>
 *   <li>Without our finalizer it goes by itself; one whose files are kept is let go.
 *   <li>Files are deleted by a pod of the job, whichever is heard; not while it is being taken, and
 *       not while the job's state would come from it. Where none is heard, one is waited for.
 *   <li>A job that is gone has no pod any more: the resource is let go, and its files are left. So
 *       a namespace that is deleted does not wait for its savepoints longer than for its jobs.
 * </ol>
 */
final class SavepointTeardown {

    private SavepointTeardown() {}

    static Optional<SavepointPlan> known(WantedSavepoint wanted) {
        if (!wanted.finalizer()) {
            return Optional.of(new Settled(Reason.SAVEPOINT_ERASED));
        }
        return wanted.erase() ? Optional.empty() : Optional.of(letGo(Reason.RELEASING_FILES, ""));
    }

    static SavepointPlan plan(WantedSavepoint wanted, SavepointScene seen) {
        return switch (seen.job()) {
            case Seen.Absent<Job>() -> letGo(Reason.SAVEPOINT_FILES_LEFT, wanted.job());
            case Seen.Unreachable<Job>(var cause) -> await(Reason.JOB_UNREADABLE, cause);
            case Seen.Present<Job>(var job) -> erase(wanted, job, seen);
        };
    }

    private static SavepointPlan erase(WantedSavepoint wanted, Job job, SavepointScene seen) {
        List<PodView> pods =
                seen.pods().stream()
                        .filter(pod -> !pod.terminating() && !(pod.health() instanceof Dead))
                        .toList();
        if (pods.stream().anyMatch(pod -> says(wanted, job, pod, Outcome.DONE))) {
            return letGo(Reason.SAVEPOINT_ERASED, "");
        }
        if (SavepointPlanner.underWay(wanted, seen).isPresent()) {
            return await(Reason.SAVEPOINT_IN_PROGRESS, "its files are deleted after that");
        }
        return pods.stream()
                .flatMap(pod -> ledger(pod).map(ledger -> tell(wanted, job, pod, ledger)).stream())
                .findFirst()
                .orElseGet(() -> waiting(job));
    }

    private static SavepointPlan tell(
            WantedSavepoint wanted, Job job, PodView pod, LedgerView ledger) {
        if (isNeeded(wanted, ledger)) {
            return await(Reason.SAVEPOINT_IN_USE, "");
        }
        return says(wanted, job, pod, Outcome.ACCEPTED)
                ? await(Reason.ERASING_SAVEPOINT, pod.name())
                : new Act(
                        new SavepointAction.Erase(
                                pod.ref(),
                                SavepointCommands.erase(wanted, job, pod, ledger.term())),
                        Reason.ERASING_SAVEPOINT,
                        pod.name());
    }

    private static boolean says(WantedSavepoint wanted, Job job, PodView pod, Outcome outcome) {
        return Pods.receipt(pod, SavepointCommands.eraseId(wanted, job, pod))
                .filter(receipt -> receipt.outcome() == outcome)
                .isPresent();
    }

    private static boolean isNeeded(WantedSavepoint wanted, LedgerView ledger) {
        return ledger instanceof LedgerView.Term term
                && term.latest() instanceof RestorePoint.Savepoint(_, var location)
                && location.contains("/savepoints/" + wanted.uid() + "/");
    }

    private static Optional<LedgerView> ledger(PodView pod) {
        return Fleet.view(pod)
                .map(RuntimeView::ledger)
                .flatMap(
                        seen ->
                                seen instanceof Seen.Present<LedgerView>(var ledger)
                                        ? Optional.of(ledger)
                                        : Optional.empty());
    }

    private static SavepointPlan waiting(Job job) {
        return await(Reason.ERASURE_WAITS, job.stands());
    }

    private static Await await(Reason reason, String detail) {
        return new Await(SavepointPhase.DELETING, reason, detail);
    }

    private static Act letGo(Reason reason, String detail) {
        return new Act(new SavepointAction.RemoveFinalizer(), reason, detail);
    }
}
