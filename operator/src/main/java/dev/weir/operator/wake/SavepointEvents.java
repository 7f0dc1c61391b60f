package dev.weir.operator.wake;

import dev.weir.crds.Savepoint;
import dev.weir.crds.SavepointStatus;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * News of a job wakes its savepoints that wait for something. What comes before the framework
 * listens is dropped, as each savepoint gets its first pass anyway.
 */
public final class SavepointEvents extends AbstractEventSource<Void, Savepoint> implements Wakeups {

    private static final String WAITING_BY_JOB = "waiting-by-job";

    private volatile Optional<IndexedResourceCache<Savepoint>> savepoints = Optional.empty();

    public SavepointEvents() {
        super(Void.class, "weir-savepoints");
    }

    /** Before the framework starts: which savepoints there are. */
    public void follow(IndexerResourceCache<Savepoint> all) {
        all.addIndexer(WAITING_BY_JOB, SavepointEvents::jobWaitedFor);
        savepoints = Optional.of(all);
    }

    @Override
    public void wake(JobKey job) {
        // The framework starts this source after the savepoints' own, whose index is there then.
        if (isRunning()) {
            savepoints.stream()
                    .flatMap(all -> all.byIndex(WAITING_BY_JOB, job.toString()).stream())
                    .map(ResourceID::fromResource)
                    .forEach(id -> getEventHandler().handleEvent(new Event(id)));
        }
    }

    private static List<String> jobWaitedFor(Savepoint savepoint) {
        boolean settled =
                Optional.ofNullable(savepoint.getStatus())
                        .map(SavepointStatus::phase)
                        .filter(phase -> phase.settled())
                        .isPresent();
        return settled && savepoint.getMetadata().getDeletionTimestamp() == null
                ? List.of()
                : List.of(
                        new JobKey(
                                        savepoint.getMetadata().getNamespace(),
                                        savepoint.getSpec().job())
                                .toString());
    }

    /** It carries keys alone. */
    @Override
    public Set<Void> getSecondaryResources(Savepoint savepoint) {
        return Set.of();
    }
}
