package dev.weir.operator.publish;

import dev.weir.crds.Reason;
import dev.weir.crds.Savepoint;
import dev.weir.crds.StreamJob;
import dev.weir.operator.kubernetes.KubernetesGateway;
import dev.weir.operator.kubernetes.Written;
import dev.weir.operator.plan.Names;
import dev.weir.operator.plan.Plan;
import dev.weir.operator.plan.SavepointPlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the history of a job or savepoint in Kubernetes events and in the log: one for each change
 * of what a pass decided. An event's name derives from what it says, so that an operator that
 * starts anew does not tell it twice while it is kept.
 */
public final class Announcer {

    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);
    private static final String CONTROLLER = "weir.dev/operator";
    private static final int LONGEST_NOTE = 1000;

    /** The API server takes no more and no fewer digits. */
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final KubernetesGateway kubernetes;
    private final String instance;
    private final Map<String, Told> lastTold = new ConcurrentHashMap<>();

    /**
     * @param instance which operator speaks, by the name of its pod
     */
    public Announcer(KubernetesGateway kubernetes, String instance) {
        this.kubernetes = kubernetes;
        this.instance = instance;
    }

    private record Told(Reason reason, String detail) {}

    public void announce(StreamJob job, Plan plan, Instant now) {
        announce(job, new Told(plan.reason(), plan.detail()), action(plan), now);
    }

    public void announce(Savepoint savepoint, SavepointPlan plan, Instant now) {
        announce(savepoint, new Told(plan.reason(), plan.detail()), action(plan), now);
    }

    private void announce(HasMetadata resource, Told told, String action, Instant now) {
        Told before = lastTold.put(resource.getMetadata().getUid(), told);
        if (told.equals(before)) {
            return;
        }
        String text = told.reason().text(told.detail());
        LOG.info(
                "{}/{} {}: {}",
                resource.getMetadata().getNamespace(),
                resource.getMetadata().getName(),
                told.reason().word(),
                text);
        Written written = kubernetes.publish(event(resource, told, action, now));
        if (!(written instanceof Written.Done)) {
            LOG.warn("An event could not be published: {}", written);
        }
    }

    public void forget(HasMetadata gone) {
        lastTold.remove(gone.getMetadata().getUid());
    }

    private Event event(HasMetadata resource, Told told, String action, Instant now) {
        var meta = resource.getMetadata();
        String text = told.reason().text(told.detail());
        String digest =
                Names.digest(
                        meta.getUid(),
                        String.valueOf(meta.getGeneration()),
                        told.reason().word(),
                        told.detail());
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(meta.getNamespace())
                .withName(meta.getName() + "." + digest.substring(0, 16))
                .endMetadata()
                .withEventTime(new MicroTime(MICROS.format(now)))
                .withReportingController(CONTROLLER)
                .withReportingInstance(instance)
                .withAction(action)
                .withReason(told.reason().word())
                .withType(told.reason().remedy().isBlank() ? "Normal" : "Warning")
                .withNote(text.length() > LONGEST_NOTE ? text.substring(0, LONGEST_NOTE) : text)
                .withNewRegarding()
                .withApiVersion(resource.getApiVersion())
                .withKind(resource.getKind())
                .withNamespace(meta.getNamespace())
                .withName(meta.getName())
                .withUid(meta.getUid())
                .endRegarding()
                .build();
    }

    private static String action(Plan plan) {
        return switch (plan) {
            case Plan.Act(var action, _, _) -> action.getClass().getSimpleName();
            case Plan.Await _ -> "Await";
            case Plan.Blocked _ -> "Block";
            case Plan.Converged _ -> "Converge";
        };
    }

    private static String action(SavepointPlan plan) {
        return switch (plan) {
            case SavepointPlan.Act(var action, _, _) -> action.getClass().getSimpleName();
            case SavepointPlan.Await _ -> "Await";
            case SavepointPlan.Completed _ -> "Complete";
            case SavepointPlan.Failed _ -> "Fail";
            case SavepointPlan.Settled _ -> "Settle";
        };
    }
}
