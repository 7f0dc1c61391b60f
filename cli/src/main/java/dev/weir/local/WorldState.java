package dev.weir.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;

/**
 * What the world's process says of itself, in a file beside the resources. It stays when the
 * process ends, so that the next one takes the same ports: manifests name them.
 *
 * @param pid of the process, which may be gone
 * @param started as the system tells it, in milliseconds since 1970; 0: it does not
 * @param stage what it is doing, for people
 * @param ready whether jobs are seen to
 * @param kafkaPort on localhost
 * @param s3Port on localhost
 */
record WorldState(long pid, long started, String stage, boolean ready, int kafkaPort, int s3Port) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static WorldState ofThisProcess(String stage, boolean ready, int kafkaPort, int s3Port) {
        ProcessHandle self = ProcessHandle.current();
        return new WorldState(self.pid(), started(self), stage, ready, kafkaPort, s3Port);
    }

    static Path file(LocalHome home) {
        return home.root().resolve("world.json");
    }

    static Optional<WorldState> read(LocalHome home) {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file(home)), WorldState.class));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(file(home) + " can't be read", e);
        }
    }

    void write(LocalHome home) {
        try {
            Path draft = home.root().resolve("world.json.draft");
            Files.write(draft, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
            Files.move(
                    draft,
                    file(home),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(file(home) + " can't be written", e);
        }
    }

    /** The process, if it lives and is the one that wrote this. */
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> started(process) == started);
    }

    String bootstrapServers() {
        return "localhost:" + kafkaPort;
    }

    String s3Endpoint() {
        return "http://127.0.0.1:" + s3Port;
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
