package dev.weir.operator.observe;

import dev.weir.ledger.Seen;
import dev.weir.operator.kubernetes.KubernetesGateway;
import dev.weir.operator.kubernetes.Labels;
import dev.weir.operator.kubernetes.Programs;
import dev.weir.operator.plan.Desired;
import dev.weir.operator.plan.Names;
import dev.weir.operator.plan.Observation;
import dev.weir.operator.plan.PodView;
import dev.weir.operator.plan.PodView.Role;
import dev.weir.operator.runtime.RuntimeGateway;
import dev.weir.operator.wake.JobKey;
import dev.weir.protocol.RuntimeView;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts together what is known of a job at one moment: its pods and programs from the caches, and
 * what its pods say from their streams. It takes no action, but that a look at a pod opens its
 * stream.
 */
public final class Observer {

    private final KubernetesGateway kubernetes;
    private final RuntimeGateway runtime;
    private final InstantSource clock;

    public Observer(KubernetesGateway kubernetes, RuntimeGateway runtime, InstantSource clock) {
        this.kubernetes = kubernetes;
        this.runtime = runtime;
        this.clock = clock;
    }

    /**
     * What is there of the job that is wanted; what belongs to an earlier one of the same name is
     * not seen. How the wanted revision runs is known from the spec, and not read again.
     */
    public Observation observe(Desired wanted) {
        JobKey job = new JobKey(wanted.job().namespace(), wanted.job().name());
        String uid = wanted.job().uid();
        String specs = Names.shortRevision(wanted.run().revision());
        List<Pod> owned = kubernetes.pods(job).stream().filter(pod -> owned(pod, uid)).toList();
        runtime.keepOnly(
                job,
                owned.stream().map(pod -> pod.getMetadata().getUid()).collect(Collectors.toSet()));
        List<PodView> pods = views(job, owned, wanted.silence());
        List<ConfigMap> programs =
                kubernetes.programs(job).stream().filter(program -> owned(program, uid)).toList();
        return new Observation(
                clock.instant(),
                pods,
                programs.stream().map(Observer::revision).toList(),
                programs.stream()
                        .filter(program -> !revision(program).equals(specs))
                        .flatMap(program -> Programs.run(program).stream())
                        .toList(),
                kubernetes.ending(job.namespace()));
    }

    private static String revision(ConfigMap program) {
        return program.getMetadata().getLabels().get(Labels.REVISION);
    }

    public Instant now() {
        return clock.instant();
    }

    /**
     * The job's pods for someone beside its own passes: no stream is closed, as who looks in
     * passing may know of fewer pods than they do.
     */
    public List<PodView> pods(JobKey job, String uid, Duration silence) {
        return views(
                job,
                kubernetes.pods(job).stream().filter(pod -> owned(pod, uid)).toList(),
                silence);
    }

    private List<PodView> views(JobKey job, List<Pod> owned, Duration silence) {
        return owned.stream().map(pod -> view(job, pod, silence)).toList();
    }

    /** The job is gone: nothing of it is listened to any more. */
    public void forget(JobKey job) {
        runtime.keepOnly(job, Set.of());
    }

    private PodView view(JobKey job, Pod pod, Duration silence) {
        return new PodView(
                pod.getMetadata().getName(),
                pod.getMetadata().getUid(),
                role(pod),
                revision(pod),
                Instant.parse(pod.getMetadata().getCreationTimestamp()),
                pod.getMetadata().getDeletionTimestamp() != null,
                PodHealth.of(pod),
                look(job, pod, silence));
    }

    /** A pod that has never run has no stream to open, and has said nothing. */
    private Seen<RuntimeView> look(JobKey job, Pod pod, Duration silence) {
        return PodHealth.everRan(pod)
                ? PodAddresses.of(job, pod, silence).map(runtime::look).orElseGet(Seen::absent)
                : Seen.absent();
    }

    private static Role role(Pod pod) {
        return Role.valueOf(
                pod.getMetadata().getLabels().get(Labels.ROLE).toUpperCase(Locale.ROOT));
    }

    private static String revision(Pod pod) {
        return pod.getMetadata().getAnnotations().getOrDefault(Labels.REVISION, "");
    }

    private static boolean owned(HasMetadata made, String uid) {
        return made.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> owner.getUid().equals(uid));
    }
}
