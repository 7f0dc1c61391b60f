package dev.weir.operator.kubernetes;

import dev.weir.crds.Savepoint;
import dev.weir.crds.SavepointStatus;
import dev.weir.crds.StreamJob;
import dev.weir.ledger.Seen;
import dev.weir.operator.wake.JobKey;

/** The part of Kubernetes that savepoints need. Every write may be repeated. */
public interface SavepointGateway {

    /**
     * Asked of the API server itself and never of a cache: that a job is gone lets files be left,
     * and a cache that fills may not know of one yet.
     */
    Seen<StreamJob> job(JobKey job);

    /** The given resource, or a newer one that an own write was answered with. */
    Savepoint newest(Savepoint cached);

    /** Lets go of what is remembered of a savepoint that is gone. */
    void forget(Savepoint gone);

    Written addFinalizer(Savepoint savepoint);

    Written removeFinalizer(Savepoint savepoint);

    /** Replaces the status, if the resource is still the one that was given. */
    Written writeStatus(Savepoint savepoint, SavepointStatus status);
}
