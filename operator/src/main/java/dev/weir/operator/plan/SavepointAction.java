package dev.weir.operator.plan;

import dev.weir.operator.plan.PodView.PodRef;
import dev.weir.protocol.Command;

/** One effect on the world for a savepoint. Each may be done twice with the result of once. */
public sealed interface SavepointAction {

    /**
     * Put our finalizer on the resource, before there are files that its deletion has to delete.
     */
    record AddFinalizer() implements SavepointAction {}

    /** Let the resource go, or let it go freely. */
    record RemoveFinalizer() implements SavepointAction {}

    record Take(PodRef pod, Command.TakeSavepoint command) implements SavepointAction {}

    record Erase(PodRef pod, Command.EraseSavepoint command) implements SavepointAction {}
}
