package dev.weir.cli.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Judges manifests of StreamJobs as {@code kubectl apply} and the API server do together, from the
 * resource definition alone: no cluster is asked. The same manifests get the same verdict, in the
 * same words.
 *
 * <ol>
 *   <li>Recognised: it is a StreamJob of a version that we have.
 *   <li>Decoded, strictly: no key stands twice, no field is unknown, metadata has its own types.
 *   <li>Defaulted. The status is not the user's: a new resource has none, an old one keeps its own.
 *   <li>Held to the rules of metadata, the types and limits of the schema and the scale
 *       subresource; all violations are told.
 *   <li>Held to the rules in CEL, unless it is too far from the schema for them.
 * </ol>
 *
 * <p>Each step is only reached by what passed the one before. Nothing is stored here: whether the
 * stored resource is still the one that the user had in mind is the store's to say.
 */
public final class Doorkeeper {

    private final ResourceKind kind;
    private final Schema userSchema;
    private final Rules rules = new Rules();

    Doorkeeper(ResourceKind kind) {
        this.kind = kind;
        this.userSchema = kind.schema().without("status");
    }

    public static Doorkeeper ofStreamJobs() {
        return new Doorkeeper(ResourceKind.streamJobs());
    }

    /**
     * @param namespace where it is to go if it does not say
     * @param stored the resource of its namespace and name, if there is one: then this is an update
     */
    public Admission admit(Manifest manifest, String namespace, Optional<JsonNode> stored) {
        return switch (manifest) {
            case Manifest.Unreadable(var why) -> Refusals.unrecognised(why);
            case Manifest.Parsed parsed ->
                    Recognition.problem(kind, parsed.content())
                            .map(Refusals::unrecognised)
                            .or(() -> undecodable(parsed))
                            .orElseGet(
                                    () ->
                                            judge(
                                                    (ObjectNode) parsed.content(),
                                                    parsed.namespace().orElse(namespace),
                                                    stored.map(Canonical::of)));
        };
    }

    private Optional<Admission> undecodable(Manifest.Parsed manifest) {
        var metadata = MetadataDecoding.of(manifest.content().path("metadata"));
        if (metadata.misfit().isPresent()) {
            return Optional.of(Refusals.undecodable(kind, metadata.misfit().get()));
        }
        var fields = new ArrayList<>(metadata.unknownFields());
        var content = ((ObjectNode) manifest.content()).deepCopy();
        content.remove(List.of("apiVersion", "kind", "metadata"));
        fields.addAll(UnknownFields.of(kind.schema(), content));
        return fields.isEmpty() && manifest.repeatedKeys().isEmpty()
                ? Optional.empty()
                : Optional.of(Refusals.unknown(kind, manifest.repeatedKeys(), fields));
    }

    private Admission judge(ObjectNode manifest, String namespace, Optional<JsonNode> stored) {
        var resource = manifest.deepCopy();
        resource.remove(List.of("metadata", "status"));
        Defaulting.apply(userSchema, resource);
        var metadata =
                stored.map(old -> updated(manifest, resource, old))
                        .orElseGet(() -> Metadata.ofNew(manifest.path("metadata"), namespace));
        var violations = violations(metadata, resource, stored);
        if (!violations.isEmpty()) {
            return Refusals.invalid(kind, metadata.path("name").asText(), violations);
        }
        resource.set("metadata", metadata);
        stored.map(old -> old.get("status")).ifPresent(status -> resource.set("status", status));
        return new Admission.Admitted(resource);
    }

    private static ObjectNode updated(JsonNode manifest, ObjectNode resource, JsonNode stored) {
        var before = ((ObjectNode) stored).deepCopy();
        before.remove(List.of("metadata", "status"));
        return Metadata.ofUpdated(
                manifest.path("metadata"), stored.path("metadata"), !resource.equals(before));
    }

    private List<Violation> violations(
            JsonNode metadata, JsonNode resource, Optional<JsonNode> stored) {
        var violations = new LinkedHashSet<>(MetadataRules.check(metadata));
        violations.addAll(StructuralValidation.check(userSchema, resource, stored));
        ScaleRule.check(kind.replicas(), resource).ifPresent(violations::add);
        if (violations.stream().anyMatch(violation -> violation.kind().hidesRules())) {
            violations.add(Violation.rulesHidden());
        } else {
            violations.addAll(rules.check(userSchema, resource, stored));
        }
        return List.copyOf(violations);
    }
}
