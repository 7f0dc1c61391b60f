package dev.weir.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.local.store.Edit;
import dev.weir.local.store.Key;
import dev.weir.local.store.Kind;
import dev.weir.local.store.ResourceFiles;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LocalNodeTest {

    private static final String IMAGE = "weir/runtime:local";
    private static final Key KEY = new Key("default", "delays-1");

    @TempDir Path home;

    private ResourceFiles files;
    private LocalNode node;

    @BeforeEach
    void start() {
        files = new ResourceFiles(home.resolve("resources"));
        node = node();
        node.start();
    }

    @AfterEach
    void end() {
        node.close();
        LocalNode.allProcesses(files).forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void aPodBecomesAProcessWithTheEnvironmentOfItsManifest() throws Exception {
        putProgram();
        putSecret();
        putPod(IMAGE);
        var pod = await(LocalNodeTest::isReady);
        assertThat(pod.getStatus().getPodIP()).isEqualTo("127.0.0.1");
        assertThat(get(pod, "/env"))
                .contains(
                        "WEIR_POD_UID=u-1",
                        "WEIR_POD_NAMESPACE=default",
                        "AWS_ACCESS_KEY_ID=me",
                        "WEIR_ROLE=standalone")
                .doesNotContain("JAVA_HOME");
        var program = home.resolve("pods/u-1/program/program.sql");
        assertThat(Files.readString(program)).isEqualTo("SELECT 1");
        assertThat(home.resolve("logs/delays-1.log")).content().contains("started");
    }

    @Test
    void rule4_aProcessThatEndsStartsAgainAtOnceAndIfItEndsAgainItPauses() throws Exception {
        putAll();
        get(await(LocalNodeTest::isReady), "/exit");
        var again = await(pod -> isReady(pod) && ContainerHistory.restarts(pod) == 1);
        assertThat(container(again).getLastState().getTerminated().getExitCode()).isEqualTo(3);
        get(again, "/exit");
        var paused = await(pod -> ContainerHistory.restarts(pod) == 2);
        assertThat(container(paused).getState().getWaiting().getReason())
                .isEqualTo(ContainerHistory.BACK_OFF);
    }

    @Test
    void rule2_aNodeThatStartsAnewGoesOnWithTheProcessesThatAreThere() throws Exception {
        putAll();
        var before = LocalNode.findProcess(await(LocalNodeTest::isReady)).orElseThrow();
        node.close();
        node = node();
        node.start();
        get(await(LocalNodeTest::isReady), "/exit");
        var after = await(pod -> isReady(pod) && ContainerHistory.restarts(pod) == 1);
        assertThat(before.isAlive()).isFalse();
        assertThat(LocalNode.findProcess(after)).isPresent();
    }

    @Test
    void rule2_aProcessThatEndedWhileThereWasNoNodeIsStartedAgain() throws Exception {
        putAll();
        var before = LocalNode.findProcess(await(LocalNodeTest::isReady)).orElseThrow();
        node.close();
        before.destroyForcibly();
        before.onExit().get();
        node = node();
        node.start();
        await(pod -> isReady(pod) && ContainerHistory.restarts(pod) == 1);
    }

    @Test
    void rule3_aPodThatIsDeletedGoesWithItsProcessAndLeavesItsLog() throws Exception {
        putAll();
        var process = LocalNode.findProcess(await(LocalNodeTest::isReady)).orElseThrow();
        files.change(
                Kind.PODS,
                KEY,
                before -> {
                    var pod = before.orElseThrow();
                    pod.getMetadata().setDeletionTimestamp("2026-03-01T12:00:00Z");
                    pod.getMetadata().setDeletionGracePeriodSeconds(30L);
                    return new Edit.Put<>(pod);
                });
        while (files.get(Kind.PODS, KEY).isPresent()) {
            Thread.onSpinWait();
        }
        assertThat(process.isAlive()).isFalse();
        assertThat(home.resolve("pods/u-1")).doesNotExist();
        assertThat(home.resolve("logs/delays-1.log")).exists();
    }

    @Test
    void aSecretThatIsMissingIsNamedAndWaitedFor() {
        putProgram();
        putPod(IMAGE);
        var waiting = await(LocalNodeTest::isWaiting);
        assertThat(container(waiting).getState().getWaiting().getReason())
                .isEqualTo("CreateContainerConfigError");
        assertThat(container(waiting).getState().getWaiting().getMessage())
                .isEqualTo("secret \"storage\" not found");
        putSecret();
        await(LocalNodeTest::isReady);
    }

    @Test
    void anImageIsRefusedWithWhatToDoInstead() {
        putProgram();
        putSecret();
        putPod("registry.example.com/mine:1");
        var waiting = await(LocalNodeTest::isWaiting);
        assertThat(container(waiting).getState().getWaiting().getReason())
                .isEqualTo("ErrImagePull");
        assertThat(container(waiting).getState().getWaiting().getMessage())
                .contains("registry.example.com/mine:1", "leave spec.image out");
    }

    private LocalNode node() {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var runtime = new RuntimeInstall(java, List.of("-Xmx64m"), List.of(testClasses()));
        return new LocalNode(files, runtime, IMAGE, home, Clock.systemUTC());
    }

    private static Path testClasses() {
        return Path.of("target/test-classes").toAbsolutePath();
    }

    private void putAll() {
        putProgram();
        putSecret();
        putPod(IMAGE);
    }

    private void putPod(String image) {
        var pod =
                Serialization.unmarshal(
                        """
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: delays-1, namespace: default, uid: u-1, annotations: {a: b}}
                        spec:
                          terminationGracePeriodSeconds: 30
                          volumes: [{name: program, configMap: {name: program}}]
                          containers:
                          - name: runtime
                            image: %s
                            ports: [{name: control, containerPort: 8480}]
                            env:
                            - {name: WEIR_ROLE, value: standalone}
                            - {name: WEIR_POD_UID, valueFrom: {fieldRef: {fieldPath: metadata.uid}}}
                            - {name: WEIR_POD_NAMESPACE, valueFrom: {fieldRef: {fieldPath: metadata.namespace}}}
                            envFrom: [{secretRef: {name: storage}}]
                            startupProbe: {periodSeconds: 1, timeoutSeconds: 3, failureThreshold: 60, httpGet: {path: /live}}
                            livenessProbe: {periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 3, httpGet: {path: /live}}
                            readinessProbe: {periodSeconds: 1, timeoutSeconds: 3, failureThreshold: 1, httpGet: {path: /ready}}
                        status: {phase: Pending}
                        """
                                .formatted(image),
                        Pod.class);
        files.change(Kind.PODS, KEY, _ -> new Edit.Put<>(pod));
    }

    private void putProgram() {
        var program =
                new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("program")
                        .endMetadata()
                        .withData(Map.of("program.sql", "SELECT 1"))
                        .build();
        files.change(Kind.CONFIG_MAPS, Key.of(program), _ -> new Edit.Put<>(program));
    }

    private void putSecret() {
        var secret =
                new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("storage")
                        .endMetadata()
                        .withData(Map.of("AWS_ACCESS_KEY_ID", "bWU="))
                        .build();
        files.change(Kind.SECRETS, Key.of(secret), _ -> new Edit.Put<>(secret));
    }

    private Pod await(Predicate<Pod> wanted) {
        Optional<Pod> pod = files.get(Kind.PODS, KEY);
        while (pod.filter(wanted).isEmpty()) {
            Thread.onSpinWait();
            pod = files.get(Kind.PODS, KEY);
        }
        return pod.get();
    }

    private static boolean isReady(Pod pod) {
        return ContainerHistory.ready(pod);
    }

    private static boolean isWaiting(Pod pod) {
        return ContainerHistory.of(pod)
                .filter(container -> container.getState().getWaiting() != null)
                .isPresent();
    }

    private static ContainerStatus container(Pod pod) {
        return ContainerHistory.of(pod).orElseThrow();
    }

    private static String get(Pod pod, String path) throws Exception {
        var port =
                pod.getSpec().getContainers().getFirst().getPorts().getFirst().getContainerPort();
        try (var http = HttpClient.newHttpClient()) {
            return http.sendAsync(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .build(),
                            BodyHandlers.ofString())
                    .handle((answer, failure) -> failure == null ? answer.body() : "")
                    .get();
        }
    }
}
