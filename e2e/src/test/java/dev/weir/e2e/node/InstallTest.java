package dev.weir.e2e.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.sandbox.OneLine;
import dev.weir.sandbox.servers.ListenAddress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code ./weir install} makes of its arguments, and what it says; no cluster is needed. */
class InstallTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    @TempDir private Path folder;

    @Test
    void valuesAreTakenAsTheyAreGiven() throws Exception {
        Install install = parsed("--set", "replicas=2", "--set", "storage.uri=s3://jobs/a=b");

        assertThat(install.values(folder))
                .isEqualTo(Map.of("replicas", "2", "storage.uri", "s3://jobs/a=b"));
    }

    @Test
    void whatIsGivenWinsOverTheTestStore() {
        Install install = parsed("--test-servers", "--set", "storage.uri=s3://weir/mine");

        assertThat(
                        install.over(
                                Map.of(
                                        "storage.uri", "s3://weir",
                                        "storage.credentialsSecret", "weir-storage")))
                .isEqualTo(
                        Map.of(
                                "storage.uri", "s3://weir/mine",
                                "storage.credentialsSecret", "weir-storage"));
    }

    @Test
    void testServersThatDoNotRunAreToldWithTheVerbThatStartsThem() {
        assertThatThrownBy(() -> parsed("--test-servers").values(folder))
                .hasMessageContaining("./weir servers up");
    }

    @Test
    void whatComesNextHoldsTheSecretOfTheTestStore() {
        assertThat(
                        parsed("--test-servers")
                                .next("kubectl", Map.of("storage.credentialsSecret", "store")))
                .contains(
                        "kubectl create secret generic store --namespace demo"
                                + " --from-literal=AWS_ACCESS_KEY_ID=weir-e2e")
                .contains("./weir flights");
    }

    @Test
    void keysOfAStoreThatIsNotTheTestsOwnAreLeftToTheUser() {
        assertThat(parsed().next("kubectl", Map.of("storage.credentialsSecret", "store")))
                .contains("AWS_ACCESS_KEY_ID=<id>")
                .doesNotContain("weir-e2e")
                .doesNotContain("flights");
    }

    @Test
    void aClusterThatCannotBeReachedIsToldInOneLine() throws Exception {
        try (Cluster nobody = Cluster.of(ROOT, kubeconfigOf(ListenAddress.free("127.0.0.1")))) {
            assertThat(said(() -> WeirInstallation.install(nobody, Map.of())))
                    .contains("cluster unreachable")
                    .hasLineCount(1);
        }
    }

    private static Install parsed(String... arguments) {
        Install install = new Install();
        Install.command(install).parseArgs(arguments);
        return install;
    }

    /** What a verb that fails so prints. */
    private static String said(Runnable work) {
        StringWriter errors = new StringWriter();
        int code =
                new CommandLine(new Failing(work))
                        .setErr(new PrintWriter(errors, true))
                        .setExecutionExceptionHandler(new OneLine())
                        .execute();
        assertThat(code).isEqualTo(1);
        return errors.toString().strip();
    }

    /** A verb that does the work and nothing else. */
    @CommandLine.Command(name = "failing")
    private record Failing(Runnable work) implements Runnable {
        @Override
        public void run() {
            work.run();
        }
    }

    private Path kubeconfigOf(ListenAddress server) throws Exception {
        return Files.writeString(
                folder.resolve("kubeconfig"),
                """
                apiVersion: v1
                kind: Config
                clusters: [{name: none, cluster: {server: "http://%s"}}]
                contexts: [{name: none, context: {cluster: none, user: none}}]
                users: [{name: none, user: {}}]
                current-context: none
                """
                        .formatted(server));
    }
}
