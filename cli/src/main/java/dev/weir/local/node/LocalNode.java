package dev.weir.local.node;

import dev.weir.cli.place.Place;
import dev.weir.local.store.Edit;
import dev.weir.local.store.Key;
import dev.weir.local.store.Kind;
import dev.weir.local.store.ResourceFiles;
import dev.weir.local.store.ResourceWatch;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs pods as processes of this machine: what the kubelet is to a cluster.
 *
 * <ol>
 *   <li>All decisions are taken on one thread, each from the pod's file and the process as they are
 *       then; an event only says which pod to look at.
 *   <li>A process outlives the node. It is written on its pod, and a node that starts anew finds it
 *       there and goes on with it.
 *   <li>A pod has at most one process, and a pod that is deleted goes when its process is gone.
 *   <li>A process that ends is started again in place, by the rules of {@link ContainerHistory}.
 * </ol>
 */
public final class LocalNode implements AutoCloseable {

    /** All pods share the machine's loopback interface, each with ports of its own. */
    public static final String ADDRESS = "127.0.0.1";

    private static final Logger LOG = LoggerFactory.getLogger(LocalNode.class);
    private static final Duration PROBE_PERIOD = Duration.ofSeconds(1);

    private final ResourceFiles files;
    private final RuntimeInstall runtime;
    private final String image;
    private final Path home;
    private final InstantSource clock;
    private final Probes probes = new Probes();
    private final Map<String, Running> running = new HashMap<>();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("node").factory());
    private ResourceWatch watch;

    /** A process that is known to this node, and how it was last. */
    private static final class Running {
        private final Key key;
        private final ProcessHandle process;

        /** Only of a child of this node is the exit code known. */
        private final Optional<Process> child;

        private Probes.Health health = Probes.Health.NEW;
        private boolean ending;

        private Running(Key key, ProcessHandle process, Optional<Process> child) {
            this.key = key;
            this.process = process;
            this.child = child;
        }

        private boolean alive() {
            return child.map(Process::isAlive).orElseGet(process::isAlive);
        }

        private Optional<Integer> code() {
            return child.map(Process::exitValue);
        }
    }

    /**
     * @param image the one that {@code runtime} stands for
     */
    public LocalNode(
            ResourceFiles files,
            RuntimeInstall runtime,
            String image,
            Path home,
            InstantSource clock) {
        this.files = files;
        this.runtime = runtime;
        this.image = image;
        this.home = home.toAbsolutePath();
        this.clock = clock;
    }

    /** The process of a pod, if it has one that lives. */
    public static Optional<ProcessHandle> findProcess(Pod pod) {
        return Mark.on(pod).flatMap(Mark::process);
    }

    /** The processes of all pods, found by what is written on them. */
    public static List<ProcessHandle> allProcesses(ResourceFiles files) {
        return files.list(Kind.PODS).stream().flatMap(pod -> findProcess(pod).stream()).toList();
    }

    /** Takes up the pods that are there, and follows what comes. */
    public void start() {
        watch =
                ResourceWatch.start(
                        files,
                        List.of(Kind.PODS, Kind.CONFIG_MAPS, Kind.SECRETS),
                        (kind, key) -> {
                            if (kind.equals(Kind.PODS)) {
                                soon(key);
                            } else {
                                files.keys(Kind.PODS).forEach(this::soon);
                            }
                        });
        files.keys(Kind.PODS).forEach(this::soon);
    }

    /** The node ends, its processes go on. */
    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
        thread.shutdownNow();
        probes.close();
    }

    private void soon(Key key) {
        later(key, Duration.ZERO);
    }

    private void later(Key key, Duration pause) {
        if (!thread.isShutdown()) {
            thread.schedule(() -> lookSafely(key), pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void lookSafely(Key key) {
        try {
            look(key);
        } catch (RuntimeException | IOException e) {
            LOG.warn("Pod {} could not be seen to; it is tried again", key, e);
            later(key, PROBE_PERIOD);
        }
    }

    private void look(Key key) throws IOException {
        Optional<Pod> found = files.get(Kind.PODS, key);
        if (found.isEmpty()) {
            running.values().stream()
                    .filter(left -> left.key.equals(key))
                    .forEach(left -> left.process.destroyForcibly());
            return;
        }
        Pod pod = found.get();
        Optional<Running> known = known(key, pod);
        boolean alive = known.filter(Running::alive).isPresent();
        if (pod.isMarkedForDeletion()) {
            if (alive) {
                end(pod, known.get());
            } else {
                remove(key, pod);
            }
        } else if (Mark.on(pod).isEmpty()) {
            startUnlessPausing(key, pod);
        } else if (!alive) {
            ended(key, pod, known.flatMap(Running::code));
        } else if (launch(pod, Ports.NONE) instanceof Launch.Ready ready) {
            folder(pod).secret(ready.secret());
        }
    }

    private Launch launch(Pod pod, Ports ports) {
        return Launch.of(
                pod,
                new Launch.Lookup(
                        name -> files.get(Kind.CONFIG_MAPS, name),
                        name -> files.get(Kind.SECRETS, name)),
                runtime,
                image,
                folder(pod).folder(),
                ports);
    }

    /** Rule 2. */
    private Optional<Running> known(Key key, Pod pod) {
        Optional<Running> known = Optional.ofNullable(running.get(pod.getMetadata().getUid()));
        return known.isPresent()
                ? known
                : Mark.on(pod)
                        .flatMap(Mark::process)
                        .map(process -> know(pod, new Running(key, process, Optional.empty())));
    }

    private Running know(Pod pod, Running known) {
        String uid = pod.getMetadata().getUid();
        running.put(uid, known);
        known.child
                .map(child -> child.onExit().thenApply(Process::toHandle))
                .orElseGet(known.process::onExit)
                .thenRun(() -> soon(known.key));
        later(PROBE_PERIOD, () -> probe(known.key, uid));
        return known;
    }

    private void startUnlessPausing(Key key, Pod pod) throws IOException {
        Instant due =
                ContainerHistory.endedAt(pod)
                        .map(at -> at.plus(ContainerHistory.pause(pod)))
                        .orElse(Instant.EPOCH);
        Instant now = clock.instant();
        if (due.isAfter(now)) {
            later(key, Duration.between(now, due));
            return;
        }
        Ports ports = Ports.free();
        switch (launch(pod, ports)) {
            case Launch.Refused(String reason, String message) -> refuse(key, reason, message);
            case Launch.Ready ready -> start(key, pod, ready, ports);
        }
    }

    private void refuse(Key key, String reason, String message) {
        change(
                key,
                pod -> {
                    var state = ContainerHistory.of(pod).map(c -> c.getState().getWaiting());
                    if (state.filter(w -> message.equals(w.getMessage())).isEmpty()) {
                        ContainerHistory.waiting(pod, reason, message);
                    }
                });
    }

    /** Rule 3: the mark is written before anything else can look at the pod on this thread. */
    private void start(Key key, Pod pod, Launch.Ready ready, Ports ports) throws IOException {
        PodFolder folder = folder(pod);
        folder.prepare(ready);
        ProcessBuilder builder =
                new ProcessBuilder(ready.command())
                        .directory(folder.folder().toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()))
                        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().clear();
        builder.environment().putAll(ready.environment());
        Process process = builder.start();
        Mark mark = Mark.of(process.toHandle());
        boolean marked =
                change(
                        key,
                        there -> {
                            mark.put(there);
                            there.getMetadata()
                                    .getAnnotations()
                                    .put(Place.FLINK_UI, "http://" + ADDRESS + ":" + ports.rest());
                            ContainerHistory.running(there, ports, clock.instant());
                        });
        if (!marked) {
            process.destroyForcibly();
            return;
        }
        know(pod, new Running(key, process.toHandle(), Optional.of(process)));
    }

    /** Rule 4. A pod that is deleted has its end noted as well: then it is removed. */
    private void ended(Key key, Pod pod, Optional<Integer> code) {
        running.remove(pod.getMetadata().getUid());
        change(
                key,
                there -> {
                    Mark.remove(there);
                    ContainerHistory.ended(there, code, clock.instant());
                });
        soon(key);
    }

    private void end(Pod pod, Running known) {
        boolean atOnce = pod.getMetadata().getDeletionGracePeriodSeconds() == 0;
        if (atOnce) {
            known.process.destroyForcibly();
        } else if (!known.ending) {
            known.process.destroy();
            later(
                    Duration.ofSeconds(pod.getMetadata().getDeletionGracePeriodSeconds()),
                    known.process::destroyForcibly);
        }
        known.ending = true;
    }

    private void remove(Key key, Pod pod) throws IOException {
        running.remove(pod.getMetadata().getUid());
        folder(pod).remove();
        files.change(Kind.PODS, key, _ -> new Edit.Remove<>());
    }

    private void probe(Key key, String uid) {
        Running known = running.get(uid);
        Optional<Pod> found = files.get(Kind.PODS, key);
        if (known == null || found.isEmpty()) {
            return;
        }
        probes.round(found.get(), known.health, PROBE_PERIOD)
                .thenAcceptAsync(health -> told(key, uid, known, health), thread);
    }

    private void told(Key key, String uid, Running known, Probes.Health health) {
        Optional<Pod> pod = files.get(Kind.PODS, key);
        if (running.get(uid) != known || pod.isEmpty()) {
            return;
        }
        known.health = health;
        if (ContainerHistory.ready(pod.get()) != health.ready()) {
            change(key, there -> ContainerHistory.ready(there, health.ready()));
        }
        if (health.over(pod.get())) {
            LOG.warn("Pod {} does not answer; its process is ended", key);
            known.process.destroyForcibly();
        }
        later(PROBE_PERIOD, () -> probe(key, uid));
    }

    private void later(Duration pause, Runnable task) {
        if (!thread.isShutdown()) {
            thread.schedule(task, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Whether the pod was there to be changed. */
    private boolean change(Key key, Consumer<Pod> change) {
        return files.change(
                        Kind.PODS,
                        key,
                        before ->
                                before.<Edit<Pod>>map(
                                                pod -> {
                                                    change.accept(pod);
                                                    return new Edit.Put<>(pod);
                                                })
                                        .orElseGet(Edit.Keep::new))
                .isPresent();
    }

    private PodFolder folder(Pod pod) {
        return PodFolder.of(home, pod.getMetadata().getName(), pod.getMetadata().getUid());
    }
}
