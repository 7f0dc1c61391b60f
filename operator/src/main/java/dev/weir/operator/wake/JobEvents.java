package dev.weir.operator.wake;

import dev.weir.crds.StreamJob;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.EventHandler;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.util.Set;

/**
 * The way of all wake-ups into the framework: one source for pods, programs, streams and turns.
 * What comes before the framework listens is dropped, as each job gets its first pass anyway.
 */
public final class JobEvents extends AbstractEventSource<Void, StreamJob> implements Wakeups {

    public JobEvents() {
        super(Void.class, "weir");
    }

    @Override
    public void wake(JobKey job) {
        EventHandler handler = getEventHandler();
        if (handler != null) {
            handler.handleEvent(new Event(new ResourceID(job.name(), job.namespace())));
        }
    }

    /** It carries keys alone. */
    @Override
    public Set<Void> getSecondaryResources(StreamJob job) {
        return Set.of();
    }
}
