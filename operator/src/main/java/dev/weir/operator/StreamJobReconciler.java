package dev.weir.operator;

import dev.weir.crds.StreamJob;
import dev.weir.operator.wake.JobEvents;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Ties passes to the framework, which sees to it that a job has one at a time, and another after
 * each event.
 *
 * <p>Finalizers and status are written by our own gateway and never by way of the framework, whose
 * filter for its own writes may take a user's change along. So every pass ends in {@code noUpdate},
 * and is followed by another one at a time that the plan names.
 */
public final class StreamJobReconciler implements Reconciler<StreamJob> {

    private final JobPass pass;
    private final JobEvents events;

    public StreamJobReconciler(JobPass pass, JobEvents events) {
        this.pass = pass;
        this.events = events;
    }

    @Override
    public List<EventSource<?, StreamJob>> prepareEventSources(
            EventSourceContext<StreamJob> context) {
        return List.of(events);
    }

    @Override
    public UpdateControl<StreamJob> reconcile(StreamJob cached, Context<StreamJob> context) {
        if (context.isPrimaryResourceDeleted()) {
            pass.forget(cached);
            return UpdateControl.noUpdate();
        }
        return again(pass.run(cached));
    }

    private static UpdateControl<StreamJob> again(Optional<Duration> after) {
        UpdateControl<StreamJob> nothing = UpdateControl.noUpdate();
        // A pause of nothing or less would mean none at all to the framework's timer.
        return after.map(pause -> nothing.rescheduleAfter(Math.max(1, pause.toMillis())))
                .orElse(nothing);
    }
}
