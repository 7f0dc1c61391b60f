package dev.weir.runtime.flink;

import dev.weir.protocol.JobDescription;
import dev.weir.protocol.JobDescription.Backend;
import dev.weir.runtime.Surroundings;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;

/**
 * Flink's settings, from the job's description and the pod's surroundings. What a user added comes
 * first, so what Weir owns always wins.
 */
public final class EngineSettings {

    private EngineSettings() {}

    /**
     * Settings of the coordinator and the worker in this JVM. Holds credentials: never part of a
     * job's graph.
     */
    public static Configuration cluster(JobDescription job, Surroundings pod) {
        Configuration settings = job(job);
        addresses(settings, pod);
        scheduling(settings, job);
        memory(settings, job);
        store(settings, job, pod);
        settings.setString("io.tmp.dirs", pod.work().resolve("tmp").toString());
        settings.setString("process.working-dir", pod.work().resolve("flink").toString());
        settings.setString("events.reporters", "weir");
        settings.setString(
                "events.reporter.weir.factory.class", EngineEventReporter.Factory.class.getName());
        return settings;
    }

    /** Settings that travel with the job's graph. */
    public static Configuration job(JobDescription job) {
        var settings = new Configuration();
        job.flinkConfiguration().forEach(settings::setString);
        owned(settings, job);
        return settings;
    }

    /**
     * Settings of the throw-away job of the warm-up: the job's own without what a user added, with
     * all its files in a directory of this pod, and no checkpoint that is not asked for.
     */
    public static Configuration warmUp(JobDescription job, Path directory) {
        var settings = new Configuration();
        owned(settings, job);
        settings.setString("parallelism.default", "1");
        settings.setString("execution.checkpointing.dir", directory.toUri().toString());
        settings.setString("execution.checkpointing.interval", "1 d");
        settings.setString("execution.checkpointing.min-pause", "0 ms");
        settings.setString("execution.checkpointing.timeout", "1 min");
        return settings;
    }

    private static void owned(Configuration settings, JobDescription job) {
        settings.setString("parallelism.default", String.valueOf(job.parallelism()));
        settings.setString("state.backend.type", backend(job.state().backend()));
        settings.setString(
                "execution.checkpointing.incremental", String.valueOf(job.state().incremental()));
        settings.setString(
                "execution.checkpointing.storage",
                AppendingCheckpointStorage.Factory.class.getName());
        settings.setString("execution.checkpointing.dir", job.storage().root() + "/checkpoints");
        settings.setString("execution.checkpointing.mode", "EXACTLY_ONCE");
        settings.setString("execution.checkpointing.interval", millis(job.checkpoint().interval()));
        settings.setString(
                "execution.checkpointing.min-pause", millis(job.checkpoint().minPause()));
        settings.setString("execution.checkpointing.timeout", millis(job.checkpoint().timeout()));
        settings.setString(
                "execution.checkpointing.unaligned.enabled",
                String.valueOf(job.checkpoint().unaligned()));
        settings.setString(
                "execution.checkpointing.num-retained", String.valueOf(job.checkpoint().retain()));
        settings.setString(
                "execution.checkpointing.externalized-checkpoint-retention",
                "RETAIN_ON_CANCELLATION");
        // A store that fails once is no reason to replay; a job that can't checkpoint for long is
        // restarted.
        settings.setString("execution.checkpointing.tolerable-failed-checkpoints", "3");
        // Rule 13: a failed job is restarted by a claim of the next term, never by the engine.
        settings.setString("restart-strategy.type", "disable");
    }

    private static void addresses(Configuration settings, Surroundings pod) {
        settings.setString("jobmanager.rpc.address", "127.0.0.1");
        settings.setString("jobmanager.rpc.port", String.valueOf(pod.ports().rpc()));
        settings.setString("jobmanager.bind-host", "127.0.0.1");
        settings.setString("taskmanager.host", "127.0.0.1");
        settings.setString("taskmanager.bind-host", "127.0.0.1");
        settings.setString("rest.address", "127.0.0.1");
        settings.setString("rest.bind-address", "127.0.0.1");
        settings.setString("rest.port", String.valueOf(pod.ports().rest()));
        settings.setString("web.submit.enable", "false");
        settings.setString("web.cancel.enable", "false");
        settings.setString("web.rescale.enable", "false");
    }

    /** The engine's defaults spare a shared cluster; here a handful of slots is already there. */
    private static void scheduling(Configuration settings, JobDescription job) {
        settings.setString("high-availability.type", "NONE");
        settings.setString("jobmanager.scheduler", "adaptive");
        settings.setString(
                "jobmanager.adaptive-scheduler.submission.resource-stabilization-timeout", "0 ms");
        settings.setString("completed-application-store.max-capacity", "4");
        settings.setString("cluster.registration.error-delay", "200 ms");
        settings.setString("slot.request.max-interval", "1 ms");
        settings.setString("slotmanager.requirement-check.delay", "1 ms");
        settings.setString("slotmanager.declare-needed-resource.delay", "1 ms");
        settings.setString("taskmanager.numberOfTaskSlots", String.valueOf(job.parallelism()));
        // An append may hold the coordinator for as long as rule 1's bound; that is no reason to
        // lose the worker.
        settings.setString("pekko.ask.timeout", "60 s");
    }

    private static void memory(Configuration settings, JobDescription job) {
        String network = job.memory().network() + " b";
        settings.setString("taskmanager.memory.network.min", network);
        settings.setString("taskmanager.memory.network.max", network);
        settings.setString("taskmanager.memory.managed.size", job.memory().managed() + " b");
    }

    private static void store(Configuration settings, JobDescription job, Surroundings pod) {
        var storage = job.storage();
        settings.setString("s3.region", storage.region());
        storage.endpoint()
                .ifPresent(endpoint -> settings.setString("s3.endpoint", endpoint.toString()));
        settings.setString("s3.path-style-access", String.valueOf(storage.pathStyle()));
        pod.credentials()
                .ifPresent(
                        credentials -> {
                            settings.setString("s3.access-key", credentials.accessKey());
                            settings.setString("s3.secret-key", credentials.secretKey());
                        });
    }

    private static String backend(Backend backend) {
        return switch (backend) {
            case HASH_MAP -> "hashmap";
            case ROCKS_DB -> "rocksdb";
        };
    }

    private static String millis(Duration duration) {
        return duration.toMillis() + " ms";
    }
}
