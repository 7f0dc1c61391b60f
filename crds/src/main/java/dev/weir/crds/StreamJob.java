package dev.weir.crds;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.crd.generator.annotation.PrinterColumnFormat;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * One streaming job: a program, where its state lives, and how it is kept running.
 *
 * <p>The spec is the user's and is never written by the operator; the status is the operator's, can
 * be wiped at any time, and is rebuilt from the job's ledger. The columns stand in the order in
 * which {@code kubectl get} shows them.
 */
@Group(StreamJob.GROUP)
@Version(StreamJob.VERSION)
@Kind(StreamJob.KIND)
@Singular("streamjob")
@Plural("streamjobs")
@ShortNames("sjob")
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase")
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
        name = "Reason",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "Checkpoint", jsonPath = ".status.checkpoint.at", type = Type.DATE)
@AdditionalPrinterColumn(name = "Restarts", jsonPath = ".status.restarts", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@AdditionalPrinterColumn(
        name = "Parallelism",
        jsonPath = ".spec.parallelism",
        type = Type.INTEGER,
        format = PrinterColumnFormat.INT32,
        priority = 1)
@AdditionalPrinterColumn(name = "Revision", jsonPath = ".status.revision.hash", priority = 1)
@AdditionalPrinterColumn(
        name = "Term",
        jsonPath = ".status.term",
        type = Type.INTEGER,
        priority = 1)
public final class StreamJob extends CustomResource<StreamJobSpec, StreamJobStatus>
        implements Namespaced {

    public static final String GROUP = "weir.dev";
    public static final String VERSION = "v1alpha1";
    public static final String KIND = "StreamJob";

    /** Stands on a resource from before anything is made for it until its ledger is closed. */
    public static final String FINALIZER = "weir.dev/ledger";

    /** A job without a spec has none, rather than an empty one that no user wrote. */
    @Override
    protected StreamJobSpec initSpec() {
        return null;
    }

    /** A job that was never reported on has no status. */
    @Override
    protected StreamJobStatus initStatus() {
        return null;
    }
}
