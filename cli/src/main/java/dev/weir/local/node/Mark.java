package dev.weir.local.node;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which process a pod's is, written on the pod, so that a node that starts anew finds it. A pid is
 * given to another process in time, so the start is part of it.
 */
record Mark(long pid, Instant started) {

    private static final String ANNOTATION = "weir.dev/process";

    static Mark of(ProcessHandle process) {
        return new Mark(process.pid(), started(process));
    }

    static Optional<Mark> on(Pod pod) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        return Optional.ofNullable(annotations)
                .map(all -> all.get(ANNOTATION))
                .map(text -> text.split(" ", 2))
                .map(parts -> new Mark(Long.parseLong(parts[0]), Instant.parse(parts[1])));
    }

    /** The process, if it lives. */
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> started(process).equals(started));
    }

    void put(Pod pod) {
        Map<String, String> annotations = new HashMap<>(pod.getMetadata().getAnnotations());
        annotations.put(ANNOTATION, pid + " " + started);
        pod.getMetadata().setAnnotations(annotations);
    }

    static void remove(Pod pod) {
        Map<String, String> annotations = new HashMap<>(pod.getMetadata().getAnnotations());
        annotations.remove(ANNOTATION);
        pod.getMetadata().setAnnotations(annotations);
    }

    /** A system that tells no start times is trusted to give no pid twice in a session. */
    private static Instant started(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }
}
