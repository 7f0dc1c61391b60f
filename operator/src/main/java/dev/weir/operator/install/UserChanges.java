package dev.weir.operator.install;

import dev.weir.crds.Savepoint;
import dev.weir.crds.StreamJob;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Which updates of our resources are news: a new spec, a deletion, a changed finalizer, and a
 * status that was wiped. The operator's own status writes are none.
 */
final class UserChanges<R extends HasMetadata> implements OnUpdateFilter<R> {

    private final Predicate<R> reported;

    private UserChanges(Predicate<R> reported) {
        this.reported = reported;
    }

    static UserChanges<StreamJob> ofJobs() {
        return new UserChanges<>(job -> job.getStatus() != null && job.getStatus().phase() != null);
    }

    static UserChanges<Savepoint> ofSavepoints() {
        return new UserChanges<>(
                savepoint ->
                        savepoint.getStatus() != null && savepoint.getStatus().phase() != null);
    }

    @Override
    public boolean accept(R now, R before) {
        return !Objects.equals(generation(now), generation(before))
                || !Objects.equals(
                        now.getMetadata().getDeletionTimestamp(),
                        before.getMetadata().getDeletionTimestamp())
                || !Objects.equals(
                        now.getMetadata().getFinalizers(), before.getMetadata().getFinalizers())
                || (reported.test(before) && !reported.test(now));
    }

    private static Long generation(HasMetadata resource) {
        return resource.getMetadata().getGeneration();
    }
}
