package dev.weir.protocol;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The keys of Flink's configuration that Weir owns: one list for {@code spec.flinkConfiguration},
 * for the schema's rules about it, and for what a program sets. A key that is silently overridden
 * would leave the user with a job other than the one they wrote, so it is refused, by its name and
 * with what to do instead.
 */
public final class OwnedFlinkKeys {

    private static final String LEAVE_OUT = "leave it out";

    /** Refused wherever it is set. The schema has one rule for each remedy, so there are few. */
    public static final List<Owned> ALL =
            List.of(
                    new Owned("$internal.", LEAVE_OUT),
                    new Owned("blob.", LEAVE_OUT),
                    new Owned("cluster.", LEAVE_OUT),
                    new Owned("env.", LEAVE_OUT),
                    new Owned("events.", LEAVE_OUT),
                    new Owned("execution.attached", LEAVE_OUT),
                    new Owned("execution.checkpointing.", set("spec.checkpoint")),
                    new Owned("execution.job-", LEAVE_OUT),
                    new Owned("execution.runtime-mode", LEAVE_OUT),
                    new Owned("execution.savepoint", LEAVE_OUT),
                    new Owned("execution.state-recovery.", LEAVE_OUT),
                    new Owned("execution.target", LEAVE_OUT),
                    new Owned("fs.", set("spec.storage")),
                    new Owned("high-availability", LEAVE_OUT),
                    new Owned("io.tmp.dirs", LEAVE_OUT),
                    new Owned("jobmanager.", set("spec.resources")),
                    new Owned("kubernetes.", LEAVE_OUT),
                    new Owned("parallelism.default", set("spec.parallelism")),
                    new Owned("pipeline.classpaths", LEAVE_OUT),
                    new Owned("pipeline.fixed-job-id", LEAVE_OUT),
                    new Owned("pipeline.jars", LEAVE_OUT),
                    new Owned("pipeline.name", set("metadata.name")),
                    new Owned("plugin.", LEAVE_OUT),
                    new Owned("process.", LEAVE_OUT),
                    new Owned("rest.", LEAVE_OUT),
                    new Owned("restart-strategy", set("spec.restart")),
                    new Owned("s3.", set("spec.storage")),
                    new Owned("state.backend.incremental", set("spec.state.incremental")),
                    new Owned("state.backend.type", set("spec.state.backend")),
                    new Owned("state.checkpoint", set("spec.checkpoint")),
                    new Owned("state.savepoints.", set("spec.storage")),
                    new Owned("table.exec.resource.default-parallelism", set("spec.parallelism")),
                    new Owned("table.exec.uid.", LEAVE_OUT),
                    new Owned("table.dml-sync", LEAVE_OUT),
                    new Owned("taskmanager.cpu.", set("spec.resources.cpu")),
                    new Owned("taskmanager.host", LEAVE_OUT),
                    new Owned("taskmanager.memory.", set("spec.resources.memory")),
                    new Owned("taskmanager.numberOfTaskSlots", set("spec.parallelism")),
                    new Owned("taskmanager.rpc.", LEAVE_OUT),
                    new Owned("web.", LEAVE_OUT));

    /** Better advice about keys that {@link #ALL} holds, for where there is room to give it. */
    static final List<Owned> CLOSER =
            List.of(
                    new Owned("execution.checkpointing.interval", set("spec.checkpoint.interval")),
                    new Owned("execution.checkpointing.timeout", set("spec.checkpoint.timeout")),
                    new Owned("execution.checkpointing.min-pause", set("spec.checkpoint.minPause")),
                    new Owned(
                            "execution.checkpointing.mode",
                            LEAVE_OUT + ", as checkpoints are exactly-once"),
                    new Owned(
                            "execution.checkpointing.unaligned", set("spec.checkpoint.unaligned")),
                    new Owned(
                            "execution.checkpointing.num-retained", set("spec.checkpoint.retain")),
                    new Owned("execution.checkpointing.incremental", set("spec.state.incremental")),
                    new Owned("execution.runtime-mode", LEAVE_OUT + ", as jobs are streaming jobs"),
                    new Owned(
                            "execution.state-recovery.",
                            LEAVE_OUT + ", as the job's ledger decides what it goes on from"),
                    new Owned(
                            "high-availability",
                            LEAVE_OUT + ", as the job's ledger is its high availability"),
                    new Owned(
                            "table.exec.uid.",
                            LEAVE_OUT + ", as the runtime gives operators their ids"));

    /** Cluster-wide keys, which {@code spec.flinkConfiguration} may hold: a script is too late. */
    private static final List<Owned> TOO_LATE_IN_A_PROGRAM =
            List.of(
                    new Owned("state.backend", set("spec.state or spec.flinkConfiguration")),
                    new Owned("taskmanager.", set("spec.resources or spec.flinkConfiguration")));

    private OwnedFlinkKeys() {}

    private static String set(String field) {
        return "set " + field + " instead";
    }

    /** What owns the key in {@code spec.flinkConfiguration}, if Weir does. */
    public static Optional<Owned> inConfiguration(String key) {
        return first(key, ALL).map(owned -> first(key, CLOSER).orElse(owned));
    }

    /** What owns the key in a program's own settings, if Weir does. */
    public static Optional<Owned> inProgram(String key) {
        return inConfiguration(key).or(() -> first(key, TOO_LATE_IN_A_PROGRAM));
    }

    /** Everything that a user can be told to do instead. */
    static Stream<String> remedies() {
        return Stream.of(ALL, CLOSER, TOO_LATE_IN_A_PROGRAM)
                .flatMap(List::stream)
                .map(Owned::remedy);
    }

    private static Optional<Owned> first(String key, List<Owned> among) {
        return among.stream().filter(owned -> key.startsWith(owned.prefix())).findFirst();
    }

    /** A prefix of keys, and what a user does who wanted to set one. */
    public record Owned(String prefix, String remedy) {}
}
