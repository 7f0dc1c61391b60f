package dev.weir.operator.report;

import dev.weir.crds.DurationText;
import dev.weir.crds.Phase;
import dev.weir.crds.StreamJobStatus;
import dev.weir.crds.StreamJobStatus.Failure;
import dev.weir.operator.plan.Fleet;
import dev.weir.operator.plan.Plan;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import dev.weir.protocol.RuntimeView.JobFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * The last failure and the count of restarts.
 *
 * <p>A restart is seen by the job's id, which is new in each term but for a roll: another id than
 * before, of a job that was running or recovering, is one restart, however it came about and
 * whether or not its failure was seen.
 */
record FailureProjection(Failure last, Long restarts) {

    static FailureProjection of(
            Optional<StreamJobStatus> before,
            Phase phase,
            Fleet fleet,
            Optional<RuntimeState.Running> running,
            Plan plan,
            Instant now) {
        var known = before.flatMap(b -> Optional.ofNullable(b.lastFailure()));
        var told = told(fleet).filter(f -> known.isEmpty() || f.at().isAfter(known.get().at()));
        var restarted = restarted(before, running);
        Optional<Failure> last;
        if (told.isPresent()) {
            last = told.map(f -> new Failure(f.at(), f.cause(), null, null));
        } else if (fellSilent(before, phase) || restarted && recovered(known)) {
            last = Optional.of(new Failure(now, plan.text(), null, null));
        } else {
            last = known;
        }
        var count = before.flatMap(b -> Optional.ofNullable(b.restarts())).orElse(0L);
        return new FailureProjection(
                last.map(f -> withRecovery(f, running)).orElse(null),
                Math.max(restarted ? count + 1 : count, counted(fleet)));
    }

    private static Optional<JobFailure> told(Fleet fleet) {
        return fleet.live().stream()
                .flatMap(p -> Fleet.view(p).flatMap(RuntimeView::lastFailure).stream())
                .max(Comparator.comparing(JobFailure::at));
    }

    /** What the pod itself has counted: of restarts in quick succession not every one is seen. */
    private static long counted(Fleet fleet) {
        return fleet.active().flatMap(Fleet::view).map(RuntimeView::restarts).orElse(0L);
    }

    private static boolean restarted(
            Optional<StreamJobStatus> before, Optional<RuntimeState.Running> running) {
        return before.filter(b -> b.phase() == Phase.RUNNING || b.phase() == Phase.RECOVERING)
                .map(StreamJobStatus::jobId)
                .filter(was -> running.isPresent() && !running.get().jobId().equals(was))
                .isPresent();
    }

    private static boolean recovered(Optional<Failure> known) {
        return known.isEmpty() || known.get().recoveredAfter() != null;
    }

    private static boolean fellSilent(Optional<StreamJobStatus> before, Phase phase) {
        return phase == Phase.RECOVERING
                && before.map(StreamJobStatus::phase).filter(p -> p == Phase.RUNNING).isPresent();
    }

    private static Failure withRecovery(Failure f, Optional<RuntimeState.Running> running) {
        if (f.recoveredAfter() != null || running.isEmpty()) {
            return f;
        }
        var took = Duration.between(f.at(), running.get().since());
        return new Failure(
                f.at(),
                f.cause(),
                f.detectedAfter(),
                DurationText.format(took.isNegative() ? Duration.ZERO : took));
    }
}
