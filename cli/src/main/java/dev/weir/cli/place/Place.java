package dev.weir.cli.place;

import dev.weir.operator.wake.JobKey;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where StreamJobs live, as the verbs see it: a Kubernetes cluster, or the local world. Every call
 * ends within a bound of its own, and keeps these rules.
 *
 * <ol>
 *   <li>What can't be reached is said by {@link UnreachableException}, and never taken for "none".
 *   <li>What the place won't do, other than for what a document says, is said by {@link
 *       DeniedException}.
 *   <li>A document is taken as a whole or not at all, and refused for every problem, not the first.
 *       A field that the schema does not have is a problem.
 *   <li>Only the spec, labels and annotations of a job come from a document; everything else is the
 *       place's own.
 * </ol>
 */
public interface Place extends AutoCloseable {

    /** Annotation of a pod with the address of Flink's UI, where it can be reached from here. */
    String FLINK_UI = "weir.dev/flink-ui";

    /** For people, such as {@code the local world in /data/weir/local}. */
    String title();

    /** The namespace of what names none. */
    String defaultNamespace();

    /** The jobs that are there now, by namespace and name. */
    List<JobDocument> jobs(Scope scope);

    /** The job as it is now; empty: there is none. */
    default Optional<JobDocument> job(JobKey key) {
        return jobs(new Scope.One(key)).stream().findFirst();
    }

    /**
     * Creates the job; or gives the one that is there this spec, and these labels and annotations
     * besides those that it has. A job that is being deleted takes nothing more: that is denied.
     */
    Admitted apply(JobDocument document);

    /**
     * Gives the job that is there exactly this spec, these labels and annotations.
     *
     * @param generation the one that was edited; at any other, the edit is overtaken
     */
    Admitted replace(JobDocument edited, long generation);

    /** Asks for the job's deletion; false: there is none. Its finalizer ends later. */
    boolean delete(JobKey key);

    /** Of the job and its pods, oldest first. */
    List<Event> events(JobKey key);

    /** The job's pods, oldest first. */
    List<Pod> pods(JobKey key);

    /**
     * Hands over the pod's log line by line, from the beginning of what is kept.
     *
     * @param tail only so many of the newest lines
     * @param follow go on until the pod is gone or the thread is interrupted
     * @param line says whether it wants more
     */
    void logs(Pod pod, Optional<Integer> tail, boolean follow, Predicate<String> line);

    /**
     * Hands over each state of the jobs that is there or comes. A single job that is not there is
     * shown as gone at once.
     *
     * @param within how long it may take; empty: until the thread is interrupted
     * @return whether {@code seen} said in time that it is enough
     */
    boolean watch(Scope scope, Optional<Duration> within, Sight seen);

    @Override
    void close();

    /** What a watch shows. */
    @FunctionalInterface
    interface Sight {

        /**
         * @param job as it now is; empty: it is gone
         * @return whether the watcher has seen enough
         */
        boolean sees(JobKey key, Optional<JobDocument> job);
    }
}
