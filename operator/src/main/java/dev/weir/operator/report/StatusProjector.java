package dev.weir.operator.report;

import dev.weir.crds.DurationText;
import dev.weir.crds.JobCondition;
import dev.weir.crds.Phase;
import dev.weir.crds.Reason;
import dev.weir.crds.StreamJobStatus;
import dev.weir.crds.StreamJobStatus.Revision;
import dev.weir.crds.StreamJobStatus.Snapshot;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.RestorePoint;
import dev.weir.ledger.Seen.Absent;
import dev.weir.ledger.Seen.Present;
import dev.weir.ledger.Seen.Unreachable;
import dev.weir.operator.plan.Desired;
import dev.weir.operator.plan.Fleet;
import dev.weir.operator.plan.Observation;
import dev.weir.operator.plan.Plan;
import dev.weir.operator.plan.Recorded;
import dev.weir.operator.plan.SpecReader.Violation;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import dev.weir.protocol.RuntimeView.CompletedCheckpoint;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The only writer of a status: pure, from what was, what is wanted, what was seen, and what was
 * decided. Called twice with the same arguments it gives the same status, so that nothing is
 * written when nothing has changed.
 */
public final class StatusProjector {

    private final Optional<StreamJobStatus> before;
    private final Desired desired;
    private final Observation seen;
    private final Plan plan;
    private final Fleet fleet;

    private StatusProjector(
            Optional<StreamJobStatus> before, Desired desired, Observation seen, Plan plan) {
        this.before = before;
        this.desired = desired;
        this.seen = seen;
        this.plan = plan;
        this.fleet = new Fleet(desired, seen);
    }

    public static StreamJobStatus project(
            Optional<StreamJobStatus> before, Desired desired, Observation seen, Plan plan) {
        return new StatusProjector(before, desired, seen, plan).status();
    }

    /**
     * A spec that does not hold together is reported whole; what runs is left alone, and so is what
     * is known of it.
     */
    public static StreamJobStatus invalid(
            Optional<StreamJobStatus> before,
            long generation,
            List<Violation> violations,
            Instant now) {
        var was = before.orElse(EMPTY);
        var detail = violations.stream().map(Violation::toString).collect(Collectors.joining("; "));
        var conditions =
                Conditions.ofInvalid(before, generation, now, Reason.SPEC_INVALID.text(detail));
        return new StreamJobStatus(
                generation,
                was.phase() == null ? Phase.FAILED : was.phase(),
                conditions,
                was.revision(),
                was.term(),
                was.jobId(),
                was.checkpoint(),
                was.savepoint(),
                was.lastFailure(),
                was.restarts(),
                was.parallelism(),
                was.selector());
    }

    /** What a planner may take as evidence from a status. */
    public static Recorded recorded(Optional<StreamJobStatus> status) {
        return new Recorded(
                status.flatMap(s -> Optional.ofNullable(s.phase())),
                status.flatMap(s -> Optional.ofNullable(s.term())),
                status.filter(StatusProjector::unsaved).isPresent());
    }

    private static boolean unsaved(StreamJobStatus status) {
        return status.conditions().stream()
                .anyMatch(c -> c.reason().equals(Reason.SUSPENDED_WITHOUT_SAVEPOINT.word()));
    }

    private static final StreamJobStatus EMPTY =
            new StreamJobStatus(
                    null, null, List.of(), null, null, null, null, null, null, null, null, null);

    private StreamJobStatus status() {
        var was = before.orElse(EMPTY);
        var running = running();
        var phase = PhaseProjection.phase(before, desired, fleet, plan, running);
        var failures = FailureProjection.of(before, phase, fleet, running, plan, seen.now());
        return new StreamJobStatus(
                desired.generation(),
                phase,
                Conditions.of(before, desired, fleet, plan, running, seen.now()),
                revision(was),
                term(was),
                running.map(RuntimeState.Running::jobId).orElse(was.jobId()),
                checkpoint(was),
                savepoint(was),
                failures.last(),
                failures.restarts(),
                running.isPresent() ? parallelism(was) : Integer.valueOf(0),
                "weir.dev/job=" + desired.job().name());
    }

    private Optional<RuntimeState.Running> running() {
        return fleet.running(seen.now());
    }

    private Optional<RuntimeView> activeView() {
        return fleet.active().flatMap(Fleet::view);
    }

    private Revision revision(StreamJobStatus was) {
        var runs = activeView().map(RuntimeView::revision);
        if (runs.isEmpty()) {
            return was.revision();
        }
        var hash = runs.get();
        if (was.revision() != null && hash.equals(was.revision().hash())) {
            return was.revision();
        }
        var number =
                hash.equals(desired.run().revision()) && desired.rejected().isEmpty()
                        ? desired.generation()
                        : null;
        return new Revision(number, hash);
    }

    private Integer parallelism(StreamJobStatus was) {
        var current = fleet.active().filter(fleet::isCurrent).isPresent();
        return current
                ? Integer.valueOf(desired.run().description().parallelism())
                : was.parallelism();
    }

    private Long term(StreamJobStatus was) {
        var known = was.term() == null ? 0 : was.term();
        var term =
                switch (fleet.ledger()) {
                    case Present<LedgerView>(LedgerView.Term t) -> Math.max(known, t.number());
                    case Present<LedgerView> _ -> known;
                    case Absent<LedgerView> _ -> known;
                    case Unreachable<LedgerView> _ -> known;
                };
        return term == 0 ? null : Long.valueOf(term);
    }

    private Snapshot checkpoint(StreamJobStatus was) {
        return newest().filter(c -> !c.savepoint())
                .map(StatusProjector::snapshot)
                .orElse(was.checkpoint());
    }

    /** From the pod that took it, or else from the ledger, which knows where it is and no more. */
    private Snapshot savepoint(StreamJobStatus was) {
        var taken = newest().filter(CompletedCheckpoint::savepoint).map(StatusProjector::snapshot);
        if (taken.isPresent()) {
            return taken.get();
        }
        return fleet.ledger() instanceof Present<LedgerView>(LedgerView.Term t)
                        && t.latest() instanceof RestorePoint.Savepoint(var id, var location)
                        && (was.savepoint() == null || !location.equals(was.savepoint().location()))
                ? new Snapshot(id, location, null, null, null)
                : was.savepoint();
    }

    private Optional<CompletedCheckpoint> newest() {
        return fleet.live().stream()
                .flatMap(p -> Fleet.view(p).flatMap(RuntimeView::checkpoint).stream())
                .max(Comparator.comparingLong(CompletedCheckpoint::id));
    }

    private static Snapshot snapshot(CompletedCheckpoint c) {
        return new Snapshot(
                c.id(), c.location(), c.bytes(), DurationText.format(c.duration()), c.at());
    }

    static JobCondition.Holds holds(boolean yes) {
        return yes ? JobCondition.Holds.TRUE : JobCondition.Holds.FALSE;
    }
}
