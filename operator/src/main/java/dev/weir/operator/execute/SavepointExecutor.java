package dev.weir.operator.execute;

import dev.weir.crds.Savepoint;
import dev.weir.operator.kubernetes.SavepointGateway;
import dev.weir.operator.plan.SavepointAction;
import dev.weir.operator.wake.JobKey;
import java.time.Duration;

/**
 * Does what was planned: the only place that changes the world for a savepoint. Each action may be
 * done twice with the result of once, so nothing here looks before it acts.
 */
public final class SavepointExecutor {

    private final SavepointGateway kubernetes;
    private final Messenger messenger;

    public SavepointExecutor(SavepointGateway kubernetes, Messenger messenger) {
        this.kubernetes = kubernetes;
        this.messenger = messenger;
    }

    /**
     * @param silence of the savepoint's job
     */
    public Outcome execute(
            Savepoint resource, JobKey job, Duration silence, SavepointAction action) {
        return switch (action) {
            case SavepointAction.AddFinalizer() -> Outcome.of(kubernetes.addFinalizer(resource));
            case SavepointAction.RemoveFinalizer() ->
                    Outcome.of(kubernetes.removeFinalizer(resource));
            case SavepointAction.Take(var pod, var command) ->
                    messenger.send(job, pod, silence, command);
            case SavepointAction.Erase(var pod, var command) ->
                    messenger.send(job, pod, silence, command);
        };
    }
}
