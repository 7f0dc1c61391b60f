package dev.weir.local.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The scratch of one pod, and its log, which outlives it: of a pod that failed and was replaced,
 * the log is what is wanted.
 */
public record PodFolder(Path folder, Path log) {

    private static final int LOGS_KEPT = 40;
    private static final String LOG = ".log";

    static final String SECRET = "secret";

    /**
     * @param home of the local world
     */
    public static PodFolder of(Path home, String podName, String podUid) {
        return new PodFolder(
                home.resolve("pods").resolve(podUid), logs(home).resolve(podName + LOG));
    }

    private static Path logs(Path home) {
        return home.resolve("logs");
    }

    /** Lays the program and the credentials out for a process that is about to start. */
    void prepare(Launch.Ready launch) throws IOException {
        Files.createDirectories(log.getParent());
        Files.createDirectories(folder.resolve("work"));
        Files.createDirectories(folder.resolve("tmp"));
        write("program", launch.program());
        secret(launch.secret());
    }

    /** What the Secret holds now. */
    void secret(Map<String, String> files) throws IOException {
        write(SECRET, files);
    }

    private void write(String name, Map<String, String> files) throws IOException {
        Path directory = Files.createDirectories(folder.resolve(name));
        for (var file : files.entrySet()) {
            Path at = directory.resolve(file.getKey());
            if (!Files.exists(at) || !Files.readString(at).equals(file.getValue())) {
                Files.writeString(at, file.getValue());
            }
        }
    }

    void remove() throws IOException {
        delete(folder);
        forgetOldLogs();
    }

    private void forgetOldLogs() throws IOException {
        List<Path> oldestFirst;
        try (Stream<Path> files = Files.list(log.getParent())) {
            oldestFirst =
                    files.filter(file -> file.getFileName().toString().endsWith(LOG))
                            .sorted(Comparator.comparing(file -> file.toFile().lastModified()))
                            .toList();
        }
        for (Path old : oldestFirst.subList(0, Math.max(0, oldestFirst.size() - LOGS_KEPT))) {
            Files.deleteIfExists(old);
        }
    }

    /** Deletes a tree; done also if there is none. */
    public static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        }
    }
}
