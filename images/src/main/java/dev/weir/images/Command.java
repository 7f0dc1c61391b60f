package dev.weir.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process that must end well within a bound.
 *
 * @param line the command and its arguments
 * @param environment variables beyond those of this process
 * @param folder to work in
 * @param log where its output goes
 */
record Command(List<String> line, Map<String, String> environment, Path folder, Path log) {

    private static final int SHOWN_LINES = 30;

    Command(List<String> line, Path folder, Path log) {
        this(line, Map.of(), folder, log);
    }

    /**
     * @throws ImagesException if it fails or does not end in time, with the end of its output
     */
    void run(String purpose, Duration bound) {
        try {
            Files.createDirectories(folder);
            var builder =
                    new ProcessBuilder(line)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile());
            // Options of the caller's surroundings would be trained into the cache.
            builder.environment()
                    .keySet()
                    .removeAll(List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"));
            builder.environment().putAll(environment);
            var process = builder.start();
            if (!process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new ImagesException(
                        purpose + " did not end within " + bound.toSeconds() + " s" + end());
            }
            if (process.exitValue() != 0) {
                throw new ImagesException(
                        purpose + " failed with exit code " + process.exitValue() + end());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ImagesException(purpose + " was interrupted", interrupted);
        }
    }

    private String end() throws IOException {
        var lines = Files.readAllLines(log);
        var tail = lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size());
        return "; the end of " + log + ":\n" + String.join("\n", tail);
    }
}
