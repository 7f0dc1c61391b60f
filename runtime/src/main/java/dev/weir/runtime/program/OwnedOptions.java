package dev.weir.runtime.program;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Flink options that Weir owns. A program that sets one is refused, by the option's name, and
 * told which field of the resource to use: a setting that is silently overridden would leave the
 * user with a job other than the one they wrote.
 */
public final class OwnedOptions {

    /** Prefix of the option, and what to do instead. The first match counts. */
    private static final List<Map.Entry<String, String>> OWNED =
            List.of(
                    Map.entry("execution.checkpointing.interval", "Use spec.checkpoint.interval."),
                    Map.entry("execution.checkpointing.timeout", "Use spec.checkpoint.timeout."),
                    Map.entry("execution.checkpointing.min-pause", "Use spec.checkpoint.minPause."),
                    Map.entry(
                            "execution.checkpointing.mode",
                            "Remove it: checkpoints are exactly-once."),
                    Map.entry(
                            "execution.checkpointing.unaligned", "Use spec.checkpoint.unaligned."),
                    Map.entry(
                            "execution.checkpointing.num-retained", "Use spec.checkpoint.retain."),
                    Map.entry("execution.checkpointing.incremental", "Use spec.state.incremental."),
                    Map.entry("execution.checkpointing.", "Use the fields of spec.checkpoint."),
                    Map.entry("state.backend", "Use spec.state.backend."),
                    Map.entry("state.checkpoint", "Use spec.storage and spec.checkpoint."),
                    Map.entry("state.savepoints", "Use spec.storage."),
                    Map.entry(
                            "execution.state-recovery.",
                            "Remove it: the job's ledger decides what it goes on from."),
                    Map.entry("restart-strategy", "Use spec.restart."),
                    Map.entry("parallelism.default", "Use spec.parallelism."),
                    Map.entry("table.exec.resource.default-parallelism", "Use spec.parallelism."),
                    Map.entry("taskmanager.", "Use spec.resources."),
                    Map.entry("jobmanager.", "Use spec.resources."),
                    Map.entry("s3.", "Use spec.storage."),
                    Map.entry("fs.", "Use spec.storage."),
                    Map.entry(
                            "execution.target", "Remove it: the runtime decides where a job runs."),
                    Map.entry(
                            "execution.attached",
                            "Remove it: the runtime decides how a job is submitted."),
                    Map.entry("execution.runtime-mode", "Remove it: jobs are streaming jobs."),
                    Map.entry(
                            "table.dml-sync",
                            "Remove it: the runtime decides how a job is submitted."),
                    Map.entry(
                            "table.exec.uid.", "Remove it: the runtime gives operators their ids."),
                    Map.entry(
                            "high-availability",
                            "Remove it: the job's ledger is its high availability."),
                    Map.entry(
                            "pipeline.fixed-job-id",
                            "Remove it: each term of a job has its own id."),
                    Map.entry("$internal.", "Remove it."),
                    Map.entry("rest.", "Remove it: the runtime owns its ports."),
                    Map.entry("cluster.", "Remove it: the runtime owns its cluster."),
                    Map.entry("events.", "Remove it: the runtime reports events itself."));

    private OwnedOptions() {}

    /** Everything that a program can be told to do instead. */
    static List<String> remedies() {
        return OWNED.stream().map(Map.Entry::getValue).toList();
    }

    /** What to do instead of setting {@code key}; empty if a program may set it. */
    public static Optional<String> remedyFor(String key) {
        return OWNED.stream()
                .filter(owned -> key.startsWith(owned.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
