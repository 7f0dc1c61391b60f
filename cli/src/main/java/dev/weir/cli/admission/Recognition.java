package dev.weir.cli.admission;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * Whether a manifest is of a kind that we have. On a cluster kubectl finds that out before it asks
 * the API server, so the words are kubectl's.
 */
final class Recognition {

    private Recognition() {}

    /** Why it can't be handed on to the API server; empty: it can. */
    static Optional<String> problem(ResourceKind ours, JsonNode manifest) {
        if (!manifest.isObject()) {
            return Optional.of("invalid object to validate");
        }
        return unset(manifest, "kind")
                .or(() -> unset(manifest, "apiVersion"))
                .or(() -> unmatched(ours, manifest))
                .or(() -> generated(manifest.path("metadata")));
    }

    private static Optional<String> unset(JsonNode manifest, String field) {
        var value = manifest.path(field);
        if (value.isMissingNode()
                || value.isNull()
                || value.isTextual() && value.asText().isEmpty()) {
            return Optional.of(field + " not set");
        }
        return value.isTextual() ? Optional.empty() : Optional.of(field + " isn't string type");
    }

    private static Optional<String> unmatched(ResourceKind ours, JsonNode manifest) {
        var version = manifest.path("apiVersion").textValue();
        var kind = manifest.path("kind").textValue();
        if (version.chars().filter(c -> c == '/').count() > 1) {
            return Optional.of("unexpected GroupVersion string: " + version);
        }
        return version.equals(ours.apiVersion()) && kind.equals(ours.kind())
                ? Optional.empty()
                : Optional.of(
                        "no matches for kind %s in version %s"
                                .formatted(GoText.quote(kind), GoText.quote(version)));
    }

    /** What is applied again and again must have a name that it keeps. */
    private static Optional<String> generated(JsonNode metadata) {
        var prefix = metadata.path("generateName").asText();
        return metadata.path("name").asText().isEmpty() && !prefix.isEmpty()
                ? Optional.of("from " + prefix + ": cannot use generate name with apply")
                : Optional.empty();
    }
}
