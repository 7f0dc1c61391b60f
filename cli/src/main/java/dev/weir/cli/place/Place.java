package dev.weir.cli.place;

import dev.weir.crds.StreamJob;
import dev.weir.ledger.Seen;
import dev.weir.operator.wake.JobKey;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where StreamJobs live, as the verbs see it: a Kubernetes cluster, or the local world. Every call
 * ends within a bound of its own; what can't be reached is said by {@link UnreachableException},
 * and never taken for "none".
 */
public interface Place extends AutoCloseable {

    /** For people, such as {@code the local world in .weir/local}. */
    String title();

    /** The namespace of what names none. */
    String defaultNamespace();

    /** Jobs of a namespace, or of all; by namespace and name. */
    List<StreamJob> jobs(Optional<String> namespace);

    /** Present or Absent. */
    Seen<StreamJob> job(JobKey key);

    /** Creates the job, or replaces the spec (and labels, annotations) of the one that is there. */
    Admitted apply(StreamJob job);

    /** Asks for the job's deletion; false: there is none. Its finalizer ends later. */
    boolean delete(JobKey key);

    /** Of the job and its pods, oldest first. */
    List<Event> events(JobKey key);

    /** The job's pods, oldest first. */
    List<Pod> pods(JobKey key);

    /**
     * Hands over the pod's log line by line, from its beginning; {@code follow} goes on until the
     * pod is gone or the thread is interrupted.
     */
    void logs(Pod pod, boolean follow, Consumer<String> line);

    /**
     * Hands over each state of the jobs of a namespace, or of all, that is there or comes, until
     * {@code seen} says that it is enough.
     *
     * @param within how long it may take; empty: until the thread is interrupted
     * @return whether {@code seen} said so in time
     */
    boolean watch(Optional<String> namespace, Optional<Duration> within, Sight seen);

    @Override
    void close();

    /** What a watch shows. */
    @FunctionalInterface
    interface Sight {

        /**
         * @param job Present: as it now is; Absent: it is gone
         * @return whether the watcher has seen enough
         */
        boolean sees(JobKey key, Seen<StreamJob> job);
    }
}
