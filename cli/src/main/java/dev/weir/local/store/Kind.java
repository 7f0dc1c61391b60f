package dev.weir.local.store;

import dev.weir.crds.StreamJob;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.util.List;

/**
 * A kind of resource that the local world holds.
 *
 * @param folder of its files, and its plural name
 */
public record Kind<T extends HasMetadata>(String folder, Class<T> type) {

    public static final Kind<StreamJob> STREAM_JOBS = new Kind<>("streamjobs", StreamJob.class);
    public static final Kind<Pod> PODS = new Kind<>("pods", Pod.class);
    public static final Kind<ConfigMap> CONFIG_MAPS = new Kind<>("configmaps", ConfigMap.class);
    public static final Kind<Secret> SECRETS = new Kind<>("secrets", Secret.class);
    public static final Kind<Event> EVENTS = new Kind<>("events", Event.class);

    static final List<Kind<?>> ALL = List.of(STREAM_JOBS, PODS, CONFIG_MAPS, SECRETS, EVENTS);
}
