package dev.weir.operator.publish;

import dev.weir.crds.StreamJob;
import dev.weir.crds.StreamJobStatus;
import dev.weir.operator.kubernetes.Written;
import dev.weir.operator.plan.Plan;
import dev.weir.operator.wake.JobKey;
import java.time.Instant;

/** Everything that people and their tools learn of a pass. */
public record Publisher(StatusWriter status, Announcer announcer, PassMetrics metrics) {

    /** What the pass decided goes out as an event and as a status, in this order. */
    public Written publish(StreamJob job, StreamJobStatus projected, Plan plan, Instant now) {
        announcer.announce(job, plan, now);
        return status.write(job, projected);
    }

    public void forget(StreamJob gone) {
        status.forget(JobKey.of(gone));
        announcer.forget(gone);
    }
}
