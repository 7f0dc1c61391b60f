package dev.weir.runtime.flink;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.PluginManager;
import org.apache.flink.core.plugin.PluginUtils;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
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

    private final DispatcherGateway dispatcher;

    private HeldEngine(DispatcherGateway dispatcher) {
        this.dispatcher = dispatcher;
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
        awaitSlots(
                dispatcher,
                Integer.parseInt(settings.getString("taskmanager.numberOfTaskSlots", "1")));
        return new HeldEngine(dispatcher);
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

    /** The worker registers within milliseconds of both being up; Flink has no push for it. */
    private static void awaitSlots(DispatcherGateway dispatcher, int wanted) throws Exception {
        long deadline = System.nanoTime() + BOOT.toNanos();
        while (System.nanoTime() < deadline) {
            if (availableSlots(dispatcher) >= wanted) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new IllegalStateException(
                "The worker did not register " + wanted + " slots within " + BOOT);
    }

    private static int availableSlots(DispatcherGateway dispatcher) throws Exception {
        try {
            return dispatcher
                    .requestClusterOverview(ASK)
                    .get(ASK.toMillis(), TimeUnit.MILLISECONDS)
                    .getNumSlotsAvailable();
        } catch (ExecutionException e) {
            // The gateway is known a moment before its endpoint takes messages.
            if (ExceptionUtils.findThrowable(e, EndpointNotStartedException.class).isPresent()) {
                return 0;
            }
            throw e;
        }
    }

    public DispatcherGateway dispatcher() {
        return dispatcher;
    }
}
