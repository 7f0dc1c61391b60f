package dev.weir.runtime.flink;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.PluginManager;
import org.apache.flink.core.plugin.PluginUtils;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.messages.webmonitor.ClusterOverview;
import org.apache.flink.runtime.rpc.exceptions.EndpointNotStartedException;
import org.apache.flink.runtime.taskexecutor.TaskExecutorResourceUtils;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.util.ExceptionUtils;

/**
 * Coordinator and worker in this JVM, with all slots registered and no job: what a held pod waits
 * with.
 */
public final class HeldEngine {

    private static final Duration ASK = Duration.ofSeconds(60);
    private static final Duration BOOT = Duration.ofMinutes(5);
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);
    private static final Executor SOON =
            CompletableFuture.delayedExecutor(10, TimeUnit.MILLISECONDS);

    private final DispatcherGateway dispatcher;
    private final int slots;

    private HeldEngine(DispatcherGateway dispatcher, int slots) {
        this.dispatcher = dispatcher;
        this.slots = slots;
    }

    /** Makes file systems known to Flink; needed before a program is compiled. */
    public static PluginManager fileSystems(Configuration settings) throws Exception {
        for (String directory : new String[] {"io.tmp.dirs", "process.working-dir"}) {
            Files.createDirectories(Path.of(settings.getString(directory, "")));
        }
        PluginManager none = PluginUtils.createPluginManagerFromRootFolder(settings);
        FileSystem.initialize(settings, none);
        return none;
    }

    /**
     * Boots both; returns when every slot is registered.
     *
     * @param lost told when the coordinator or the worker dies: the JVM must halt then (rule 13)
     */
    public static HeldEngine boot(
            Configuration settings,
            PluginManager plugins,
            Executor threads,
            Consumer<Throwable> lost)
            throws Exception {
        // Scheduler ticks are most of what a held JVM spends: 2.5 % of a core at Pekko's own 10 ms,
        // 1 % at this.
        System.setProperty("pekko.scheduler.tick-duration", "100ms");
        var entrypoint = new HeldEntrypoint(settings, lost);
        var worker =
                CompletableFuture.runAsync(() -> startWorker(settings, plugins, lost), threads);
        entrypoint.startCluster();
        entrypoint
                .getTerminationFuture()
                .whenComplete(
                        (status, failure) ->
                                lost.accept(
                                        new IllegalStateException(
                                                "The coordinator ended with " + status, failure)));
        DispatcherGateway dispatcher =
                entrypoint.gateway().get(BOOT.toMillis(), TimeUnit.MILLISECONDS);
        worker.get(BOOT.toMillis(), TimeUnit.MILLISECONDS);
        int slots = Integer.parseInt(settings.getString("taskmanager.numberOfTaskSlots", "1"));
        var engine = new HeldEngine(dispatcher, slots);
        engine.free(BOOT).get();
        return engine;
    }

    private static void startWorker(
            Configuration settings, PluginManager plugins, Consumer<Throwable> lost) {
        var own = new Configuration(settings);
        TaskExecutorResourceUtils.adjustForLocalExecution(own);
        try {
            var worker =
                    new TaskManagerRunner(
                            own, plugins, TaskManagerRunner::createTaskExecutorService);
            worker.start();
            worker.getTerminationFuture()
                    .whenComplete(
                            (result, failure) ->
                                    lost.accept(
                                            new IllegalStateException(
                                                    "The worker ended with " + result, failure)));
        } catch (Exception e) {
            throw new IllegalStateException("The worker does not start: " + e.getMessage(), e);
        }
    }

    /**
     * Done once no slot is missing or in use, failed if that takes too long. Slots come back within
     * milliseconds of the worker's start or a job's end; Flink has no push for it.
     */
    CompletableFuture<Void> free(Duration within) {
        return free(System.nanoTime() + within.toNanos());
    }

    private CompletableFuture<Void> free(long deadline) {
        return dispatcher
                .requestClusterOverview(ASK)
                .thenApply(ClusterOverview::getNumSlotsAvailable)
                .exceptionallyCompose(HeldEngine::none)
                .thenCompose(available -> available < slots ? again(deadline) : DONE);
    }

    private CompletableFuture<Void> again(long deadline) {
        return System.nanoTime() > deadline
                ? CompletableFuture.failedFuture(
                        new TimeoutException("The worker did not have " + slots + " slots in time"))
                : CompletableFuture.runAsync(() -> {}, SOON).thenCompose(_ -> free(deadline));
    }

    /** The gateway is known a moment before its endpoint takes messages. */
    private static CompletableFuture<Integer> none(Throwable failure) {
        return ExceptionUtils.findThrowable(failure, EndpointNotStartedException.class).isPresent()
                ? CompletableFuture.completedFuture(0)
                : CompletableFuture.failedFuture(failure);
    }

    /** Makes the client of a store, which takes as long as a warm start does; asks it nothing. */
    public static void open(URI store) throws IOException {
        FileSystem.get(store);
    }

    public DispatcherGateway dispatcher() {
        return dispatcher;
    }
}
