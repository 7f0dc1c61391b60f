package dev.weir.operator.execute;

import dev.weir.crds.StreamJob;
import dev.weir.operator.kubernetes.KubernetesGateway;
import dev.weir.operator.kubernetes.PodManifests;
import dev.weir.operator.plan.Action;
import dev.weir.operator.plan.Desired;
import dev.weir.operator.plan.Names;
import dev.weir.operator.plan.PodView.PodRef;
import dev.weir.operator.wake.JobKey;
import dev.weir.protocol.Command;

/**
 * Does what was planned: the only place that changes the world for a job. Each action may be done
 * twice with the result of once, so nothing here looks before it acts.
 */
public final class Executor {

    private final KubernetesGateway kubernetes;
    private final Messenger messenger;

    public Executor(KubernetesGateway kubernetes, Messenger messenger) {
        this.kubernetes = kubernetes;
        this.messenger = messenger;
    }

    public Outcome execute(StreamJob resource, Desired desired, Action action) {
        String namespace = desired.job().namespace();
        return switch (action) {
            case Action.AddFinalizer() -> Outcome.of(kubernetes.addFinalizer(resource));
            case Action.RemoveFinalizer() -> release(resource);
            case Action.CreateProgram _ ->
                    Outcome.of(kubernetes.create(PodManifests.program(desired)));
            case Action.DeleteProgram(String revision) ->
                    Outcome.of(
                            kubernetes.deleteProgram(
                                    namespace, Names.program(desired.job(), revision)));
            case Action.CreatePod(String name, var role) ->
                    Outcome.of(kubernetes.create(PodManifests.pod(desired, name, role)));
            case Action.DeletePod(PodRef(String name, String uid), boolean atOnce) ->
                    Outcome.of(kubernetes.deletePod(namespace, name, uid, atOnce));
            case Action.Activate(PodRef pod, Command command) -> send(desired, pod, command);
            case Action.Stop(PodRef pod, Command command) -> send(desired, pod, command);
            case Action.CloseLedger(PodRef pod, Command command) -> send(desired, pod, command);
            case Action.EraseState(PodRef pod, Command command) -> send(desired, pod, command);
        };
    }

    /** Lets a deleted resource go; also for one whose spec can't be read. */
    public Outcome release(StreamJob resource) {
        return Outcome.of(kubernetes.removeFinalizer(resource));
    }

    private Outcome send(Desired desired, PodRef pod, Command command) {
        JobKey job = new JobKey(desired.job().namespace(), desired.job().name());
        return messenger.send(job, pod, desired.silence(), command);
    }
}
