package dev.weir.e2e.servers;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * What running test servers have written of themselves: their process and where they listen.
 * Written only once both serve, and by a rename, so a reader sees all of it or nothing.
 *
 * @param kafkaBehindRelay where Kafka listens for a relay that a test puts before it
 * @param kafkaRelay where clients of that relay are told to find Kafka
 */
public record TestServersState(
        long pid,
        String kafka,
        String kafkaBehindRelay,
        String kafkaRelay,
        String s3,
        String bucket,
        String data) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Path file(Path directory) {
        return directory.resolve("servers.json");
    }

    static Optional<TestServersState> read(Path directory) throws IOException {
        Path file = file(directory);
        return Files.exists(file)
                ? Optional.of(JSON.readValue(file.toFile(), TestServersState.class))
                : Optional.empty();
    }

    void write(Path directory) throws IOException {
        Path draft = directory.resolve("servers.json.draft");
        JSON.writerWithDefaultPrettyPrinter().writeValue(draft.toFile(), this);
        Files.move(
                draft,
                file(directory),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * The process, if it lives and is still the one that wrote this: a pid is given to another
     * process in time.
     */
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(
                        process ->
                                process.info()
                                        .commandLine()
                                        .map(line -> line.contains(TestServersMain.class.getName()))
                                        .orElse(false));
    }
}
