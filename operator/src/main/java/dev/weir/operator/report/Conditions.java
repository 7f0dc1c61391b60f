package dev.weir.operator.report;

import dev.weir.crds.JobCondition;
import dev.weir.crds.JobCondition.Holds;
import dev.weir.crds.JobCondition.Type;
import dev.weir.crds.Reason;
import dev.weir.crds.StreamJobStatus;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.RestorePoint;
import dev.weir.ledger.Seen;
import dev.weir.operator.plan.Desired;
import dev.weir.operator.plan.Fleet;
import dev.weir.operator.plan.Plan;
import dev.weir.protocol.RuntimeState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The four claims about a job. A claim's time changes only when its answer does. */
final class Conditions {

    private final Optional<StreamJobStatus> before;
    private final long generation;
    private final Instant now;

    private Conditions(Optional<StreamJobStatus> before, long generation, Instant now) {
        this.before = before;
        this.generation = generation;
        this.now = now;
    }

    static List<JobCondition> of(
            Optional<StreamJobStatus> before,
            Desired desired,
            Fleet fleet,
            Plan plan,
            Optional<RuntimeState.Running> running,
            Instant now) {
        var conditions = new Conditions(before, desired.generation(), now);
        return List.of(
                conditions.ready(plan, running),
                conditions.progressing(plan),
                conditions.restorable(fleet),
                conditions.upToDate(desired, fleet, plan, running));
    }

    /**
     * What runs is not touched by a spec that can't be read: only what is said of the spec changes.
     */
    static List<JobCondition> ofInvalid(
            Optional<StreamJobStatus> before, long generation, Instant now, String message) {
        var c = new Conditions(before, generation, now);
        var ready = c.earlier(Type.READY).filter(r -> r.status() == Holds.TRUE);
        return List.of(
                ready.orElseGet(() -> c.say(Type.READY, Holds.FALSE, Reason.SPEC_INVALID, message)),
                c.say(Type.PROGRESSING, Holds.FALSE, Reason.SPEC_INVALID, message),
                c.earlier(Type.RESTORABLE).orElseGet(c::restorableUnknown),
                c.say(Type.UP_TO_DATE, Holds.FALSE, Reason.SPEC_INVALID, message));
    }

    private JobCondition ready(Plan plan, Optional<RuntimeState.Running> running) {
        if (running.isPresent()) {
            return say(Type.READY, Holds.TRUE, Reason.RUNNING, Reason.RUNNING.text(""));
        }
        var holds = plan.reason() == Reason.RUNTIME_UNREACHABLE ? Holds.UNKNOWN : Holds.FALSE;
        return say(Type.READY, holds, plan.reason(), plan.text());
    }

    private JobCondition progressing(Plan plan) {
        var holds =
                switch (plan) {
                    case Plan.Act _, Plan.Await _ -> Holds.TRUE;
                    case Plan.Converged _, Plan.Blocked _ -> Holds.FALSE;
                };
        return say(Type.PROGRESSING, holds, plan.reason(), plan.text());
    }

    private JobCondition restorable(Fleet fleet) {
        return switch (fleet.ledger()) {
            case Seen.Present<LedgerView>(LedgerView.Term t) ->
                    t.latest() instanceof RestorePoint.Fresh
                            ? say(
                                    Type.RESTORABLE,
                                    Holds.FALSE,
                                    Reason.RESTORE_POINT_NONE,
                                    Reason.RESTORE_POINT_NONE.text(""))
                            : say(
                                    Type.RESTORABLE,
                                    Holds.TRUE,
                                    Reason.RESTORE_POINT_PRESENT,
                                    Reason.RESTORE_POINT_PRESENT.text(""));
            case Seen.Present<LedgerView> _ ->
                    say(
                            Type.RESTORABLE,
                            Holds.FALSE,
                            Reason.RESTORE_POINT_NONE,
                            Reason.RESTORE_POINT_NONE.text(""));
            case Seen.Absent<LedgerView> _, Seen.Unreachable<LedgerView> _ ->
                    earlier(Type.RESTORABLE).orElseGet(this::restorableUnknown);
        };
    }

    private JobCondition restorableUnknown() {
        return say(
                Type.RESTORABLE,
                Holds.UNKNOWN,
                Reason.RESTORE_POINT_UNKNOWN,
                Reason.RESTORE_POINT_UNKNOWN.text(""));
    }

    private JobCondition upToDate(
            Desired desired, Fleet fleet, Plan plan, Optional<RuntimeState.Running> running) {
        if (desired.rejected().isPresent()) {
            return say(
                    Type.UP_TO_DATE,
                    Holds.FALSE,
                    Reason.REVISION_REJECTED,
                    Reason.REVISION_REJECTED.text(desired.rejected().get().why()));
        }
        var current = running.isPresent() && fleet.active().filter(fleet::isCurrent).isPresent();
        if (current && !desired.suspend()) {
            return say(Type.UP_TO_DATE, Holds.TRUE, Reason.RUNNING, Reason.RUNNING.text(""));
        }
        var converged = plan instanceof Plan.Converged;
        return say(Type.UP_TO_DATE, StatusProjector.holds(converged), plan.reason(), plan.text());
    }

    private JobCondition say(Type type, Holds holds, Reason reason, String message) {
        var since =
                earlier(type)
                        .filter(was -> was.status() == holds)
                        .map(JobCondition::lastTransitionTime)
                        .orElse(now);
        return new JobCondition(type, holds, generation, since, reason.word(), message);
    }

    private Optional<JobCondition> earlier(Type type) {
        return before.stream()
                .flatMap(s -> s.conditions().stream())
                .filter(c -> c.type() == type)
                .findFirst();
    }
}
