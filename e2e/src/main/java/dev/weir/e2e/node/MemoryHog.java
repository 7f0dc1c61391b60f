package dev.weir.e2e.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A process in the memory cgroup of a container that takes more and more, until the kernel kills
 * one of the group. That is the container's own, which its kubelet has told the kernel to prefer.
 */
public final class MemoryHog implements AutoCloseable {

    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

    private final Process process;

    private MemoryHog(Process process) {
        this.process = process;
    }

    /** Joins the cgroup first, so that each byte counts against the container's limit. */
    public static MemoryHog beside(ContainerProcess container) throws IOException {
        Path group = memoryGroup(container.pid());
        // tail keeps a line until it ends, and there are no ends of lines in zeros.
        String script = "echo $$ >\"$1\" && exec tail /dev/zero";
        return new MemoryHog(
                new ProcessBuilder(
                                "sh", "-c", script, "hog", group.resolve("cgroup.procs").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start());
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    /** On cgroup v1 the line of the memory controller, on v2 the only one. */
    private static Path memoryGroup(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cgroup"))
                    .lines()
                    .map(line -> line.split(":", 3))
                    .filter(
                            line ->
                                    Arrays.asList(line[1].split(",")).contains("memory")
                                            || onlyUnified() && line[1].isEmpty())
                    .map(
                            line ->
                                    CGROUPS.resolve(onlyUnified() ? "" : "memory")
                                            .resolve(line[2].substring(1)))
                    .findFirst()
                    .orElseThrow(
                            () ->
                                    new IllegalStateException(
                                            "process " + pid + " is in no memory cgroup"));
        } catch (IOException e) {
            throw new UncheckedIOException("the cgroup of process " + pid + " is not known", e);
        }
    }

    private static boolean onlyUnified() {
        return Files.exists(CGROUPS.resolve("cgroup.controllers"));
    }
}
