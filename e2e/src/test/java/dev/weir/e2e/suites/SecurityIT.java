package dev.weir.e2e.suites;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.e2e.node.ContainerProcess;
import dev.weir.e2e.node.Kubectl;
import dev.weir.e2e.node.Stage;
import dev.weir.e2e.node.WeirInstallation;
import dev.weir.sandbox.servers.S3Credentials;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What operator and job pods may do, as the cluster enforces it: not what manifests promise. */
@ExtendWith(OnTheNode.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecurityIT {

    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final String OPERATOR =
            "--as=system:serviceaccount:" + WeirInstallation.NAMESPACE + ":weir-operator";
    private static final String PRIVILEGED_POD =
            """
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "privileged"}, "spec": {"containers": [
              {"name": "c", "image": "docker.io/weir/pause:1", "securityContext": {"privileged": true}}]}}
            """;

    private Kubectl kubectl;
    private String namespace;
    private ExactJob exact;

    @BeforeAll
    void aJobRuns(Stage stage) throws Exception {
        kubectl = new Kubectl(stage.cluster());
        namespace = stage.namespace("security");
        exact = ExactJob.start(stage, namespace, new ExactJob.Settings("HashMap", "1s", 1));
    }

    @AfterAll
    void theJobGoes() {
        exact.close();
    }

    @Test
    void jobsRunWherePodSecurityRestrictedIsEnforced(Stage stage) throws Exception {
        Path manifest = Files.createTempFile("privileged", ".json");
        Files.writeString(manifest, PRIVILEGED_POD);
        Kubectl.Outcome refused =
                kubectl.attempt(
                        "apply", "--namespace", namespace, "--filename", manifest.toString());
        Files.delete(manifest);
        assertThat(refused.code()).isNotZero();
        assertThat(refused.text()).contains("violates PodSecurity \"restricted");
        assertThat(exact.job().condition("Ready")).contains("True");
    }

    @Test
    void theOperatorsOwnPodPassesRestrictedToo(Stage stage) {
        for (Pod operator : stage.weir().pods()) {
            Pod copy =
                    new PodBuilder()
                            .withNewMetadata()
                            .withName("operator-copy")
                            .withNamespace(namespace)
                            .endMetadata()
                            .withSpec(operator.getSpec())
                            .build();
            copy.getSpec().setServiceAccountName(null);
            copy.getSpec().setServiceAccount(null);
            copy.getSpec().setNodeName(null);
            stage.cluster().client().pods().inNamespace(namespace).resource(copy).dryRun().create();
        }
    }

    @Test
    void theOperatorHasNoVerbOnSecretsAndNoWildcard() {
        for (String where : List.of(namespace, WeirInstallation.NAMESPACE, "kube-system")) {
            List<String> resources =
                    kubectl.run("auth", "can-i", "--list", OPERATOR, "--namespace", where)
                            .lines()
                            .skip(1)
                            .map(line -> line.split(" ")[0])
                            .filter(resource -> !resource.isEmpty())
                            .toList();
            assertThat(resources).as("resources in " + where).contains("streamjobs.weir.dev");
            assertThat(resources)
                    .as("resources in " + where)
                    .noneMatch(resource -> resource.startsWith("secrets"));
            assertThat(resources)
                    .as("resources in " + where)
                    .noneMatch(resource -> resource.contains("*"));
        }
        for (String verb : List.of("get", "list", "watch", "create", "update", "patch", "delete")) {
            Kubectl.Outcome answer =
                    kubectl.attempt("auth", "can-i", verb, "secrets", OPERATOR, "--all-namespaces");
            assertThat(answer.text().strip()).as(verb + " secrets").endsWith("no");
        }
    }

    @Test
    void theOperatorsPodHoldsNoStorageCredentials(Stage stage) {
        for (Pod operator : stage.weir().pods()) {
            for (Container container : operator.getSpec().getContainers()) {
                assertThat(container.getEnvFrom()).isEmpty();
                assertThat(container.getEnv())
                        .noneMatch(variable -> variable.getName().startsWith("AWS_"));
                assertThat(container.getEnv())
                        .noneMatch(
                                variable ->
                                        S3Credentials.TEST
                                                .secretAccessKey()
                                                .equals(variable.getValue()));
            }
            assertThat(
                            operator.getSpec().getVolumes().stream()
                                    .map(Volume::getSecret)
                                    .filter(Objects::nonNull))
                    .as("the key that commands are signed with, and no other secret")
                    .hasSize(1);
        }
    }

    @Test
    void jobPodsHaveNoTokenNoRootAndNoWritableRoot(Stage stage) {
        Pod pod = exact.job().runningPod(BOUND);
        assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getSpec().getVolumes()).noneMatch(volume -> volume.getProjected() != null);
        ContainerProcess jvm = exact.job().jvm(BOUND);
        Path root = Path.of("/proc/" + jvm.pid() + "/root");
        assertThat(root.resolve("var/run/secrets")).doesNotExist();
        assertThat(jvm.userId()).isEqualTo(10_001);
        assertThat(jvm.rootIsReadOnly()).isTrue();
    }
}
