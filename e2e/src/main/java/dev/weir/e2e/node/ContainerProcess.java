package dev.weir.e2e.node;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The JVM of a container on this machine, found by the container's id in the cgroups that Linux
 * lists for each process, so never by a name that another process could share.
 */
public record ContainerProcess(long pid, String containerId) {

    private static final Path PROC = Path.of("/proc");

    /** Empty while the container does not run. */
    public static Optional<ContainerProcess> jvmOf(Pod pod, String container) {
        return pod.getStatus().getContainerStatuses().stream()
                .filter(status -> status.getName().equals(container))
                .filter(status -> status.getState().getRunning() != null)
                .map(ContainerStatus::getContainerID)
                .map(id -> id.substring(id.lastIndexOf('/') + 1))
                .findFirst()
                .flatMap(ContainerProcess::find);
    }

    public boolean signal(Signal signal) {
        return signal.send(pid);
    }

    /** Whether this very process lives; a zombie that waits to be reaped does not. */
    public boolean alive() {
        return inContainer(PROC.resolve(Long.toString(pid)), containerId)
                && !read(PROC.resolve(pid + "/stat")).contains(") Z ");
    }

    /** The user that the process runs as. */
    public int userId() {
        return read(PROC.resolve(pid + "/status"))
                .lines()
                .filter(line -> line.startsWith("Uid:"))
                .map(line -> Integer.parseInt(line.split("\\s+")[1]))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("process " + pid + " has ended"));
    }

    /** Whether the container's root, as the kernel mounted it, refuses writes. */
    public boolean rootIsReadOnly() {
        return read(PROC.resolve(pid + "/mountinfo"))
                .lines()
                .map(line -> line.split(" "))
                .anyMatch(
                        mount ->
                                mount[4].equals("/")
                                        && List.of(mount[5].split(",")).contains("ro"));
    }

    private static Optional<ContainerProcess> find(String containerId) {
        try (Stream<Path> processes = Files.list(PROC)) {
            return processes
                    .filter(
                            process ->
                                    process.getFileName()
                                            .toString()
                                            .chars()
                                            .allMatch(Character::isDigit))
                    .filter(process -> inContainer(process, containerId))
                    .filter(process -> read(process.resolve("comm")).strip().equals("java"))
                    .map(process -> Long.parseLong(process.getFileName().toString()))
                    .map(pid -> new ContainerProcess(pid, containerId))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException("the processes of this machine could not be listed", e);
        }
    }

    private static boolean inContainer(Path process, String containerId) {
        return read(process.resolve("cgroup")).contains(containerId);
    }

    /** Empty for a process that has ended in the meantime: files of /proc come and go. */
    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            // ESRCH: the process ended between opening and reading.
            return "";
        }
    }
}
