package dev.weir.cli.admission;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What Kubernetes asks of the metadata of any resource, whatever its kind. */
final class MetadataRules {

    private static final int MOST_ANNOTATION_BYTES = 256 * 1024;

    private final List<Violation> violations = new ArrayList<>();

    private MetadataRules() {}

    /**
     * @param metadata as it is to be stored
     */
    static List<Violation> check(JsonNode metadata) {
        var rules = new MetadataRules();
        var name = metadata.path("name").asText();
        if (name.isEmpty()) {
            rules.violations.add(
                    Violation.required("metadata.name", "name or generateName is required"));
        } else {
            rules.add("metadata.name", name, Names.subdomain(name));
        }
        var namespace = metadata.path("namespace").asText();
        rules.add("metadata.namespace", namespace, Names.label(namespace));
        rules.checkLabels(metadata.path("labels"));
        rules.checkAnnotations(metadata.path("annotations"));
        metadata.path("ownerReferences").forEach(rules::checkOwner);
        metadata.path("finalizers")
                .forEach(
                        finalizer ->
                                rules.add(
                                        "metadata.finalizers",
                                        finalizer.asText(),
                                        Names.qualified(finalizer.asText())));
        return rules.violations;
    }

    private void checkLabels(JsonNode labels) {
        labels.forEachEntry(
                (key, label) -> {
                    add("metadata.labels", key, Names.qualified(key));
                    add("metadata.labels", label.asText(), Names.labelValue(label.asText()));
                });
    }

    private void checkAnnotations(JsonNode annotations) {
        annotations.forEachEntry(
                (key, _) ->
                        add(
                                "metadata.annotations",
                                key,
                                Names.qualified(key.toLowerCase(Locale.ROOT))));
        var bytes =
                annotations
                        .propertyStream()
                        .mapToLong(one -> bytes(one.getKey()) + bytes(one.getValue().asText()))
                        .sum();
        if (bytes > MOST_ANNOTATION_BYTES) {
            violations.add(Violation.tooLong("metadata.annotations", MOST_ANNOTATION_BYTES));
        }
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private void checkOwner(JsonNode owner) {
        for (var field : List.of("apiVersion", "kind", "name", "uid")) {
            if (owner.path(field).asText().isEmpty()) {
                add(
                        "metadata.ownerReferences." + field,
                        "",
                        List.of(
                                (field.equals("apiVersion") ? "version " : "")
                                        + "must not be empty"));
            }
        }
    }

    private void add(String path, String value, List<String> wrong) {
        wrong.forEach(one -> violations.add(Violation.invalid(path, value, one)));
    }
}
