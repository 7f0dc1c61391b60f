package dev.weir.operator.publish;

import dev.weir.crds.Savepoint;
import dev.weir.crds.SavepointStatus;
import dev.weir.operator.kubernetes.SavepointGateway;
import dev.weir.operator.kubernetes.Written;
import dev.weir.operator.plan.SavepointPlan;
import java.time.Instant;

/** Everything that people and their tools learn of a pass over a savepoint. */
public record SavepointPublisher(
        SavepointGateway kubernetes, Announcer announcer, PassMetrics metrics) {

    /**
     * What the pass decided goes out as an event and as a status, in this order; what is settled is
     * no news. Done also where there is nothing to write.
     */
    public Written publish(
            Savepoint resource, SavepointStatus projected, SavepointPlan plan, Instant now) {
        if (!(plan instanceof SavepointPlan.Settled)) {
            announcer.announce(resource, plan, now);
        }
        return projected.equals(resource.getStatus())
                ? new Written.Done()
                : kubernetes.writeStatus(resource, projected);
    }

    public void forget(Savepoint gone) {
        announcer.forget(gone);
    }
}
