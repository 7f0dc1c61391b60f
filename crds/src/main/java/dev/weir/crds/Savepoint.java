package dev.weir.crds;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * One savepoint of a running job, taken once: a copy of its state that outlives the job.
 *
 * <p>It is no restore point of the job's ledger: no job goes on from it unasked, and taking it
 * commits nothing. It is owned by nobody, so that deleting a job erases no copy of its state; its
 * own deletion erases its files only where the spec says so.
 */
@Group(StreamJob.GROUP)
@Version(StreamJob.VERSION)
@Kind(Savepoint.KIND)
@Singular("savepoint")
@Plural("savepoints")
@ShortNames("svp")
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase")
@AdditionalPrinterColumn(name = "Job", jsonPath = ".spec.job")
@AdditionalPrinterColumn(name = "Size", jsonPath = ".status.size", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Duration", jsonPath = ".status.duration")
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@AdditionalPrinterColumn(name = "Location", jsonPath = ".status.location", priority = 1)
@AdditionalPrinterColumn(name = "Revision", jsonPath = ".status.revision", priority = 1)
@AdditionalPrinterColumn(
        name = "Term",
        jsonPath = ".status.term",
        type = Type.INTEGER,
        priority = 1)
public final class Savepoint extends CustomResource<SavepointSpec, SavepointStatus>
        implements Namespaced {

    public static final String KIND = "Savepoint";

    /** Stands on a resource whose deletion erases files, until they are gone. */
    public static final String FINALIZER = "weir.dev/files";
}
