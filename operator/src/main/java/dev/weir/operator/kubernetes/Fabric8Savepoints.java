package dev.weir.operator.kubernetes;

import dev.weir.crds.Savepoint;
import dev.weir.crds.SavepointSpec;
import dev.weir.crds.SavepointStatus;
import dev.weir.crds.StreamJob;
import dev.weir.ledger.Seen;
import dev.weir.operator.wake.JobKey;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** The API server by way of the Fabric8 client, for savepoints. */
public final class Fabric8Savepoints implements SavepointGateway {

    private final KubernetesClient client;
    private final OwnWrites<SavepointSpec, SavepointStatus, Savepoint> writes;

    public Fabric8Savepoints(KubernetesClient client) {
        this.client = client;
        this.writes = new OwnWrites<>(client, Savepoint.class, Savepoint::new, Savepoint.FINALIZER);
    }

    @Override
    public Seen<StreamJob> job(JobKey job) {
        try {
            StreamJob there =
                    client.resources(StreamJob.class)
                            .inNamespace(job.namespace())
                            .withName(job.name())
                            .get();
            return there == null ? Seen.absent() : Seen.present(there);
        } catch (KubernetesClientException e) {
            return Seen.unreachable(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Savepoint newest(Savepoint cached) {
        return writes.newest(cached);
    }

    @Override
    public void forget(Savepoint gone) {
        writes.forget(gone);
    }

    @Override
    public Written addFinalizer(Savepoint savepoint) {
        return writes.addFinalizer(savepoint);
    }

    @Override
    public Written removeFinalizer(Savepoint savepoint) {
        return writes.removeFinalizer(savepoint);
    }

    @Override
    public Written writeStatus(Savepoint savepoint, SavepointStatus status) {
        return writes.writeStatus(savepoint, status);
    }
}
