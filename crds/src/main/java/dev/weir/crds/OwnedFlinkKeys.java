package dev.weir.crds;

import java.util.List;
import java.util.Optional;

/**
 * The keys of Flink's configuration that Weir sets itself and therefore refuses in {@code
 * spec.flinkConfiguration}, each by prefix and with the remedy. The validation rule of the schema
 * is generated from this list.
 */
public final class OwnedFlinkKeys {

    private static final String LEAVE_OUT = "leave it out";

    /** In the order in which a key is compared with them. */
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
                    new Owned("pipeline.jars", LEAVE_OUT),
                    new Owned("pipeline.name", set("metadata.name")),
                    new Owned("plugin.", LEAVE_OUT),
                    new Owned("process.", LEAVE_OUT),
                    new Owned("rest.", LEAVE_OUT),
                    new Owned("restart-strategy", set("spec.restart")),
                    new Owned("s3.", set("spec.storage")),
                    new Owned("state.backend.incremental", set("spec.state.incremental")),
                    new Owned("state.backend.type", set("spec.state.backend")),
                    new Owned("state.checkpoints.", set("spec.checkpoint")),
                    new Owned("state.savepoints.", set("spec.storage")),
                    new Owned("table.exec.uid.", LEAVE_OUT),
                    new Owned("taskmanager.cpu.", set("spec.resources.cpu")),
                    new Owned("taskmanager.host", LEAVE_OUT),
                    new Owned("taskmanager.memory.", set("spec.resources.memory")),
                    new Owned("taskmanager.numberOfTaskSlots", set("spec.parallelism")),
                    new Owned("taskmanager.rpc.", LEAVE_OUT),
                    new Owned("web.", LEAVE_OUT));

    private OwnedFlinkKeys() {}

    private static String set(String field) {
        return "set " + field + " instead";
    }

    /** The entry that owns the key, if Weir owns it. */
    public static Optional<Owned> ownerOf(String key) {
        return ALL.stream().filter(owned -> key.startsWith(owned.prefix())).findFirst();
    }

    /** A prefix of keys, and what a user does who wanted to set one. */
    public record Owned(String prefix, String remedy) {}
}
