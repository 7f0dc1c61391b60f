package dev.weir.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads a log that grows. */
final class LogReader {

    /** How long the end of what is followed may go unnoticed: it changes no log. */
    private static final long LOOK_AGAIN_MILLIS = 500;

    private LogReader() {}

    /**
     * Hands over each line that is there, and each that comes while {@code more} says so and {@code
     * line} wants it. A log that is not there yet has no lines.
     */
    static void read(
            Path log, Optional<Integer> tail, Predicate<String> line, BooleanSupplier more) {
        try (WatchService watch = log.getFileSystem().newWatchService()) {
            Files.createDirectories(log.getParent());
            log.getParent()
                    .register(
                            watch,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_MODIFY);
            while (!Files.exists(log)) {
                if (!more.getAsBoolean()) {
                    return;
                }
                await(watch);
            }
            long skipped = tail.isEmpty() ? 0 : Math.max(0, count(log) - tail.get());
            try (BufferedReader reader = Files.newBufferedReader(log)) {
                follow(reader, skipped, line, more, watch);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the log " + log + " can't be read", e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void follow(
            BufferedReader reader,
            long skipped,
            Predicate<String> line,
            BooleanSupplier more,
            WatchService watch)
            throws IOException, InterruptedException {
        for (long i = 0; i < skipped; i++) {
            reader.readLine();
        }
        while (true) {
            // Asked before the read, so that what was written before the end is told.
            boolean going = more.getAsBoolean();
            for (String next = reader.readLine(); next != null; next = reader.readLine()) {
                if (!line.test(next)) {
                    return;
                }
            }
            if (!going) {
                return;
            }
            await(watch);
        }
    }

    private static long count(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.count();
        }
    }

    private static void await(WatchService watch) throws InterruptedException {
        WatchKey changed = watch.poll(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        if (changed != null) {
            changed.pollEvents();
            changed.reset();
        }
    }
}
