package dev.weir.protocol;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a pod is made to run: {@code job.json} in its program ConfigMap, next to {@code
 * program.sql}. It never changes for a revision; what changes over time (who may run, from where)
 * comes by command and from the ledger.
 *
 * @param revision hash of all that changes the run
 * @param parallelism default parallelism of every operator
 * @param flinkConfiguration what the user added; keys that Weir owns were refused before
 * @param commandKeys public keys whose commands the pod obeys, base64 X.509, the present one first
 * @param rollAfter slots of a term after which the owner rolls (rule 7)
 */
public record JobDescription(
        String namespace,
        String name,
        String jobUid,
        String revision,
        Storage storage,
        State state,
        Checkpointing checkpoint,
        Restart restart,
        int parallelism,
        MemoryBudget memory,
        Map<String, String> flinkConfiguration,
        List<String> commandKeys,
        int rollAfter) {

    public JobDescription {
        flinkConfiguration = Map.copyOf(flinkConfiguration);
        commandKeys = List.copyOf(commandKeys);
    }

    /**
     * Where the job's ledger and state are.
     *
     * @param root the job's own root, {@code s3://bucket/prefix/namespace/name}, without a slash at
     *     the end
     * @param endpoint of an S3-compatible store; absent: AWS by region
     */
    public record Storage(URI root, String region, Optional<URI> endpoint, boolean pathStyle) {}

    public record State(Backend backend, boolean incremental) {}

    public enum Backend {
        HASH_MAP,
        ROCKS_DB
    }

    /**
     * @param retain how many completed checkpoints are kept
     */
    public record Checkpointing(
            Duration interval,
            Duration minPause,
            Duration timeout,
            boolean unaligned,
            int retain) {}

    /**
     * @param attempts failures within {@code window} after which the job is given up; absent: never
     */
    public record Restart(
            Duration initialDelay,
            Duration maxDelay,
            Optional<Integer> attempts,
            Duration window) {}
}
