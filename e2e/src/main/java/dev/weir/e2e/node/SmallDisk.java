package dev.weir.e2e.node;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A small file system in the place of a pod's emptyDir, from the next start of its container on: it
 * can be filled without filling the machine's.
 */
public final class SmallDisk implements AutoCloseable {

    private static final int RUNTIME_USER = 10_001;
    private static final int BLOCK = 4_096;

    private final Path place;
    private final Path filler;

    private SmallDisk(Path place) {
        this.place = place;
        this.filler = place.resolve("filler");
    }

    /** Mounted over {@code emptyDir}; a container that runs goes on seeing what is below. */
    public static SmallDisk over(Path emptyDir, int mebibytes)
            throws IOException, InterruptedException {
        String options =
                "size=%dm,uid=%d,gid=%d,mode=2777".formatted(mebibytes, RUNTIME_USER, RUNTIME_USER);
        run("mount", "-t", "tmpfs", "-o", options, "weir-small-disk", emptyDir.toString());
        return new SmallDisk(emptyDir);
    }

    /** Writes until there is no room for another byte. */
    public void fill() throws IOException {
        byte[] block = new byte[BLOCK];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (free() > 0) {
                out.write(block);
            }
        } catch (IOException e) {
            if (free() > 0) {
                throw e;
            }
        }
    }

    /** Bytes that can still be written. */
    public long free() {
        try {
            return Files.getFileStore(place).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(place + " has gone", e);
        }
    }

    /** Bytes that are written. */
    public long used() {
        try {
            var store = Files.getFileStore(place);
            return store.getTotalSpace() - store.getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(place + " has gone", e);
        }
    }

    public void makeRoom() throws IOException {
        Files.delete(filler);
    }

    /** Detached, and gone once the last container that sees it has ended. */
    @Override
    public void close() throws IOException {
        try {
            // With the pod, the kubelet has taken it away already.
            if (Files.exists(place)) {
                run("umount", "--lazy", place.toString());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
    }
}
