package dev.weir.operator.plan;

import dev.weir.crds.Reason;
import dev.weir.operator.plan.Plan.Act;
import dev.weir.operator.plan.Plan.Await;
import dev.weir.operator.plan.Plan.Blocked;
import dev.weir.operator.plan.PodView.Crashing;
import dev.weir.operator.plan.PodView.Dead;
import dev.weir.operator.plan.PodView.Misconfigured;
import dev.weir.operator.plan.PodView.NoImage;
import dev.weir.operator.plan.PodView.Role;
import dev.weir.operator.plan.PodView.Starting;
import dev.weir.operator.plan.PodView.Unschedulable;
import dev.weir.operator.plan.PodView.Up;
import dev.weir.protocol.Receipt;
import java.util.Optional;

/** Plans about pods that have not said a word yet, or none any more. */
final class Pods {

    /**
     * From this many failures in a row on, a job is said to keep failing, and is not waited for to
     * take a savepoint.
     */
    static final int KEEPS_FAILING = 3;

    private Pods() {}

    /** The way to a new pod: its program first, then itself. */
    static Plan create(Desired desired, Fleet fleet, Observation seen, Role role) {
        if (seen.namespaceEnding()) {
            return new Blocked(Reason.NAMESPACE_ENDING, "");
        }
        var revision = desired.run().revision();
        return seen.programs().contains(Names.shortRevision(revision))
                ? new Act(
                        new Action.CreatePod(Names.pod(desired, role, fleet.all()), role),
                        Reason.CREATING_POD,
                        "")
                : new Act(new Action.CreateProgram(revision), Reason.CREATING_PROGRAM, "");
    }

    /**
     * A pod of the spec's revision that nothing is heard from. One that can't start because its
     * program was removed, by a plan of an earlier revision that came late, is given it again.
     */
    static Plan unheard(Desired desired, Observation seen, PodView pod, String cause) {
        var revision = desired.run().revision();
        return pod.health() instanceof Starting
                        && Names.shortRevision(pod.revision()).equals(Names.shortRevision(revision))
                        && !seen.programs().contains(Names.shortRevision(revision))
                        && !seen.namespaceEnding()
                ? new Act(new Action.CreateProgram(revision), Reason.CREATING_PROGRAM, "")
                : silent(pod, cause);
    }

    /** A pod that nothing is heard from: what the kubelet says decides whom that concerns. */
    static Plan silent(PodView pod, String cause) {
        return switch (pod.health()) {
            case Starting() -> await(Reason.POD_STARTING, pod.name());
            case Up() -> await(Reason.RUNTIME_UNREACHABLE, pod.name() + ": " + cause);
            case Unschedulable(var message) -> new Blocked(Reason.POD_UNSCHEDULABLE, message);
            case NoImage(var message) -> new Blocked(Reason.IMAGE_UNAVAILABLE, message);
            case Misconfigured(var message) -> new Blocked(Reason.POD_MISCONFIGURED, message);
            case Crashing(var message) -> new Blocked(Reason.POD_CRASHING, message);
            case Dead(var message) -> await(Reason.REPLACING_POD, message);
        };
    }

    /** What a pod last said of a command, if it still knows. */
    static Optional<Receipt> receipt(PodView pod, String commandId) {
        return Fleet.view(pod).stream()
                .flatMap(v -> v.receipts().stream())
                .filter(r -> r.command().equals(commandId))
                .findFirst();
    }

    static Act remove(PodView pod) {
        return new Act(new Action.DeletePod(pod.ref(), false), Reason.REMOVING_POD, pod.name());
    }

    static Await await(Reason reason, String detail) {
        return new Await(reason, detail, Optional.empty());
    }
}
