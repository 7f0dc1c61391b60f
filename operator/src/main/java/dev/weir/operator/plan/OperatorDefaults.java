package dev.weir.operator.plan;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What the operator was installed with, for specs that leave it out.
 *
 * @param storage for jobs without {@code spec.storage}
 * @param image the runtime image
 * @param commandKeys public keys that pods obey, base64 X.509, the present one first
 * @param rollAfter slots of a ledger term after which its owner rolls (rule 7)
 */
public record OperatorDefaults(
        Optional<Storage> storage, String image, List<String> commandKeys, int rollAfter) {

    public OperatorDefaults {
        commandKeys = List.copyOf(commandKeys);
    }

    /**
     * @param uri {@code s3://bucket/prefix}, without a slash at its end
     */
    public record Storage(
            String uri,
            String region,
            Optional<URI> endpoint,
            boolean pathStyle,
            Optional<String> credentialsSecret) {}
}
