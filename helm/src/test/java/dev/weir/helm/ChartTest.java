package dev.weir.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the chart promises to whoever installs it. */
class ChartTest {

    @Test
    void theChartIsFreeOfLint() {
        assertThat(Chart.lint().getMessages()).noneMatch(message -> message.contains("[ERROR]"));
        assertThat(Chart.lint().isFailed()).isFalse();
    }

    @Test
    void theOperatorHasNoVerbOnSecretsAndNoWildcards() {
        assertThat(operatorRules())
                .isNotEmpty()
                .allSatisfy(
                        rule -> {
                            assertThat(rule.getResources())
                                    .isNotEmpty()
                                    .noneMatch(resource -> resource.contains("secrets"))
                                    .doesNotContain("*");
                            assertThat(rule.getVerbs()).isNotEmpty().doesNotContain("*");
                            assertThat(rule.getApiGroups()).isNotEmpty().doesNotContain("*");
                            assertThat(rule.getNonResourceURLs()).isEmpty();
                        });
    }

    @Test
    void theOperatorsPodPassesPodSecurityRestricted() {
        PodSpec pod = deployment(Map.of()).getSpec().getTemplate().getSpec();
        Container container = pod.getContainers().getFirst();

        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType())
                .isEqualTo("RuntimeDefault");
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getCapabilities().getDrop())
                .containsExactly("ALL");
    }

    @Test
    void aFirstInstallationMakesItsOwnCommandKey() {
        assertThatCode(Chart::install).doesNotThrowAnyException();
    }

    @Test
    void aCommandKeyOfOnesOwnIsMountedAndNoneIsMade() {
        Map<String, Object> own = Map.of("commandKey.existingSecret", "mine");

        assertThat(Chart.resources(Secret.class, own)).isEmpty();
        assertThat(deployment(own).getSpec().getTemplate().getSpec().getVolumes())
                .filteredOn(volume -> volume.getName().equals("keys"))
                .singleElement()
                .satisfies(
                        volume -> assertThat(volume.getSecret().getSecretName()).isEqualTo("mine"));
    }

    @Test
    void theDefaultStorageReachesTheOperatorByItsEnvironment() {
        Map<String, Object> storage =
                Map.of(
                        "storage.uri", "s3://jobs/production",
                        "storage.endpoint", "http://minio:9000",
                        "storage.pathStyle", "true",
                        "storage.credentialsSecret", "store");

        assertThat(environment(storage))
                .contains(
                        new EnvVar("WEIR_STORAGE_URI", "s3://jobs/production", null),
                        new EnvVar("WEIR_STORAGE_ENDPOINT", "http://minio:9000", null),
                        new EnvVar("WEIR_STORAGE_PATH_STYLE", "true", null),
                        new EnvVar("WEIR_STORAGE_CREDENTIALS_SECRET", "store", null));
        assertThat(environment(Map.of()))
                .noneMatch(variable -> variable.getName().startsWith("WEIR_STORAGE"));
    }

    @ParameterizedTest
    @CsvSource({
        "replicas, -1",
        "replicas, many",
        "storage.uri, http://jobs",
        "storage.uri, s3://jobs/",
        "storage.endpoint, minio:9000",
        "storage.bucket, jobs",
        "image.pullPolicy, Sometimes",
        "rollAfter, 0",
        "replica, 2"
    })
    void aValueThatCannotWorkIsRefusedByName(String name, String value) {
        String field = name.substring(name.indexOf('.') + 1);

        assertThatThrownBy(() -> Chart.render(Map.of(name, value))).hasMessageContaining(field);
    }

    private static Deployment deployment(Map<String, Object> values) {
        return Chart.resources(Deployment.class, values).getFirst();
    }

    private static List<EnvVar> environment(Map<String, Object> values) {
        return deployment(values)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getEnv();
    }

    private static List<PolicyRule> operatorRules() {
        return Stream.concat(
                        Chart.resources(ClusterRole.class, Map.of()).stream()
                                .filter(role -> named(role.getMetadata().getName()))
                                .flatMap(role -> role.getRules().stream()),
                        Chart.resources(Role.class, Map.of()).stream()
                                .filter(role -> named(role.getMetadata().getName()))
                                .flatMap(role -> role.getRules().stream()))
                .toList();
    }

    private static boolean named(String name) {
        return name.equals("weir-operator");
    }
}
