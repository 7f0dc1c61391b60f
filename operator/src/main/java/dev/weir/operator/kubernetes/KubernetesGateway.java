package dev.weir.operator.kubernetes;

import dev.weir.crds.StreamJob;
import dev.weir.crds.StreamJobStatus;
import dev.weir.operator.wake.JobKey;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.util.List;

/**
 * The part of Kubernetes that the operator uses. Reads come from a cache that may be behind; every
 * write may be repeated, and finds what an earlier one did.
 */
public interface KubernetesGateway {

    /** All pods that carry the job's label, whoever owns them, terminating ones too. */
    List<Pod> pods(JobKey job);

    /** All program ConfigMaps that carry the job's label. */
    List<ConfigMap> programs(JobKey job);

    /** The given resource, or a newer one that an own write was answered with. */
    StreamJob newest(StreamJob cached);

    /**
     * Whether the namespace was found to be on its way out: nothing can be made in it any more.
     * Known from the first creation that is refused for it; forgotten with each job that goes.
     */
    boolean ending(String namespace);

    /** Lets go of what is remembered of a job that is gone. */
    void forget(StreamJob gone);

    /** Done also if a pod of that name with the same owner is there; Refused if it is another's. */
    Written create(Pod pod);

    /** As for pods. */
    Written create(ConfigMap program);

    /** Deletes the pod of this UID; a later one of the same name is left alone. */
    Written deletePod(String namespace, String name, String uid, boolean atOnce);

    Written deleteProgram(String namespace, String name);

    Written addFinalizer(StreamJob job);

    Written removeFinalizer(StreamJob job);

    /** Replaces the status, if the resource is still the one that was given. */
    Written writeStatus(StreamJob job, StreamJobStatus status);

    /** Done also if an event of that name is there. */
    Written publish(Event event);
}
