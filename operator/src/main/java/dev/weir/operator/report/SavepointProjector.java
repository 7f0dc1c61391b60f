package dev.weir.operator.report;

import dev.weir.crds.DurationText;
import dev.weir.crds.JobCondition.Holds;
import dev.weir.crds.Reason;
import dev.weir.crds.SavepointCondition;
import dev.weir.crds.SavepointCondition.Type;
import dev.weir.crds.SavepointPhase;
import dev.weir.crds.SavepointStatus;
import dev.weir.crds.SavepointStatus.Operator;
import dev.weir.operator.plan.RecordedSavepoint;
import dev.weir.operator.plan.SavepointAction;
import dev.weir.operator.plan.SavepointPlan;
import dev.weir.operator.plan.WantedSavepoint;
import dev.weir.protocol.SavepointView;
import dev.weir.protocol.SavepointView.Result;
import dev.weir.protocol.SavepointView.Taking;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The only writer of a savepoint's status: pure, from what was, what is wanted, and what was
 * decided. What was told of a savepoint that is complete is never told otherwise.
 */
public final class SavepointProjector {

    private static final SavepointStatus EMPTY =
            new SavepointStatus(
                    null, null, List.of(), null, null, null, null, null, null, List.of(), null,
                    null);

    private final SavepointStatus was;
    private final WantedSavepoint wanted;
    private final SavepointPlan plan;
    private final Instant now;

    private SavepointProjector(
            SavepointStatus was, WantedSavepoint wanted, SavepointPlan plan, Instant now) {
        this.was = was;
        this.wanted = wanted;
        this.plan = plan;
        this.now = now;
    }

    /** What an earlier status still says to whoever plans. */
    public static RecordedSavepoint recorded(Optional<SavepointStatus> status) {
        return new RecordedSavepoint(
                status.flatMap(s -> Optional.ofNullable(s.phase())),
                status.stream()
                        .flatMap(s -> s.conditions().stream())
                        .filter(c -> c.type() == Type.PROGRESSING && c.status() == Holds.TRUE)
                        .map(SavepointCondition::lastTransitionTime)
                        .findFirst());
    }

    public static SavepointStatus project(
            Optional<SavepointStatus> before,
            WantedSavepoint wanted,
            SavepointPlan plan,
            Instant now) {
        return new SavepointProjector(before.orElse(EMPTY), wanted, plan, now).status();
    }

    private SavepointStatus status() {
        return switch (plan) {
            case SavepointPlan.Completed(var result) -> with(result, SavepointPhase.COMPLETED);
            case SavepointPlan.Failed _ -> with(SavepointPhase.FAILED);
            case SavepointPlan.Await(var phase, _, _, _) -> with(phase);
            case SavepointPlan.Act(var action, _, _) -> with(phase(action));
            case SavepointPlan.Settled _ -> with(settled());
        };
    }

    private SavepointPhase phase(SavepointAction action) {
        return switch (action) {
            case SavepointAction.Take _ -> SavepointPhase.PREPARING;
            case SavepointAction.Erase _ -> SavepointPhase.DELETING;
            case SavepointAction.AddFinalizer _, SavepointAction.RemoveFinalizer _ -> settled();
        };
    }

    /** What a plan that is not about the savepoint itself leaves. */
    private SavepointPhase settled() {
        if (wanted.deletionAsked().isPresent()) {
            return SavepointPhase.DELETING;
        }
        return was.phase() == null ? SavepointPhase.PENDING : was.phase();
    }

    private SavepointStatus with(SavepointPhase phase) {
        return new SavepointStatus(
                wanted.generation(),
                phase,
                conditions(phase),
                was.location(),
                was.size(),
                was.revision(),
                was.term(),
                was.checkpointId(),
                was.flinkVersion(),
                was.operators(),
                was.duration(),
                was.completedAt());
    }

    private SavepointStatus with(Result result, SavepointPhase phase) {
        return new SavepointStatus(
                wanted.generation(),
                phase,
                conditions(phase),
                result.location(),
                result.bytes(),
                result.revision(),
                result.term(),
                result.checkpointId(),
                result.taking().map(Taking::flinkVersion).orElse(null),
                result.operators().stream().map(SavepointProjector::operator).toList(),
                result.taking().map(Taking::duration).map(DurationText::format).orElse(null),
                result.at());
    }

    private static Operator operator(SavepointView.OperatorState state) {
        return new Operator(
                state.id(),
                state.name(),
                state.parallelism(),
                state.maxParallelism(),
                state.bytes());
    }

    /** Nothing is under way for one that is settled, even while its finalizer is put right. */
    private List<SavepointCondition> conditions(SavepointPhase phase) {
        if (phase.settled() && phase == was.phase()) {
            return was.conditions().stream().map(this::ofThisGeneration).toList();
        }
        var text = plan.reason().text(plan.detail());
        return List.of(
                say(Type.COMPLETED, phase == SavepointPhase.COMPLETED, plan.reason(), text),
                say(Type.PROGRESSING, !phase.settled(), plan.reason(), text));
    }

    private SavepointCondition ofThisGeneration(SavepointCondition was) {
        return new SavepointCondition(
                was.type(),
                was.status(),
                wanted.generation(),
                was.lastTransitionTime(),
                was.reason(),
                was.message());
    }

    private SavepointCondition say(Type type, boolean isSo, Reason reason, String message) {
        var holds = StatusProjector.holds(isSo);
        var since =
                was.conditions().stream()
                        .filter(earlier -> earlier.type() == type && earlier.status() == holds)
                        .map(SavepointCondition::lastTransitionTime)
                        .findFirst()
                        .orElse(now);
        return new SavepointCondition(
                type, holds, wanted.generation(), since, reason.word(), message);
    }
}
