package dev.weir.operator.report;

import dev.weir.crds.Phase;
import dev.weir.crds.Reason;
import dev.weir.crds.StreamJobStatus;
import dev.weir.operator.plan.Desired;
import dev.weir.operator.plan.Fleet;
import dev.weir.operator.plan.Plan;
import dev.weir.operator.plan.PodView;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The phase, in one word for people.
 *
 * <ol>
 *   <li>Deletion, suspension and completion are said by the plan.
 *   <li>A job that runs is Running, or Upgrading while another revision prepares to take its place;
 *       one that only runs until it fails again is Recovering.
 *   <li>On the way to running, a job that was Recovering or Upgrading stays that until it runs: the
 *       word says why it does not, not which step it is at.
 *   <li>What is blocked and runs nothing has Failed; but where only the cluster has to give
 *       something, and the pod starts by itself then, it is still on its way.
 * </ol>
 */
final class PhaseProjection {

    private static final Set<Reason> THE_CLUSTERS_TURN =
            EnumSet.of(
                    Reason.POD_UNSCHEDULABLE,
                    Reason.IMAGE_UNAVAILABLE,
                    Reason.POD_MISCONFIGURED,
                    Reason.POD_CRASHING,
                    Reason.STORE_UNREACHABLE,
                    Reason.TOPIC_MISSING,
                    Reason.KAFKA_UNREACHABLE);

    private PhaseProjection() {}

    /**
     * @param running the job that runs and is not expected to fail again
     */
    static Phase phase(
            Optional<StreamJobStatus> before,
            Desired desired,
            Fleet fleet,
            Plan plan,
            Optional<RuntimeState.Running> running) {
        if (desired.deletionAsked().isPresent()) {
            return Phase.DELETING;
        }
        if (plan.reason() == Reason.SUSPENDED
                || plan.reason() == Reason.SUSPENDED_WITHOUT_SAVEPOINT) {
            return Phase.SUSPENDED;
        }
        if (desired.suspend()) {
            return Phase.SUSPENDING;
        }
        if (plan.reason() == Reason.COMPLETED) {
            return Phase.COMPLETED;
        }
        if (desired.rejected().isPresent() && fleet.active().filter(fleet::isCurrent).isEmpty()) {
            return Phase.ROLLING_BACK;
        }
        return fleet.active()
                .flatMap(pod -> active(before, fleet.isCurrent(pod), pod, plan, running))
                .orElseGet(() -> inactive(before, fleet, plan));
    }

    private static Optional<Phase> active(
            Optional<StreamJobStatus> before,
            boolean current,
            PodView pod,
            Plan plan,
            Optional<RuntimeState.Running> running) {
        return Fleet.view(pod)
                .map(RuntimeView::state)
                .map(
                        state ->
                                switch (state) {
                                    case RuntimeState.Running _ when running.isEmpty() ->
                                            Phase.RECOVERING;
                                    case RuntimeState.Running _ ->
                                            current || plan instanceof Plan.Blocked
                                                    ? Phase.RUNNING
                                                    : Phase.UPGRADING;
                                    case RuntimeState.Activating _ ->
                                            onTheWay(before, Phase.STARTING);
                                    case RuntimeState.Recovering _ -> Phase.RECOVERING;
                                    case RuntimeState.Stopping _ -> Phase.UPGRADING;
                                    case RuntimeState.Preparing _,
                                            RuntimeState.Unfit _,
                                            RuntimeState.Held _,
                                            RuntimeState.GaveUp _,
                                            RuntimeState.Ended _ ->
                                            onTheWay(before, Phase.PENDING);
                                });
    }

    private static Phase inactive(Optional<StreamJobStatus> before, Fleet fleet, Plan plan) {
        return switch (plan) {
            case Plan.Blocked(var reason, _, _) ->
                    THE_CLUSTERS_TURN.contains(reason)
                            ? onTheWay(before, step(fleet))
                            : Phase.FAILED;
            case Plan.Act _, Plan.Await _, Plan.Converged _ -> onTheWay(before, step(fleet));
        };
    }

    private static Phase step(Fleet fleet) {
        return fleet.current().stream()
                .findFirst()
                .flatMap(Fleet::view)
                .map(v -> v.state() instanceof RuntimeState.Held ? Phase.HELD : Phase.PREPARING)
                .orElse(fleet.current().isEmpty() ? Phase.PENDING : Phase.PREPARING);
    }

    private static Phase onTheWay(Optional<StreamJobStatus> before, Phase step) {
        var was = before.map(StreamJobStatus::phase).orElse(Phase.PENDING);
        return switch (was) {
            case RUNNING, RECOVERING -> Phase.RECOVERING;
            case UPGRADING -> Phase.UPGRADING;
            case ROLLING_BACK -> Phase.ROLLING_BACK;
            case PENDING,
                    PREPARING,
                    HELD,
                    STARTING,
                    SUSPENDING,
                    SUSPENDED,
                    COMPLETED,
                    FAILED,
                    DELETING ->
                    step;
        };
    }
}
