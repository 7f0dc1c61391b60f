package dev.weir.operator.wake;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Namespace and name of a StreamJob: all that an event carries. */
public record JobKey(String namespace, String name) {

    public static JobKey of(HasMetadata resource) {
        return new JobKey(resource.getMetadata().getNamespace(), resource.getMetadata().getName());
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
