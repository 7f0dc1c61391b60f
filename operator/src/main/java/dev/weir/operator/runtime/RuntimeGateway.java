package dev.weir.operator.runtime;

import dev.weir.ledger.Seen;
import dev.weir.operator.wake.JobKey;
import dev.weir.protocol.Command;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.RuntimeView;
import java.util.Set;

/**
 * The runtime pods, as the operator knows them: what they say of themselves, and what they are
 * told.
 */
public interface RuntimeGateway {

    /**
     * The newest that the pod said, kept up to date by a stream that is opened at the first look.
     * Absent until the pod has spoken; Unreachable once it has been silent for longer than {@link
     * RuntimePod#silence}, or can't be connected to.
     */
    Seen<RuntimeView> look(RuntimePod pod);

    /** Closes the streams of all pods of the job but these. */
    void keepOnly(JobKey job, Set<String> podUids);

    /**
     * Tells the pod what to do and waits, within a bound, for its receipt. Repeating it is harmless
     * (rule 4), so Unreachable, after which the command may or may not have arrived, is answered by
     * sending it again.
     */
    Seen<Receipt> send(RuntimePod pod, Command command);
}
