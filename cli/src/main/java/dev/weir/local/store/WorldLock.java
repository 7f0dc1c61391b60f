package dev.weir.local.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One at a time, over threads and processes. What is done under it is short, so who waits for long
 * waits for a process that was stopped, and is told so.
 */
final class WorldLock {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** The system has no way to wait for a file's lock within a bound. */
    private static final Duration RETRY = Duration.ofMillis(2);

    /** A process can't wait for a file's lock that it holds itself, so its threads take turns. */
    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final Path file;
    private final ReentrantLock threads;

    WorldLock(Path file) {
        this.file = file.toAbsolutePath().normalize();
        this.threads = THREADS.computeIfAbsent(this.file, _ -> new ReentrantLock());
    }

    /** Work under the lock. */
    @FunctionalInterface
    interface Work<R> {
        R run() throws IOException;
    }

    <R> R with(Work<R> work) {
        try {
            if (!threads.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw held();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + file, e);
        }
        try (FileChannel channel =
                        FileChannel.open(
                                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = lock(channel)) {
            return work.run();
        } catch (IOException e) {
            throw new UncheckedIOException("the local world's files can't be changed: " + file, e);
        } finally {
            threads.unlock();
        }
    }

    private FileLock lock(FileChannel channel) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
            if (System.nanoTime() > deadline) {
                throw held();
            }
            LockSupport.parkNanos(RETRY.toNanos());
        }
    }

    private IllegalStateException held() {
        return new IllegalStateException(
                "another process holds "
                        + file
                        + " for "
                        + PATIENCE.toSeconds()
                        + " s already: look for a stopped weir process, and end it");
    }
}
