package dev.weir.simulation;

import dev.weir.operator.plan.PodView.Role;
import java.time.Instant;

/**
 * What a pod is made as.
 *
 * @param jobUid the StreamJob that owns it
 */
record PodIdentity(
        String name, String uid, String jobUid, Role role, String revision, Instant createdAt) {}
