package dev.weir.operator.plan;

import dev.weir.protocol.SavepointFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a Savepoint resource asks for.
 *
 * @param uid of the resource: names its files, so that every attempt finds what another left
 * @param job name of the StreamJob, in the same namespace
 * @param generation of the resource
 * @param erase whether its deletion deletes its files
 * @param patience how long it is waited for while it cannot be begun
 * @param finalizer whether ours stands on it
 * @param deletionAsked when the resource was deleted
 */
public record WantedSavepoint(
        String uid,
        String job,
        long generation,
        SavepointFormat format,
        boolean erase,
        Duration patience,
        boolean finalizer,
        Optional<Instant> deletionAsked) {}
