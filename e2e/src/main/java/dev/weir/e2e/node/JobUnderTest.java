package dev.weir.e2e.node;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One StreamJob on the cluster: what it says of itself, its pods, and what a test does to them.
 * Each wait has a bound, and one that is not met shows what the job, its pods and their logs say.
 */
public final class JobUnderTest {

    static final String API_VERSION = "weir.dev/v1alpha1";
    private static final String KIND = "StreamJob";
    private static final String CONTAINER = "runtime";

    private final Cluster cluster;
    private final String namespace;
    private final String name;

    private JobUnderTest(Cluster cluster, String namespace, String name) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.name = name;
    }

    /** Applies a StreamJob as YAML or JSON text to the namespace. */
    public static JobUnderTest apply(Cluster cluster, String namespace, String manifest) {
        GenericKubernetesResource job =
                cluster.client()
                        .getKubernetesSerialization()
                        .unmarshal(manifest, GenericKubernetesResource.class);
        job.getMetadata().setNamespace(namespace);
        cluster.client().resource(job).create();
        return new JobUnderTest(cluster, namespace, job.getMetadata().getName());
    }

    /** A job that is there already. */
    public static JobUnderTest of(Cluster cluster, String namespace, String name) {
        return new JobUnderTest(cluster, namespace, name);
    }

    /** The secret that jobs of the namespace get their storage credentials from. */
    public static void giveStorageSecret(
            Cluster cluster,
            String namespace,
            String secret,
            String accessKeyId,
            String secretAccessKey) {
        cluster.client()
                .resource(
                        new SecretBuilder()
                                .withNewMetadata()
                                .withNamespace(namespace)
                                .withName(secret)
                                .endMetadata()
                                .withStringData(
                                        Map.of(
                                                "AWS_ACCESS_KEY_ID", accessKeyId,
                                                "AWS_SECRET_ACCESS_KEY", secretAccessKey))
                                .build())
                .create();
    }

    public String namespace() {
        return namespace;
    }

    public String name() {
        return name;
    }

    /** The resource as the API server has it now; empty once it is gone. */
    public Optional<GenericKubernetesResource> resource() {
        return Optional.ofNullable(handle().get());
    }

    public String uid() {
        return resource().orElseThrow().getMetadata().getUid();
    }

    /** A value of the status by its path, as {@code status("checkpoint", "id")}. */
    public Optional<Object> status(String... path) {
        return resource().map(job -> at(job.getAdditionalProperties().get("status"), path));
    }

    public Optional<String> phase() {
        return status("phase").map(Object::toString);
    }

    /** A condition's status: True, False or Unknown; empty if the job does not have it. */
    public Optional<String> condition(String type) {
        return claim(type).map(condition -> Objects.toString(condition.get("status")));
    }

    /** Why a condition is as it is, in one word of the vocabulary. */
    public Optional<String> reason(String type) {
        return claim(type).map(condition -> Objects.toString(condition.get("reason")));
    }

    /** The same in a sentence. */
    public Optional<String> message(String type) {
        return claim(type).map(condition -> Objects.toString(condition.get("message")));
    }

    private Optional<Map<?, ?>> claim(String type) {
        return status("conditions").stream()
                .flatMap(conditions -> ((List<?>) conditions).stream())
                .<Map<?, ?>>map(condition -> (Map<?, ?>) condition)
                .filter(condition -> type.equals(condition.get("type")))
                .findFirst();
    }

    public void awaitCondition(String type, String wanted, Duration bound) {
        await(
                "condition " + type + " is " + wanted,
                bound,
                () -> condition(type).filter(wanted::equals));
    }

    public void awaitPhase(String wanted, Duration bound) {
        await("phase is " + wanted, bound, () -> phase().filter(wanted::equals));
    }

    /** Runs, with all that the newest spec says. */
    public void awaitUpToDate(Duration bound) {
        await(
                "Ready and UpToDate at the newest generation",
                bound,
                () ->
                        resource()
                                .filter(
                                        job ->
                                                Objects.equals(
                                                        number(
                                                                at(
                                                                        job.getAdditionalProperties()
                                                                                .get("status"),
                                                                        "observedGeneration")),
                                                        job.getMetadata().getGeneration()))
                                .filter(_ -> condition("Ready").equals(Optional.of("True")))
                                .filter(_ -> condition("UpToDate").equals(Optional.of("True"))));
    }

    public void awaitGone(Duration bound) {
        await(
                "the StreamJob is gone",
                bound,
                () -> resource().isPresent() ? Optional.empty() : Optional.of(true));
    }

    /** Waits for what {@code look} finds; what the cluster says of the job is in the failure. */
    public <T> T await(String what, Duration bound, Supplier<Optional<T>> look) {
        try {
            return Await.present(name + ": " + what, bound, look);
        } catch (AssertionError e) {
            throw new AssertionError(
                    e.getMessage() + "\n" + new Diagnosis(cluster).of(namespace), e);
        }
    }

    /** Pods of the job, newest first, those that are ending included. */
    public List<Pod> pods() {
        return cluster
                .client()
                .pods()
                .inNamespace(namespace)
                .withLabel("weir.dev/job", name)
                .list()
                .getItems()
                .stream()
                .sorted(
                        Comparator.comparing(
                                        (Pod pod) ->
                                                Instant.parse(
                                                        pod.getMetadata().getCreationTimestamp()))
                                .reversed())
                .toList();
    }

    /** The newest pod that is not ending and whose container runs. */
    public Pod runningPod(Duration bound) {
        return await(
                "a running pod",
                bound,
                () ->
                        pods().stream()
                                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                                .filter(pod -> ContainerProcess.jvmOf(pod, CONTAINER).isPresent())
                                .findFirst());
    }

    /** The JVM of the newest running pod. */
    public ContainerProcess jvm(Duration bound) {
        return await(
                "a JVM on this machine",
                bound,
                () ->
                        pods().stream()
                                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                                .flatMap(pod -> ContainerProcess.jvmOf(pod, CONTAINER).stream())
                                .findFirst());
    }

    public void deletePod(Pod pod, Duration grace) {
        cluster.client()
                .pods()
                .inNamespace(namespace)
                .withName(pod.getMetadata().getName())
                .withGracePeriod(grace.toSeconds())
                .delete();
    }

    /** A JSON merge patch of the resource. */
    public void patch(String json) {
        handle().patch(PatchContext.of(PatchType.JSON_MERGE), json);
    }

    /** Another program for the job. */
    public void editSql(String sql) {
        patch(
                cluster.client()
                        .getKubernetesSerialization()
                        .asJson(Map.of("spec", Map.of("program", Map.of("sql", sql)))));
    }

    /** Takes all of the status away, as a restore from a backup does. */
    public void wipeStatus() {
        handle().subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON),
                        "[{\"op\":\"remove\",\"path\":\"/status\"}]");
    }

    public void delete() {
        handle().delete();
    }

    private Resource<GenericKubernetesResource> handle() {
        return cluster.client()
                .genericKubernetesResources(API_VERSION, KIND)
                .inNamespace(namespace)
                .withName(name);
    }

    private static Object at(Object value, String... path) {
        Object found = value;
        for (String step : path) {
            found = found instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return found;
    }

    private static Long number(Object value) {
        return value instanceof Number number ? number.longValue() : null;
    }
}
