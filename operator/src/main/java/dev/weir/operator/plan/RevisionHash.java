package dev.weir.operator.plan;

import dev.weir.crds.ResourcesSpec;
import dev.weir.crds.StorageSpec;
import dev.weir.crds.StreamJobSpec;
import dev.weir.protocol.JobDescription.Checkpointing;
import dev.weir.protocol.JobDescription.Restart;
import dev.weir.protocol.JobDescription.State;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The hash of what the user wrote that changes the run.
 *
 * <ol>
 *   <li>Only values that differ from the schema's default go in, each under its own name: a field
 *       that a later version adds changes no hash while nobody sets it.
 *   <li>Values are read before they are hashed: {@code 60s} and {@code 1m} are the same revision.
 *   <li>Defaults of the operator (image, storage) are left out: installing a new operator restarts
 *       no job.
 * </ol>
 */
final class RevisionHash {

    private static final String VERSION = "1";

    private final Map<String, String> facts = new TreeMap<>();

    private RevisionHash() {}

    static String of(
            StreamJobSpec spec,
            String sql,
            State state,
            Checkpointing checkpoint,
            Restart restart,
            Map<String, String> flink) {
        var hash = new RevisionHash();
        hash.put("program.sql", sql, "");
        hash.put("image", spec.image(), null);
        hash.put("parallelism", spec.parallelism(), 1);
        hash.resources(Optional.ofNullable(spec.resources()));
        Optional.ofNullable(spec.storage()).ifPresent(hash::storage);
        hash.put("state.backend", state.backend().name(), "HASH_MAP");
        hash.put("state.incremental", state.incremental(), true);
        hash.put("checkpoint.interval", checkpoint.interval().toMillis(), 10_000L);
        hash.put("checkpoint.minPause", checkpoint.minPause().toMillis(), 0L);
        hash.put("checkpoint.timeout", checkpoint.timeout().toMillis(), 600_000L);
        hash.put("checkpoint.unaligned", checkpoint.unaligned(), false);
        hash.put("checkpoint.retain", checkpoint.retain(), 3);
        hash.put("restart.initialDelay", restart.initialDelay().toMillis(), 1_000L);
        hash.put("restart.maxDelay", restart.maxDelay().toMillis(), 60_000L);
        hash.put("restart.attempts", restart.attempts().orElse(0), 0);
        hash.put("restart.window", restart.window().toMillis(), 3_600_000L);
        flink.forEach((key, value) -> hash.put("flinkConfiguration." + key, value, null));
        return hash.digest();
    }

    private void resources(Optional<ResourcesSpec> resources) {
        put("resources.cpu", resources.map(r -> r.cpu()).orElse("1"), "1");
        put("resources.memory", resources.map(r -> r.memory()).orElse("1Gi"), "1Gi");
    }

    private void storage(StorageSpec storage) {
        put("storage.uri", storage.uri(), null);
        put("storage.region", storage.region(), "us-east-1");
        put("storage.endpoint", storage.endpoint(), null);
        put("storage.pathStyle", storage.pathStyle(), false);
        put("storage.credentialsSecret", storage.credentialsSecret(), null);
    }

    private void put(String name, Object value, Object byDefault) {
        if (value != null && !value.equals(byDefault)) {
            facts.put(name, value.toString());
        }
    }

    private String digest() {
        var parts = new ArrayList<String>();
        parts.add(VERSION);
        facts.forEach(
                (name, value) -> {
                    parts.add(name);
                    parts.add(value);
                });
        return Names.digest(parts.toArray(String[]::new));
    }
}
