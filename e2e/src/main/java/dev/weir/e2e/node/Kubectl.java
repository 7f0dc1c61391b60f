package dev.weir.e2e.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** kubectl as a user runs it, the node's own where there is one. */
public final class Kubectl {

    private static final Duration BOUND = Duration.ofMinutes(3);

    private final Cluster cluster;

    public Kubectl(Cluster cluster) {
        this.cluster = cluster;
    }

    /** What it printed; an {@code AssertionError} with its words if it did not end with 0. */
    public String run(String... arguments) {
        Outcome outcome = attempt(arguments);
        if (outcome.code() != 0) {
            throw new AssertionError(
                    "kubectl "
                            + String.join(" ", arguments)
                            + " ended with "
                            + outcome.code()
                            + ":\n"
                            + outcome.text());
        }
        return outcome.text();
    }

    public Outcome attempt(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(cluster.repository().toFile())
                        .redirectErrorStream(true);
        builder.environment().put("KUBECONFIG", cluster.kubeconfig().toString());
        try {
            Path output = Files.createTempFile("kubectl", ".out");
            Process process = builder.redirectOutput(output.toFile()).start();
            boolean ended = process.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            String text = Files.readString(output, StandardCharsets.UTF_8);
            Files.delete(output);
            return new Outcome(ended ? process.exitValue() : -1, text);
        } catch (IOException e) {
            throw new UncheckedIOException("kubectl could not be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while kubectl ran", e);
        }
    }

    private String program() {
        Optional<Path> own =
                cluster.nodeDirectory()
                        .map(node -> node.resolve("bin/kubectl"))
                        .filter(Files::isExecutable);
        return own.map(Path::toString).orElse("kubectl");
    }

    /** How it ended, and all it printed. */
    public record Outcome(int code, String text) {}
}
