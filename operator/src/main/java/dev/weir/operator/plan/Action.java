package dev.weir.operator.plan;

import dev.weir.operator.plan.PodView.PodRef;
import dev.weir.operator.plan.PodView.Role;
import dev.weir.protocol.Command;

/** One effect on the world. Each may be done twice with the result of once. */
public sealed interface Action {

    /** Put our finalizer on the resource, before anything is made for it. */
    record AddFinalizer() implements Action {}

    /** Let the resource go; what it owns is collected by Kubernetes. */
    record RemoveFinalizer() implements Action {}

    /** Write the revision's program ConfigMap. */
    record CreateProgram(String revision) implements Action {}

    record DeleteProgram(String revision) implements Action {}

    /** The name derives from what was seen, so that a repeat meets its own pod. */
    record CreatePod(String name, Role role) implements Action {}

    /**
     * @param atOnce without the grace that lets a process end by itself
     */
    record DeletePod(PodRef pod, boolean atOnce) implements Action {}

    record Activate(PodRef pod, Command.Activate command) implements Action {}

    record Stop(PodRef pod, Command.Stop command) implements Action {}

    record CloseLedger(PodRef pod, Command.Close command) implements Action {}

    record EraseState(PodRef pod, Command.Erase command) implements Action {}
}
