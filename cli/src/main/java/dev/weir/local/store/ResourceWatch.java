package dev.weir.local.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells of each change of the resources, by whatever process: kind and key alone, as the listener
 * looks for itself. Where the system lost changes, all resources are told of. A change may be told
 * more than once, and several as one.
 */
public final class ResourceWatch implements AutoCloseable {

    /** Hears of changes, on a thread of the watch; it must be quick. */
    @FunctionalInterface
    public interface Listener {
        void changed(Kind<?> kind, Key key);
    }

    private final ResourceFiles files;
    private final Listener listener;
    private final WatchService watch;
    private final Map<WatchKey, Kind<?>> kinds = new HashMap<>();

    private ResourceWatch(ResourceFiles files, Listener listener, WatchService watch) {
        this.files = files;
        this.listener = listener;
        this.watch = watch;
    }

    /** Changes after the return are told; what is there before is not. */
    public static ResourceWatch start(ResourceFiles files, List<Kind<?>> kinds, Listener listener) {
        try {
            Path root = files.folder(kinds.getFirst());
            var watch = new ResourceWatch(files, listener, root.getFileSystem().newWatchService());
            for (Kind<?> kind : kinds) {
                watch.kinds.put(
                        files.folder(kind)
                                .register(
                                        watch.watch,
                                        StandardWatchEventKinds.ENTRY_CREATE,
                                        StandardWatchEventKinds.ENTRY_MODIFY,
                                        StandardWatchEventKinds.ENTRY_DELETE),
                        kind);
            }
            Thread.ofPlatform().daemon().name("resource-watch").start(watch::run);
            return watch;
        } catch (IOException e) {
            throw new UncheckedIOException("the local world's files can't be watched", e);
        }
    }

    private void run() {
        try {
            while (true) {
                WatchKey key = watch.take();
                for (WatchEvent<?> event : key.pollEvents()) {
                    tell(kinds.get(key), event);
                }
                key.reset();
            }
        } catch (ClosedWatchServiceException _) {
            // Nobody listens any more.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Kind<?> kind, WatchEvent<?> event) {
        if (event.kind() == StandardWatchEventKinds.OVERFLOW) {
            files.keys(kind).forEach(key -> listener.changed(kind, key));
        } else if (event.context() instanceof Path file && Key.names(file.toString())) {
            listener.changed(kind, Key.ofFile(file.toString()));
        }
    }

    @Override
    public void close() {
        try {
            watch.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the watch of the local world did not close", e);
        }
    }
}
