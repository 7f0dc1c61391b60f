package dev.weir.e2e.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The processes that make up the node of this machine, for suites that take one away. There are
 * none of them where another cluster is used.
 */
public final class NodeParts {

    private static final Duration COMMAND_BOUND = Duration.ofMinutes(3);

    private final Path repository;
    private final Path node;

    private NodeParts(Path repository, Path node) {
        this.repository = repository;
        this.node = node;
    }

    public static NodeParts of(Cluster cluster) {
        Path node =
                cluster.nodeDirectory()
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "the processes of another cluster are out of reach; unset WEIR_KUBECONFIG to use the node's"));
        return new NodeParts(cluster.repository(), node);
    }

    /** Sends a signal to a part, such as {@code kube-apiserver}. */
    public void signal(String part, Signal signal) throws IOException {
        long pid =
                Long.parseLong(
                        Files.readString(node.resolve("run").resolve(part + ".pid")).strip());
        String program = Files.readString(Path.of("/proc/" + pid + "/comm")).strip();
        // The pid may be another process's by now. The kernel keeps fifteen characters of a name.
        if (!part.startsWith(program) || !signal.send(pid)) {
            throw new IOException(
                    "process " + pid + " is " + program + ", and not " + part + " of the node");
        }
    }

    /** Starts the parts that do not run, and returns when the node serves again. */
    public void startMissing() throws IOException, InterruptedException {
        run(List.of(repository.resolve("node/node").toString(), "up"));
    }

    /** Gives an image a second name. */
    public void tagImage(String image, String name) throws IOException, InterruptedException {
        run(
                List.of(
                        "ctr",
                        "-a",
                        node.resolve("run/containerd.sock").toString(),
                        "-n",
                        "k8s.io",
                        "images",
                        "tag",
                        "--force",
                        image,
                        name));
    }

    /** Where the kubelet keeps an emptyDir of a pod. */
    public Path emptyDir(String podUid, String volume) {
        return node.resolve("kubelet/pods")
                .resolve(podUid)
                .resolve("volumes/kubernetes.io~empty-dir")
                .resolve(volume);
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("node", ".out");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        boolean ended = process.waitFor(COMMAND_BOUND.toSeconds(), TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        String text = Files.readString(output);
        Files.delete(output);
        if (!ended || process.exitValue() != 0) {
            throw new IOException(
                    String.join(" ", command)
                            + (ended ? " ended with " + process.exitValue() : " did not end")
                            + ": "
                            + text);
        }
    }
}
