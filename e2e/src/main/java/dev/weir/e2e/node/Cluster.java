package dev.weir.e2e.node;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The cluster that the suites run on: the one of {@code WEIR_KUBECONFIG}, else the node of {@code
 * ./weir node up}. There is no third choice: suites that find neither fail, and are never run on
 * whatever kubectl happens to know.
 */
public final class Cluster implements AutoCloseable {

    private static final String VARIABLE = "WEIR_KUBECONFIG";
    private static final String MARK = "weir.dev/e2e";
    private static final Duration DELETION_BOUND = Duration.ofMinutes(2);

    private final Path repository;
    private final Path kubeconfig;
    private final KubernetesClient client;

    private Cluster(Path repository, Path kubeconfig, KubernetesClient client) {
        this.repository = repository;
        this.kubeconfig = kubeconfig;
        this.client = client;
    }

    public static Cluster connect() throws IOException {
        Path repository = findRepository();
        return of(repository, kubeconfig(repository));
    }

    static Cluster of(Path repository, Path kubeconfig) {
        Config config = Config.fromKubeconfig(kubeconfig.toFile());
        return new Cluster(
                repository, kubeconfig, new KubernetesClientBuilder().withConfig(config).build());
    }

    public KubernetesClient client() {
        return client;
    }

    public Path kubeconfig() {
        return kubeconfig;
    }

    /** The root of the source tree: chart, samples, images. */
    public Path repository() {
        return repository;
    }

    /**
     * Folder of the node on this machine; empty where another cluster is used, whose processes are
     * out of reach.
     */
    public Optional<Path> nodeDirectory() {
        return System.getenv(VARIABLE) == null
                ? Optional.of(repository.resolve(".weir/node"))
                : Optional.empty();
    }

    /**
     * A new namespace that enforces Pod Security {@code restricted}, with a name nobody else has.
     */
    public String createNamespace(String purpose) {
        byte[] random = new byte[3];
        ThreadLocalRandom.current().nextBytes(random);
        String name = purpose + "-" + HexFormat.of().formatHex(random);
        client.namespaces()
                .resource(
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .withLabels(
                                        Map.of(
                                                "pod-security.kubernetes.io/enforce",
                                                "restricted",
                                                "pod-security.kubernetes.io/enforce-version",
                                                "latest",
                                                MARK,
                                                "true"))
                                .endMetadata()
                                .build())
                .create();
        return name;
    }

    /** Deletes what a run that was cut off has left, as it would take room from this one. */
    void deleteLeftOvers() {
        client.namespaces().withLabel(MARK, "true").delete();
        Await.that(
                "namespaces of earlier runs are gone",
                DELETION_BOUND,
                () -> client.namespaces().withLabel(MARK, "true").list().getItems().isEmpty());
    }

    /** Deletes the namespace with all in it, and waits until it is gone. */
    public void deleteNamespace(String name) {
        client.namespaces().withName(name).delete();
        Await.that(
                "namespace " + name + " is gone",
                DELETION_BOUND,
                () -> client.namespaces().withName(name).get() == null);
    }

    @Override
    public void close() {
        client.close();
    }

    private static Path findRepository() throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("helm/weir"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IOException(
                    "no folder above " + Path.of("").toAbsolutePath() + " holds helm/weir");
        }
        return folder;
    }

    private static Path kubeconfig(Path repository) throws IOException {
        String given = System.getenv(VARIABLE);
        Path file = given == null ? repository.resolve(".weir/node/kubeconfig") : Path.of(given);
        if (!Files.isRegularFile(file)) {
            throw new IOException(
                    file
                            + " is no file: run './weir node up', or set "
                            + VARIABLE
                            + " to a cluster's kubeconfig");
        }
        return file;
    }
}
