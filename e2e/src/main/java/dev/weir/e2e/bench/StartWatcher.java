package dev.weir.e2e.bench;

import dev.weir.e2e.node.Await;
import dev.weir.e2e.node.Cluster;
import dev.weir.e2e.node.ControlPort;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sees a pod come up from outside: a watch finds its address, then its event stream is followed,
 * from the first instant at which it answers. Opened before the pod is asked for.
 */
final class StartWatcher implements Watcher<Pod>, AutoCloseable {

    private static final Duration RETRY = Duration.ofMillis(10);
    private static final Duration STREAM_BOUND = Duration.ofMinutes(5);

    private final AtomicBoolean following = new AtomicBoolean();
    private final CompletableFuture<Instant> held = new CompletableFuture<>();
    private final CompletableFuture<Instant> running = new CompletableFuture<>();
    private final CompletableFuture<Instant> checkpoint = new CompletableFuture<>();
    private volatile boolean closed;
    private Watch watch;

    private StartWatcher() {}

    static StartWatcher ofJob(Cluster cluster, String namespace, String job) {
        return open(cluster.client().pods().inNamespace(namespace).withLabel("weir.dev/job", job));
    }

    static StartWatcher ofPod(Cluster cluster, String namespace, String pod) {
        return open(cluster.client().pods().inNamespace(namespace).withField("metadata.name", pod));
    }

    Instant awaitHeld(Duration bound) {
        return await(held, "Held", bound);
    }

    Instant awaitRunning(Duration bound) {
        return await(running, "Running", bound);
    }

    Instant awaitFirstCheckpoint(Duration bound) {
        return await(checkpoint, "a checkpoint", bound);
    }

    /** When the pod was first seen Held, or further than that. */
    Instant held() {
        return held.join();
    }

    @Override
    public void eventReceived(Action action, Pod pod) {
        String address = pod.getStatus() == null ? null : pod.getStatus().getPodIP();
        if (address != null && following.compareAndSet(false, true)) {
            Thread.ofVirtual()
                    .name("watcher-of-" + pod.getMetadata().getName())
                    .start(() -> follow(address));
        }
    }

    @Override
    public void onClose(WatcherException cause) {
        running.completeExceptionally(cause);
    }

    @Override
    public void close() {
        closed = true;
        watch.close();
    }

    private static StartWatcher open(FilterWatchListDeletable<Pod, PodList, PodResource> pods) {
        StartWatcher watcher = new StartWatcher();
        watcher.watch = pods.watch(watcher);
        return watcher;
    }

    private void follow(String address) {
        try (ControlPort port = new ControlPort(address)) {
            while (!closed && !checkpoint.isDone()) {
                port.follow(this::note, STREAM_BOUND);
                Await.pass(RETRY);
            }
        }
    }

    /**
     * Notes what a snapshot shows for the first time; the stream is followed to the first
     * checkpoint.
     */
    private Optional<Boolean> note(RuntimeView view) {
        Instant now = Instant.now();
        switch (view.state()) {
            case RuntimeState.Preparing _, RuntimeState.Unfit _ -> {}
            case RuntimeState.Running _ -> {
                held.complete(now);
                running.complete(now);
            }
            case RuntimeState.Held _,
                    RuntimeState.Activating _,
                    RuntimeState.Recovering _,
                    RuntimeState.Stopping _,
                    RuntimeState.GaveUp _,
                    RuntimeState.Ended _ ->
                    held.complete(now);
        }
        if (view.checkpoint().isPresent()) {
            checkpoint.complete(now);
        }
        return closed || checkpoint.isDone() ? Optional.of(true) : Optional.empty();
    }

    private static Instant await(CompletableFuture<Instant> seen, String what, Duration bound) {
        try {
            return seen.get(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IllegalStateException("the pod was not seen to reach " + what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + what, e);
        }
    }
}
