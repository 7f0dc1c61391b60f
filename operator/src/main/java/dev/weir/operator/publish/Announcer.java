package dev.weir.operator.publish;

import dev.weir.crds.Reason;
import dev.weir.crds.StreamJob;
import dev.weir.operator.kubernetes.KubernetesGateway;
import dev.weir.operator.kubernetes.Written;
import dev.weir.operator.plan.Names;
import dev.weir.operator.plan.Plan;
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
 * Tells the history of a job in Kubernetes events and in the log: one for each change of why a job
 * is as it is. An event's name derives from what it says, so that an operator that starts anew does
 * not tell it twice while it is kept.
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

    /** What was told of a job last, of which generation, and when. */
    private record Told(long generation, Reason reason, String detail, Instant at) {

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
        String uid = job.getMetadata().getUid();
        Told told =
                new Told(
                        Optional.ofNullable(job.getMetadata().getGeneration()).orElse(0L),
                        plan.reason(),
                        plan.detail(),
                        now);
        Told before = lastTold.get(uid);
        if (before != null && !told.isNewsAfter(before)) {
            return;
        }
        lastTold.put(uid, told);
        String text = plan.text();
        LOG.info(
                "{}/{} {}: {}",
                job.getMetadata().getNamespace(),
                job.getMetadata().getName(),
                told.reason().word(),
                text);
        Written written = kubernetes.publish(event(job, plan, text, now));
        if (!(written instanceof Written.Done)) {
            LOG.warn("An event could not be published: {}", written);
        }
    }

    public void forget(StreamJob gone) {
        lastTold.remove(gone.getMetadata().getUid());
    }

    private Event event(StreamJob job, Plan plan, String text, Instant now) {
        var meta = job.getMetadata();
        String digest =
                Names.digest(
                        meta.getUid(),
                        String.valueOf(meta.getGeneration()),
                        plan.reason().word(),
                        plan.detail());
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(meta.getNamespace())
                .withName(meta.getName() + "." + digest.substring(0, 16))
                .endMetadata()
                .withEventTime(new MicroTime(MICROS.format(now)))
                .withReportingController(CONTROLLER)
                .withReportingInstance(instance)
                .withAction(action(plan))
                .withReason(plan.reason().word())
                .withType(plan.reason().remedy().isBlank() ? "Normal" : "Warning")
                .withNote(text.length() > LONGEST_NOTE ? text.substring(0, LONGEST_NOTE) : text)
                .withNewRegarding()
                .withApiVersion(job.getApiVersion())
                .withKind(job.getKind())
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
}
