package dev.weir.operator.plan;

import dev.weir.crds.Reason;
import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.operator.plan.Plan.Act;
import dev.weir.operator.plan.PodView.PodRef;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import java.util.Optional;

/**
 * Makes room for a pod that is held and ready, where another is active. The old revision is stopped
 * with a savepoint; one that can take none, because its job keeps failing, is simply succeeded: the
 * claim seals its term and fences it. So is one that is rejected: its state is not wanted (rule 9).
 */
final class UpgradePlanner {

    private UpgradePlanner() {}

    /**
     * @return what has to happen before the held pod may be activated; empty: nothing
     */
    static Optional<Plan> makeRoom(Desired desired, Fleet fleet) {
        if (desired.rejected().isPresent()) {
            return Optional.empty();
        }
        return fleet.active()
                .flatMap(pod -> Fleet.view(pod).flatMap(view -> stop(desired, pod, view)))
                .or(() -> unheard(fleet));
    }

    private static Optional<Plan> stop(Desired desired, PodView pod, RuntimeView view) {
        return switch (view.state()) {
            case RuntimeState.Running(var term, _, _) ->
                    Optional.of(stop(desired, pod, term, CloseReason.HANDOVER, Reason.UPGRADING));
            case RuntimeState.Activating _, RuntimeState.Stopping _ ->
                    Optional.of(Pods.await(Reason.UPGRADING, pod.name()));
            case RuntimeState.Recovering _,
                    RuntimeState.GaveUp _,
                    RuntimeState.Ended _,
                    RuntimeState.Held _,
                    RuntimeState.Unfit _,
                    RuntimeState.Preparing _ ->
                    Optional.empty();
        };
    }

    static Act stop(Desired desired, PodView pod, long term, CloseReason reason, Reason why) {
        var command = Commands.stop(desired, pod, term, reason, Commands.STOP_TIMEOUT);
        return new Act(
                new Action.Stop(new PodRef(pod.name(), pod.uid()), command), why, pod.name());
    }

    /**
     * An old pod that is up and not heard from may be running: nothing is concluded from its
     * silence.
     */
    private static Optional<Plan> unheard(Fleet fleet) {
        return fleet.outdated().stream()
                .filter(p -> Fleet.view(p).isEmpty() && p.health() instanceof PodView.Up)
                .findFirst()
                .map(p -> Pods.await(Reason.RUNTIME_UNREACHABLE, p.name()));
    }
}
