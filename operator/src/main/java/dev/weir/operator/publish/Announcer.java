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
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the history of a job or savepoint in Kubernetes events and in the log: one for each change
 * of why it is as it is. An event's name derives from what it says, so that an operator that starts
 * anew does not tell it twice while it is kept.
 */
public final class Announcer {

    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);
    private static final String CONTROLLER = "weir.dev/operator";
    private static final int LONGEST_NOTE = 1000;

    /** After so long, other words for the same reason are told again. */
    private static final Duration REWORDED = Duration.ofMinutes(5);

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

    /** What was told of a resource last, of which generation, and when. */
    private record Told(long generation, Reason reason, String detail, String text, Instant at) {

        /**
         * Whether it is worth telling after {@code before}. Other words for the same reason are
         * not, unless they have been the same for long: a job that keeps failing has many.
         */
        boolean isNewsAfter(Told before) {
            return generation != before.generation
                    || reason != before.reason
                    || !detail.equals(before.detail) && !at.isBefore(before.at.plus(REWORDED));
        }
    }

    public void announce(StreamJob job, Plan plan, Instant now) {
        announce(job, told(job, plan.reason(), plan.detail(), plan.text(), now), action(plan));
    }

    public void announce(Savepoint savepoint, SavepointPlan plan, Instant now) {
        announce(
                savepoint,
                told(savepoint, plan.reason(), plan.detail(), plan.text(), now),
                action(plan));
    }

    private static Told told(
            HasMetadata resource, Reason reason, String detail, String text, Instant now) {
        return new Told(
                Optional.ofNullable(resource.getMetadata().getGeneration()).orElse(0L),
                reason,
                detail,
                text,
                now);
    }

    private void announce(HasMetadata resource, Told told, String action) {
        String uid = resource.getMetadata().getUid();
        Told before = lastTold.get(uid);
        if (before != null && !told.isNewsAfter(before)) {
            return;
        }
        lastTold.put(uid, told);
        LOG.info(
                "{}/{} {}: {}",
                resource.getMetadata().getNamespace(),
                resource.getMetadata().getName(),
                told.reason().word(),
                told.text());
        Written written = kubernetes.publish(event(resource, told, action));
        if (!(written instanceof Written.Done)) {
            LOG.warn("An event could not be published: {}", written);
        }
    }

    public void forget(HasMetadata gone) {
        lastTold.remove(gone.getMetadata().getUid());
    }

    private Event event(HasMetadata resource, Told told, String action) {
        var meta = resource.getMetadata();
        String text = told.text();
        String digest =
                Names.digest(
                        meta.getUid(),
                        String.valueOf(told.generation()),
                        told.reason().word(),
                        told.detail());
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(meta.getNamespace())
                .withName(meta.getName() + "." + digest.substring(0, 16))
                .endMetadata()
                .withEventTime(new MicroTime(MICROS.format(told.at())))
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
