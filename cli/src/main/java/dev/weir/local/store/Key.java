package dev.weir.local.store;

import dev.weir.operator.wake.JobKey;
import io.fabric8.kubernetes.api.model.HasMetadata;

/** Namespace and name of a resource of any kind. */
public record Key(String namespace, String name) {

    /** No name of Kubernetes has an underscore, so it parts the two in a file's name. */
    private static final String BETWEEN = "_";

    private static final String SUFFIX = ".yaml";

    public static Key of(HasMetadata resource) {
        return new Key(resource.getMetadata().getNamespace(), resource.getMetadata().getName());
    }

    public static Key of(JobKey job) {
        return new Key(job.namespace(), job.name());
    }

    static boolean names(String file) {
        return file.endsWith(SUFFIX) && file.contains(BETWEEN);
    }

    static Key ofFile(String file) {
        int between = file.indexOf(BETWEEN);
        return new Key(
                file.substring(0, between),
                file.substring(between + 1, file.length() - SUFFIX.length()));
    }

    String file() {
        return namespace + BETWEEN + name + SUFFIX;
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
