package dev.weir.operator.plan;

import dev.weir.ledger.Seen;
import dev.weir.protocol.RuntimeView;
import java.time.Instant;

/**
 * One pod of a job, as the API server and its own event stream tell of it.
 *
 * @param revision the revision that it was made for; empty for a storekeeper
 * @param terminating deleted, and not gone yet: it is no longer counted on, and may still run
 * @param runtime Absent before the first word from it; Unreachable once it has been silent for too
 *     long
 */
public record PodView(
        String name,
        String uid,
        Role role,
        String revision,
        Instant createdAt,
        boolean terminating,
        Health health,
        Seen<RuntimeView> runtime) {

    /** What a pod is for. */
    public enum Role {
        STANDALONE,
        STOREKEEPER
    }

    /** What the kubelet and the scheduler say of it. */
    public sealed interface Health {}

    /** Scheduled or about to be; its container has not started, or is not ready. */
    public record Starting() implements Health {}

    /** Its container runs and answers its probe. */
    public record Up() implements Health {}

    /** No node has room for it. */
    public record Unschedulable(String message) implements Health {}

    /** Its image can't be had. */
    public record NoImage(String message) implements Health {}

    /** Something that it refers to is missing; the kubelet goes on trying. */
    public record Misconfigured(String message) implements Health {}

    /** It ends soon after each start; the kubelet starts it again, after growing pauses. */
    public record Crashing(String message) implements Health {}

    /** It won't run again by itself in good time: ended, evicted, or backed off from too long. */
    public record Dead(String message) implements Health {}

    public PodRef ref() {
        return new PodRef(name, uid);
    }

    /** A pod by name, and by UID so that a later one of the same name is not meant. */
    public record PodRef(String name, String uid) {}
}
