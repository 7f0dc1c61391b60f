package dev.weir.operator;

import dev.weir.crds.Savepoint;
import dev.weir.operator.wake.SavepointEvents;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;

/** Ties passes over savepoints to the framework, as {@link StreamJobReconciler} does for jobs. */
public final class SavepointReconciler implements Reconciler<Savepoint> {

    private final SavepointPass pass;
    private final SavepointEvents events;

    public SavepointReconciler(SavepointPass pass, SavepointEvents events) {
        this.pass = pass;
        this.events = events;
    }

    @Override
    public List<EventSource<?, Savepoint>> prepareEventSources(
            EventSourceContext<Savepoint> context) {
        events.follow(context.getPrimaryCache());
        return List.of(events);
    }

    @Override
    public UpdateControl<Savepoint> reconcile(Savepoint cached, Context<Savepoint> context) {
        if (context.isPrimaryResourceDeleted()) {
            pass.forget(cached);
            return UpdateControl.noUpdate();
        }
        UpdateControl<Savepoint> nothing = UpdateControl.noUpdate();
        // A pause of nothing or less would mean none at all to the framework's timer.
        return pass.run(cached)
                .map(pause -> nothing.rescheduleAfter(Math.max(1, pause.toMillis())))
                .orElse(nothing);
    }
}
