package dev.weir.ledger;

import dev.weir.ledger.s3.S3Access;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.s3.S3Client;

/** Does what no rule of the ledger may: each fence is shown to find it. */
public final class PlantedRule {

    public Instant rule(S3Access access, TimeUnit unit) {
        try (S3Client client = access.client()) {
            return Instant.now().plus(client.serviceName().length(), unit.toChronoUnit());
        }
    }
}
