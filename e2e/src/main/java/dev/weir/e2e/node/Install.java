package dev.weir.e2e.node;

import dev.weir.e2e.servers.TestServers;
import dev.weir.sandbox.OneLine;
import dev.weir.sandbox.servers.S3Credentials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./weir install}: the chart onto a cluster as {@code helm upgrade --install weir helm/weir
 * --namespace weir-system --create-namespace} puts it there, for machines without helm.
 *
 * <ol>
 *   <li>The cluster is the one of {@code WEIR_KUBECONFIG}, else the node; never what kubectl
 *       happens to know.
 *   <li>With {@code --test-servers}, jobs without a storage of their own get the one of {@code
 *       ./weir servers}; what is given by {@code --set} wins.
 *   <li>It returns once the operator is available, and says what comes next.
 * </ol>
 */
@Command(
        name = "install",
        description =
                "Installs helm/weir, or upgrades to it, on the cluster of WEIR_KUBECONFIG or on the"
                        + " node, and waits until the operator is available.",
        mixinStandardHelpOptions = true)
public final class Install implements Callable<Integer> {

    private static final String KUBECTL = "./weir node kubectl";
    private static final String SECRET_VALUE = "storage.credentialsSecret";

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A value of the chart, such as replicas=2. May be given several times.")
    private Map<String, String> given = new HashMap<>();

    @Option(
            names = "--test-servers",
            description = "The store of './weir servers up' is the default storage of all jobs.")
    private boolean testServers;

    public static void main(String[] arguments) {
        System.exit(command(new Install()).execute(arguments));
    }

    static CommandLine command(Install install) {
        return new CommandLine(install).setExecutionExceptionHandler(new OneLine());
    }

    @Override
    public Integer call() throws IOException {
        try (Cluster cluster = Cluster.connect()) {
            Map<String, String> values = values(cluster.repository());
            WeirInstallation.install(cluster, values);
            System.out.print(
                    next(cluster.nodeDirectory().isPresent() ? KUBECTL : "kubectl", values));
        } catch (AssertionError e) {
            // Not in time: the first line says so, the pods' states and logs that follow say why.
            System.err.println("install: " + e.getMessage());
            return 1;
        }
        return 0;
    }

    Map<String, String> values(Path repository) throws IOException {
        return testServers ? over(testStore(repository)) : given;
    }

    /** What is given wins. */
    Map<String, String> over(Map<String, String> defaults) {
        Map<String, String> values = new HashMap<>(defaults);
        values.putAll(given);
        return values;
    }

    private static Map<String, String> testStore(Path repository) throws IOException {
        return TestServers.find(repository.resolve(".weir/servers"))
                .map(Stage::storageDefault)
                .orElseThrow(
                        () ->
                                new IOException(
                                        "no test servers run: start them with './weir servers up',"
                                                + " or leave out --test-servers"));
    }

    /** What a person does next, as commands to copy. */
    String next(String kubectl, Map<String, String> values) {
        StringBuilder lines =
                new StringBuilder(
                        "Weir runs in namespace " + WeirInstallation.NAMESPACE + ". Next:\n");
        line(lines, kubectl, "create namespace demo");
        Optional.ofNullable(values.get(SECRET_VALUE))
                .ifPresent(secret -> line(lines, kubectl, secret(secret)));
        if (testServers) {
            lines.append("  ./weir flights\n");
            line(lines, kubectl, "apply --namespace demo --filename config/samples/delays.yaml");
        }
        line(lines, kubectl, "get sjob --namespace demo --watch");
        return lines.toString();
    }

    private static void line(StringBuilder lines, String kubectl, String arguments) {
        lines.append("  ").append(kubectl).append(' ').append(arguments).append('\n');
    }

    /** Test keys may be shown, as they open nothing but the test store; others are the user's. */
    private String secret(String name) {
        return "create secret generic %s --namespace demo --from-literal=AWS_ACCESS_KEY_ID=%s --from-literal=AWS_SECRET_ACCESS_KEY=%s"
                .formatted(
                        name,
                        testServers ? S3Credentials.TEST.accessKeyId() : "<id>",
                        testServers ? S3Credentials.TEST.secretAccessKey() : "<key>");
    }
}
