package dev.weir.operator.observe;

import dev.weir.crds.DurationText;
import dev.weir.crds.Savepoint;
import dev.weir.crds.SavepointSpec;
import dev.weir.crds.StreamJob;
import dev.weir.crds.StreamJobStatus;
import dev.weir.ledger.Seen;
import dev.weir.operator.kubernetes.SavepointGateway;
import dev.weir.operator.plan.PodView;
import dev.weir.operator.plan.SavepointScene;
import dev.weir.operator.plan.WantedSavepoint;
import dev.weir.operator.wake.JobKey;
import dev.weir.protocol.SavepointFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Puts together what a savepoint asks for and what is known of its job. It takes no action, but
 * that a look at a pod opens its stream.
 */
public final class SavepointObserver {

    /** As where a savepoint says nothing of it. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    /** As where a job says nothing of it. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private final SavepointGateway kubernetes;
    private final Observer observer;

    public SavepointObserver(SavepointGateway kubernetes, Observer observer) {
        this.kubernetes = kubernetes;
        this.observer = observer;
    }

    /**
     * @param silence after which a pod of the job counts as Unreachable
     */
    public record Look(SavepointScene scene, Duration silence) {}

    public Instant now() {
        return observer.now();
    }

    public static JobKey job(Savepoint resource) {
        return new JobKey(resource.getMetadata().getNamespace(), resource.getSpec().job());
    }

    public static WantedSavepoint wanted(Savepoint resource) {
        var meta = resource.getMetadata();
        SavepointSpec spec = resource.getSpec();
        return new WantedSavepoint(
                meta.getUid(),
                spec.job(),
                Optional.ofNullable(meta.getGeneration()).orElse(0L),
                spec.format() == SavepointSpec.Format.NATIVE
                        ? SavepointFormat.NATIVE
                        : SavepointFormat.CANONICAL,
                spec.deletionPolicy() == SavepointSpec.DeletionPolicy.DELETE,
                Optional.ofNullable(spec.deadline()).flatMap(DurationText::parse).orElse(PATIENCE),
                meta.getFinalizers().contains(Savepoint.FINALIZER),
                Optional.ofNullable(meta.getDeletionTimestamp()).map(Instant::parse));
    }

    public Look look(JobKey key) {
        Seen<StreamJob> job = kubernetes.job(key);
        Duration silence =
                job instanceof Seen.Present<StreamJob>(var there) ? silence(there) : SILENCE;
        List<PodView> pods =
                job instanceof Seen.Present<StreamJob>(var there)
                        ? observer.pods(key, there.getMetadata().getUid(), silence)
                        : List.of();
        return new Look(
                new SavepointScene(
                        now(), job.flatMap(there -> Seen.present(described(there))), pods),
                silence);
    }

    private static SavepointScene.Job described(StreamJob job) {
        return new SavepointScene.Job(
                job.getMetadata().getUid(),
                Optional.ofNullable(job.getStatus()).map(StreamJobStatus::phase));
    }

    /** The same as the job's own passes have: another one would be another stream. */
    private static Duration silence(StreamJob job) {
        return Optional.ofNullable(job.getSpec())
                .map(spec -> spec.failureDetection())
                .map(detection -> detection.timeout())
                .flatMap(DurationText::parse)
                .orElse(SILENCE);
    }
}
