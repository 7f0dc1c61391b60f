package dev.weir.crds;

import java.util.List;
import java.util.Optional;

/**
 * The keys of Flink's configuration that Weir sets itself and therefore refuses in {@code spec.flinkConfiguration},
 * each by prefix and with the field to use instead. The validation rule of the schema is generated from this list.
 */
public final class OwnedFlinkKeys {

    private static final String NO_FIELD = "nothing: Weir decides it, leave it out";

    /** In the order in which a key is compared with them. */
    public static final List<Owned> ALL = List.of(
            new Owned("$internal.", NO_FIELD),
            new Owned("blob.", NO_FIELD),
            new Owned("cluster.", NO_FIELD),
            new Owned("env.", NO_FIELD),
            new Owned("events.", NO_FIELD),
            new Owned("execution.attached", NO_FIELD),
            new Owned("execution.checkpointing.", "spec.checkpoint"),
            new Owned("execution.job-", NO_FIELD),
            new Owned("execution.runtime-mode", NO_FIELD),
            new Owned("execution.savepoint", NO_FIELD),
            new Owned("execution.state-recovery.", NO_FIELD),
            new Owned("execution.target", NO_FIELD),
            new Owned("fs.", "spec.storage"),
            new Owned("high-availability", NO_FIELD),
            new Owned("io.tmp.dirs", NO_FIELD),
            new Owned("jobmanager.", "spec.resources"),
            new Owned("kubernetes.", NO_FIELD),
            new Owned("parallelism.default", "spec.parallelism"),
            new Owned("pipeline.classpaths", NO_FIELD),
            new Owned("pipeline.jars", NO_FIELD),
            new Owned("pipeline.name", "metadata.name"),
            new Owned("plugin.", NO_FIELD),
            new Owned("process.", NO_FIELD),
            new Owned("rest.", NO_FIELD),
            new Owned("restart-strategy", "spec.restart"),
            new Owned("s3.", "spec.storage"),
            new Owned("state.backend.incremental", "spec.state.incremental"),
            new Owned("state.backend.type", "spec.state.backend"),
            new Owned("state.checkpoints.", "spec.checkpoint"),
            new Owned("state.savepoints.", "spec.storage"),
            new Owned("table.exec.uid.", NO_FIELD),
            new Owned("taskmanager.cpu.", "spec.resources.cpu"),
            new Owned("taskmanager.host", NO_FIELD),
            new Owned("taskmanager.memory.", "spec.resources.memory"),
            new Owned("taskmanager.numberOfTaskSlots", "spec.parallelism"),
            new Owned("taskmanager.rpc.", NO_FIELD),
            new Owned("web.", NO_FIELD));

    private OwnedFlinkKeys() {}

    /** The entry that owns the key, if Weir owns it. */
    public static Optional<Owned> ownerOf(String key) {
        return ALL.stream().filter(owned -> key.startsWith(owned.prefix())).findFirst();
    }

    /** A prefix of keys, and what a user writes instead of them. */
    public record Owned(String prefix, String instead) {}
}
