package dev.weir.operator.execute;

import dev.weir.crds.StreamJob;
import dev.weir.ledger.Seen;
import dev.weir.operator.kubernetes.KubernetesGateway;
import dev.weir.operator.kubernetes.PodManifests;
import dev.weir.operator.kubernetes.Written;
import dev.weir.operator.observe.PodAddresses;
import dev.weir.operator.plan.Action;
import dev.weir.operator.plan.Desired;
import dev.weir.operator.plan.Names;
import dev.weir.operator.plan.PodView.PodRef;
import dev.weir.operator.runtime.RuntimeGateway;
import dev.weir.operator.wake.JobKey;
import dev.weir.protocol.Command;
import dev.weir.protocol.Receipt;

/**
 * Does what was planned: the only place that changes the world for a job. Each action may be done
 * twice with the result of once, so nothing here looks before it acts.
 */
public final class Executor {

    private final KubernetesGateway kubernetes;
    private final RuntimeGateway runtime;
    private final PodAddresses addresses;

    public Executor(KubernetesGateway kubernetes, RuntimeGateway runtime, PodAddresses addresses) {
        this.kubernetes = kubernetes;
        this.runtime = runtime;
        this.addresses = addresses;
    }

    public Outcome execute(StreamJob resource, Desired desired, Action action) {
        String namespace = desired.job().namespace();
        return switch (action) {
            case Action.AddFinalizer() -> outcome(kubernetes.addFinalizer(resource));
            case Action.RemoveFinalizer() -> release(resource);
            case Action.CreateProgram _ ->
                    outcome(kubernetes.create(PodManifests.program(desired)));
            case Action.DeleteProgram(String revision) ->
                    outcome(
                            kubernetes.deleteProgram(
                                    namespace, Names.program(desired.job(), revision)));
            case Action.CreatePod(String name, var role) ->
                    outcome(kubernetes.create(PodManifests.pod(desired, name, role)));
            case Action.DeletePod(PodRef(String name, String uid), boolean atOnce) ->
                    outcome(kubernetes.deletePod(namespace, name, uid, atOnce));
            case Action.Activate(PodRef pod, Command command) -> send(desired, pod, command);
            case Action.Stop(PodRef pod, Command command) -> send(desired, pod, command);
            case Action.CloseLedger(PodRef pod, Command command) -> send(desired, pod, command);
            case Action.EraseState(PodRef pod, Command command) -> send(desired, pod, command);
        };
    }

    /** Lets a deleted resource go; also for one whose spec can't be read. */
    public Outcome release(StreamJob resource) {
        return outcome(kubernetes.removeFinalizer(resource));
    }

    private Outcome send(Desired desired, PodRef pod, Command command) {
        JobKey job = new JobKey(desired.job().namespace(), desired.job().name());
        Seen<Receipt> receipt =
                addresses
                        .of(job, pod.uid(), desired.silence())
                        .map(address -> runtime.send(address, command))
                        .orElseGet(() -> Seen.unreachable("the pod has no address"));
        return switch (receipt) {
            case Seen.Present<Receipt>(Receipt(_, var outcome, String detail)) ->
                    switch (outcome) {
                        case ACCEPTED, DONE -> new Outcome.Done();
                        case FORBIDDEN, REFUSED, UNREADABLE ->
                                new Outcome.Refused(pod.name() + " answers: " + detail);
                        case STALE, FAILED ->
                                new Outcome.Undecided(pod.name() + " answers: " + detail);
                    };
            case Seen.Absent<Receipt>() -> new Outcome.Undecided(pod.name() + " gave no receipt");
            case Seen.Unreachable<Receipt>(String why) ->
                    new Outcome.Undecided(pod.name() + ": " + why);
        };
    }

    private static Outcome outcome(Written written) {
        return switch (written) {
            case Written.Done() -> new Outcome.Done();
            case Written.Conflict() -> new Outcome.Overtaken();
            case Written.Refused(String why) -> new Outcome.Refused(why);
            case Written.Undecided(String why) -> new Outcome.Undecided(why);
        };
    }
}
