package dev.weir.operator.kubernetes;

import dev.weir.crds.StreamJob;
import dev.weir.operator.plan.Desired;
import dev.weir.operator.plan.Names;
import dev.weir.operator.plan.PodView.Role;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvFromSourceBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a job's pods and programs look like in Kubernetes. Pure: the same wish gives the same
 * manifest.
 *
 * <p>Every pod passes Pod Security {@code restricted}, has no identity towards the API server, and
 * may write to its scratch volumes alone. The CPU is requested and not limited: a limit would
 * throttle the start, which is short and busy.
 */
public final class PodManifests {

    public static final String CONTAINER = "runtime";
    public static final int CONTROL_PORT = 8480;

    /** Name of the container's port for events and commands. */
    public static final String CONTROL = "control";

    private static final String SECRET = "secret";
    private static final long RUNTIME_USER = 10001;

    /** A stop with a savepoint is asked for by command; this only lets streams and files close. */
    private static final long TERMINATION_GRACE_SECONDS = 30;

    private PodManifests() {}

    /** The program of the wished revision, which never changes once written. */
    public static ConfigMap program(Desired desired) {
        return new ConfigMapBuilder()
                .withMetadata(
                        meta(desired, Names.program(desired.job(), revision(desired)), Map.of()))
                .withImmutable(true)
                .withData(
                        Map.of(
                                Programs.DESCRIPTION, Programs.json(desired.run().description()),
                                Programs.SQL, desired.run().sql(),
                                Programs.POD, Programs.pod(desired.run())))
                .build();
    }

    /** A pod for the wished revision. */
    public static Pod pod(Desired desired, String name, Role role) {
        return new PodBuilder()
                .withMetadata(meta(desired, name, Map.of(Labels.ROLE, text(role))))
                .withNewSpec()
                .withRestartPolicy("Always")
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(TERMINATION_GRACE_SECONDS)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(RUNTIME_USER)
                .withRunAsGroup(RUNTIME_USER)
                .withFsGroup(RUNTIME_USER)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withContainers(container(desired, role))
                .withVolumes(volumes(desired))
                .withTolerations(tolerations(desired))
                .endSpec()
                .build();
    }

    static Role role(String text) {
        return Role.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private static String text(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    private static String revision(Desired desired) {
        return desired.run().revision();
    }

    private static ObjectMeta meta(Desired desired, String name, Map<String, String> more) {
        Map<String, String> labels =
                new HashMap<>(
                        Labels.ofJob(desired.job().name(), Names.shortRevision(revision(desired))));
        labels.putAll(more);
        return new ObjectMetaBuilder()
                .withNamespace(desired.job().namespace())
                .withName(name)
                .withLabels(labels)
                .withAnnotations(Map.of(Labels.REVISION, revision(desired)))
                .addNewOwnerReference()
                .withApiVersion(StreamJob.GROUP + "/" + StreamJob.VERSION)
                .withKind(StreamJob.KIND)
                .withName(desired.job().name())
                .withUid(desired.job().uid())
                .withController(true)
                .withBlockOwnerDeletion(false)
                .endOwnerReference()
                .build();
    }

    private static Container container(Desired desired, Role role) {
        Quantity memory = new Quantity(desired.run().memory());
        return new ContainerBuilder()
                .withName(CONTAINER)
                .withImage(desired.run().image())
                .withImagePullPolicy("IfNotPresent")
                .withEnv(environment(desired, role))
                .withEnvFrom(credentials(desired))
                .addNewPort()
                .withName(CONTROL)
                .withContainerPort(CONTROL_PORT)
                .endPort()
                .withNewResources()
                .addToRequests("cpu", new Quantity(desired.run().cpu()))
                .addToRequests("memory", memory)
                .addToLimits("memory", memory)
                .endResources()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .withStartupProbe(probe("/live", 1, 300))
                .withLivenessProbe(probe("/live", 5, 3))
                .withReadinessProbe(probe("/ready", 1, 1))
                .withVolumeMounts(mounts(desired))
                .build();
    }

    private static List<EnvVar> environment(Desired desired, Role role) {
        return List.of(
                field("WEIR_POD_UID", "metadata.uid"),
                field("WEIR_POD_NAME", "metadata.name"),
                field("WEIR_POD_NAMESPACE", "metadata.namespace"),
                field("WEIR_POD_IP", "status.podIP"),
                new EnvVar("WEIR_ROLE", text(role), null),
                new EnvVar(
                        "JDK_JAVA_OPTIONS",
                        String.join(" ", desired.run().description().memory().jvmFlags()),
                        null));
    }

    private static EnvVar field(String name, String path) {
        return new EnvVarBuilder()
                .withName(name)
                .withNewValueFrom()
                .withNewFieldRef()
                .withFieldPath(path)
                .endFieldRef()
                .endValueFrom()
                .build();
    }

    private static List<EnvFromSource> credentials(Desired desired) {
        return desired
                .run()
                .credentialsSecret()
                .map(secret -> new EnvFromSourceBuilder().withNewSecretRef(secret, false).build())
                .stream()
                .toList();
    }

    private static Probe probe(String path, int period, int failures) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath(path)
                .withNewPort(CONTROL)
                .endHttpGet()
                .withPeriodSeconds(period)
                .withTimeoutSeconds(3)
                .withFailureThreshold(failures)
                .build();
    }

    private static List<VolumeMount> mounts(Desired desired) {
        List<VolumeMount> mounts = new ArrayList<>();
        mounts.add(mount("program", "/weir/program", true));
        mounts.add(mount("work", "/weir/work", false));
        mounts.add(mount("tmp", "/tmp", false));
        desired.run()
                .credentialsSecret()
                .ifPresent(_ -> mounts.add(mount(SECRET, "/weir/secret", true)));
        return mounts;
    }

    private static VolumeMount mount(String name, String path, boolean readOnly) {
        return new VolumeMountBuilder()
                .withName(name)
                .withMountPath(path)
                .withReadOnly(readOnly ? true : null)
                .build();
    }

    private static List<Volume> volumes(Desired desired) {
        List<Volume> volumes = new ArrayList<>();
        volumes.add(
                new VolumeBuilder()
                        .withName("program")
                        .withNewConfigMap()
                        .withName(Names.program(desired.job(), revision(desired)))
                        .endConfigMap()
                        .build());
        volumes.add(new VolumeBuilder().withName("work").withNewEmptyDir().endEmptyDir().build());
        volumes.add(new VolumeBuilder().withName("tmp").withNewEmptyDir().endEmptyDir().build());
        desired.run().credentialsSecret().map(PodManifests::secret).ifPresent(volumes::add);
        return volumes;
    }

    /**
     * The credentials once more, as files that follow the Secret: a process whose own were refused
     * sees there that they were mended. One that is missing is told of by the environment, in
     * better words than a volume has.
     */
    private static Volume secret(String name) {
        return new VolumeBuilder()
                .withName(SECRET)
                .withNewSecret()
                .withSecretName(name)
                .withOptional(true)
                .endSecret()
                .build();
    }

    /** A node that is lost takes its pods with it after the same silence as a pod that is. */
    private static List<Toleration> tolerations(Desired desired) {
        return List.of(
                toleration("node.kubernetes.io/not-ready", desired),
                toleration("node.kubernetes.io/unreachable", desired));
    }

    private static Toleration toleration(String key, Desired desired) {
        return new TolerationBuilder()
                .withKey(key)
                .withOperator("Exists")
                .withEffect("NoExecute")
                .withTolerationSeconds(desired.silence().toSeconds())
                .build();
    }
}
