package dev.weir.simulation;

import dev.weir.ledger.Seen;
import dev.weir.operator.plan.PodView;
import dev.weir.protocol.RuntimeView;

/**
 * A pod as the API server tells of it.
 *
 * @param everRan whether its container was started: then there is something to be heard from it
 */
record PodObject(
        PodIdentity identity, boolean terminating, PodView.Health health, boolean everRan) {

    PodView view(Seen<RuntimeView> runtime) {
        return new PodView(
                identity.name(),
                identity.uid(),
                identity.role(),
                identity.revision(),
                identity.createdAt(),
                terminating,
                health,
                runtime);
    }
}
