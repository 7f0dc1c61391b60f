package dev.weir.runtime.it;

import dev.weir.protocol.CommandKeys;
import dev.weir.protocol.JobDescription;
import dev.weir.protocol.JobDescription.Backend;
import dev.weir.protocol.MemoryBudget;
import java.net.URI;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The job that these tests run: small, quick to checkpoint, quick to restart. */
final class Descriptions {

    private Descriptions() {}

    static JobDescription of(LocalS3 s3, KeyPair keys, Backend backend) {
        return new JobDescription(
                "ns",
                "life",
                "job-1",
                "rev-1",
                new JobDescription.Storage(
                        URI.create("s3://" + LocalS3.BUCKET + "/jobs/ns/life"),
                        "us-east-1",
                        Optional.of(s3.endpoint()),
                        true),
                new JobDescription.State(backend, backend == Backend.ROCKS_DB),
                new JobDescription.Checkpointing(
                        Duration.ofMillis(500), Duration.ZERO, Duration.ofMinutes(1), false, 3),
                new JobDescription.Restart(
                        Duration.ofMillis(100),
                        Duration.ofSeconds(1),
                        Optional.empty(),
                        Duration.ofMinutes(1)),
                1,
                MemoryBudget.of(1024L * 1024 * 1024, backend),
                Map.of(),
                List.of(CommandKeys.text(keys.getPublic())),
                1000);
    }
}
