package dev.weir.operator.install;

import dev.weir.crds.StreamJob;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Objects;

/**
 * Which updates of a StreamJob are news: a new spec, a deletion, a changed finalizer, and a status
 * that was wiped. The operator's own status writes are none.
 */
final class UserChanges implements OnUpdateFilter<StreamJob> {

    @Override
    public boolean accept(StreamJob now, StreamJob before) {
        return !Objects.equals(generation(now), generation(before))
                || !Objects.equals(
                        now.getMetadata().getDeletionTimestamp(),
                        before.getMetadata().getDeletionTimestamp())
                || !Objects.equals(
                        now.getMetadata().getFinalizers(), before.getMetadata().getFinalizers())
                || (reported(before) && !reported(now));
    }

    private static Long generation(StreamJob job) {
        return job.getMetadata().getGeneration();
    }

    private static boolean reported(StreamJob job) {
        return job.getStatus() != null && job.getStatus().phase() != null;
    }
}
