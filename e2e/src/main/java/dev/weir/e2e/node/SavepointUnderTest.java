package dev.weir.e2e.node;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** One Savepoint on the cluster: what it says of itself. Each wait has a bound. */
public final class SavepointUnderTest {

    private static final String KIND = "Savepoint";

    private final Cluster cluster;
    private final String namespace;
    private final String name;
    private final String uid;

    private SavepointUnderTest(Cluster cluster, String namespace, String name, String uid) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.name = name;
        this.uid = uid;
    }

    /**
     * Asks for a savepoint of a job.
     *
     * @param format Canonical or Native
     * @param policy Retain or Delete
     */
    public static SavepointUnderTest create(
            Cluster cluster, JobUnderTest job, String name, String format, String policy) {
        return create(
                cluster, job, name, "format: %s, deletionPolicy: %s".formatted(format, policy));
    }

    /**
     * Asks for a savepoint of a job.
     *
     * @param more of the spec than the job
     */
    public static SavepointUnderTest create(
            Cluster cluster, JobUnderTest job, String name, String more) {
        GenericKubernetesResource savepoint =
                cluster.client()
                        .getKubernetesSerialization()
                        .unmarshal(
                                """
                                apiVersion: %s
                                kind: %s
                                metadata: {name: %s, namespace: %s}
                                spec: {job: %s, %s}
                                """
                                        .formatted(
                                                JobUnderTest.API_VERSION,
                                                KIND,
                                                name,
                                                job.namespace(),
                                                job.name(),
                                                more),
                                GenericKubernetesResource.class);
        GenericKubernetesResource created = cluster.client().resource(savepoint).create();
        return new SavepointUnderTest(
                cluster, job.namespace(), name, created.getMetadata().getUid());
    }

    public String uid() {
        return uid;
    }

    /** A value at the top of the status. */
    public Optional<Object> status(String field) {
        return resource()
                .map(savepoint -> savepoint.getAdditionalProperties().get("status"))
                .map(status -> ((Map<?, ?>) status).get(field));
    }

    public void awaitPhase(String phase, Duration bound) {
        await(
                "phase " + phase,
                bound,
                () -> status("phase").filter(now -> phase.equals(Objects.toString(now))));
    }

    public void delete() {
        handle().delete();
    }

    public void awaitGone(Duration bound) {
        await(
                "the Savepoint is gone",
                bound,
                () -> resource().isPresent() ? Optional.empty() : Optional.of(true));
    }

    /** Names of the operators in it. */
    public List<String> operators() {
        return status("operators").stream()
                .flatMap(operators -> ((List<?>) operators).stream())
                .map(operator -> Objects.toString(((Map<?, ?>) operator).get("name")))
                .toList();
    }

    private <T> void await(String what, Duration bound, Supplier<Optional<T>> look) {
        try {
            Await.present(name + ": " + what, bound, look);
        } catch (AssertionError e) {
            throw new AssertionError(
                    e.getMessage()
                            + "\n"
                            + resource()
                            + "\n"
                            + new Diagnosis(cluster).of(namespace),
                    e);
        }
    }

    private Optional<GenericKubernetesResource> resource() {
        return Optional.ofNullable(handle().get());
    }

    private Resource<GenericKubernetesResource> handle() {
        return cluster.client()
                .genericKubernetesResources(JobUnderTest.API_VERSION, KIND)
                .inNamespace(namespace)
                .withName(name);
    }
}
