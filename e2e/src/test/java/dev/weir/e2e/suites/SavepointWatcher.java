package dev.weir.e2e.suites;

import dev.weir.e2e.node.ControlPort;
import dev.weir.protocol.RuntimeView;
import dev.weir.protocol.SavepointView;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Sees from outside when a pod is told to take a savepoint, and when it says that it is complete:
 * follows the pod's event stream from before the savepoint is asked for. One savepoint a watcher.
 */
final class SavepointWatcher {

    private static final Duration STREAM_BOUND = Duration.ofMinutes(2);

    private final int known;
    private final CompletableFuture<Instant> told = new CompletableFuture<>();
    private final CompletableFuture<Instant> complete = new CompletableFuture<>();

    private SavepointWatcher(int known) {
        this.known = known;
    }

    static SavepointWatcher of(String podIp) {
        try (ControlPort port = new ControlPort(podIp)) {
            int before = port.view().map(view -> view.savepoints().size()).orElseThrow();
            var watcher = new SavepointWatcher(before);
            Thread.ofVirtual().name("savepoint-watcher").start(() -> watcher.follow(podIp));
            return watcher;
        }
    }

    Instant told() throws Exception {
        return told.get(STREAM_BOUND.toSeconds(), TimeUnit.SECONDS);
    }

    Instant complete() throws Exception {
        return complete.get(STREAM_BOUND.toSeconds(), TimeUnit.SECONDS);
    }

    private void follow(String podIp) {
        try (ControlPort port = new ControlPort(podIp)) {
            port.follow(this::note, STREAM_BOUND);
        }
    }

    private Optional<Boolean> note(RuntimeView view) {
        Instant now = Instant.now();
        if (view.savepoints().size() > known) {
            told.complete(now);
            if (view.savepoints().getLast().progress() instanceof SavepointView.Complete) {
                complete.complete(now);
                return Optional.of(true);
            }
        }
        return Optional.empty();
    }
}
