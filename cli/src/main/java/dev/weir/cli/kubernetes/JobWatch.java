package dev.weir.cli.kubernetes;

import dev.weir.cli.place.JobDocument;
import dev.weir.cli.place.Place.Sight;
import dev.weir.cli.place.Scope;
import dev.weir.cli.place.UnreachableException;
import dev.weir.operator.wake.JobKey;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One watch of jobs: a list, then the changes since, and from the begin again whenever the stream
 * ends, as API servers end it every few minutes.
 *
 * <ol>
 *   <li>A state is shown once, however often it is listed.
 *   <li>A job that was deleted while no stream was open is shown as gone by the next list.
 *   <li>A first list that fails is the caller's to know; what fails later is tried again for a
 *       while, as a server that restarts comes back.
 * </ol>
 */
final class JobWatch {

    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final JobStream stream;
    private final Scope scope;
    private final Sight sight;
    private final Duration patience;
    private final Map<JobKey, String> shown = new HashMap<>();
    private long lastAnswer;

    /**
     * @param patience with a server that does not answer any more
     */
    JobWatch(JobStream stream, Scope scope, Sight sight, Duration patience) {
        this.stream = stream;
        this.scope = scope;
        this.sight = sight;
        this.patience = patience;
    }

    /** Lists and streams; its calls throw what the port's calls throw. */
    interface JobStream {

        Listed list();

        AutoCloseable open(String sinceVersion, Watcher<GenericKubernetesResource> watcher);
    }

    /**
     * @param version of the list as a whole, from which a stream goes on
     */
    record Listed(Map<JobKey, JobDocument> jobs, String version) {}

    /** What comes out of a stream. */
    private sealed interface Signal {
        record Is(JobDocument job) implements Signal {}

        record Gone(JobKey key) implements Signal {}

        record Ended() implements Signal {}
    }

    /** What became of the watch, or of one stream of it. */
    private enum Course {
        ENOUGH,
        TIME_IS_UP,
        GO_ON
    }

    /**
     * @return whether the sight has seen enough
     */
    boolean run(Optional<Duration> within) {
        var end = within.map(span -> System.nanoTime() + span.toNanos());
        var first = stream.list();
        try {
            var course = followPatiently(() -> first, end);
            while (course == Course.GO_ON) {
                course = pause(end) ? followPatiently(stream::list, end) : Course.TIME_IS_UP;
            }
            return course == Course.ENOUGH;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Course followPatiently(Supplier<Listed> list, Optional<Long> end)
            throws InterruptedException {
        try {
            var listed = list.get();
            lastAnswer = System.nanoTime();
            return follow(listed, end);
        } catch (UnreachableException e) {
            if (System.nanoTime() - lastAnswer > patience.toNanos()) {
                throw e;
            }
            return Course.GO_ON;
        }
    }

    private Course follow(Listed listed, Optional<Long> end) throws InterruptedException {
        if (show(listed)) {
            return Course.ENOUGH;
        }
        var signals = new LinkedBlockingQueue<Signal>();
        var open = stream.open(listed.version(), new Ear(signals));
        try {
            return follow(signals, end);
        } finally {
            close(open);
        }
    }

    private Course follow(BlockingQueue<Signal> signals, Optional<Long> end)
            throws InterruptedException {
        while (true) {
            var next = next(signals, end);
            if (next.isEmpty()) {
                return Course.TIME_IS_UP;
            }
            switch (next.get()) {
                case Signal.Is(var job) -> {
                    if (show(job)) {
                        return Course.ENOUGH;
                    }
                }
                case Signal.Gone(var key) -> {
                    shown.remove(key);
                    if (sight.sees(key, Optional.empty())) {
                        return Course.ENOUGH;
                    }
                }
                case Signal.Ended() -> {
                    lastAnswer = System.nanoTime();
                    return Course.GO_ON;
                }
            }
        }
    }

    private static Optional<Signal> next(BlockingQueue<Signal> signals, Optional<Long> end)
            throws InterruptedException {
        return end.isEmpty()
                ? Optional.of(signals.take())
                : Optional.ofNullable(
                        signals.poll(end.get() - System.nanoTime(), TimeUnit.NANOSECONDS));
    }

    private boolean show(Listed listed) {
        var gone = new HashSet<>(shown.keySet());
        gone.removeAll(listed.jobs().keySet());
        if (scope instanceof Scope.One(var key) && listed.jobs().isEmpty()) {
            gone.add(key);
        }
        shown.keySet().removeAll(gone);
        return gone.stream().anyMatch(key -> sight.sees(key, Optional.empty()))
                || listed.jobs().values().stream().anyMatch(this::show);
    }

    private boolean show(JobDocument job) {
        var before = shown.put(job.key(), job.version());
        return !job.version().equals(before) && sight.sees(job.key(), Optional.of(job));
    }

    /** A stream that ends at once must not be opened in a tight loop. False: time is up. */
    private static boolean pause(Optional<Long> end) throws InterruptedException {
        var left = end.map(at -> at - System.nanoTime()).orElse(Long.MAX_VALUE);
        TimeUnit.NANOSECONDS.sleep(Math.min(left, PAUSE.toNanos()));
        return left > 0;
    }

    private static void close(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception e) {
            throw new IllegalStateException("a watch that can't be closed", e);
        }
    }

    /** Puts what the client's thread hears where the caller's thread takes it. */
    private record Ear(BlockingQueue<Signal> signals)
            implements Watcher<GenericKubernetesResource> {

        @Override
        public void eventReceived(Action action, GenericKubernetesResource job) {
            switch (action) {
                case ADDED, MODIFIED -> signals.add(new Signal.Is(JobDocument.of(job)));
                case DELETED -> signals.add(new Signal.Gone(JobKey.of(job)));
                // The stream ends after an error, and a bookmark is no change.
                case ERROR, BOOKMARK -> {}
            }
        }

        @Override
        public void onClose() {
            signals.add(new Signal.Ended());
        }

        @Override
        public void onClose(WatcherException cause) {
            signals.add(new Signal.Ended());
        }
    }
}
