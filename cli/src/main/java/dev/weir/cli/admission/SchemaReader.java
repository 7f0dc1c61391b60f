package dev.weir.cli.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads the schema of a resource definition. A keyword that admission does not know is an error at
 * once, with its place: a schema that grows is never judged by half.
 */
final class SchemaReader {

    private static final Set<String> KNOWN =
            Set.of(
                    "additionalProperties",
                    "anyOf",
                    "default",
                    "description",
                    "enum",
                    "items",
                    "maxItems",
                    "maxLength",
                    "maxProperties",
                    "maximum",
                    "minItems",
                    "minLength",
                    "minProperties",
                    "minimum",
                    "nullable",
                    "pattern",
                    "properties",
                    "required",
                    "type",
                    "x-kubernetes-int-or-string",
                    "x-kubernetes-validations");

    /** What a field that users do not write may have as well. */
    private static final Set<String> KNOWN_IN_STATUS =
            Set.of("format", "x-kubernetes-list-map-keys", "x-kubernetes-list-type");

    private static final String STATUS = "status";

    private SchemaReader() {}

    static Schema read(JsonNode schema) {
        return read(schema, "");
    }

    private static Schema read(JsonNode schema, String path) {
        schema.fieldNames().forEachRemaining(keyword -> check(keyword, path));
        return new Schema(
                types(schema),
                alternatives(schema, path),
                schema.path("nullable").asBoolean(),
                properties(schema, path),
                below(schema, "additionalProperties", path + ".*"),
                below(schema, "items", path + "[]"),
                schema.path("required").valueStream().map(JsonNode::textValue).toList(),
                Optional.ofNullable(schema.get("default")).map(Canonical::of),
                limits(schema),
                rules(schema, path));
    }

    private static void check(String keyword, String path) {
        var inStatus = path.equals(STATUS) || path.startsWith(STATUS + ".");
        if (!KNOWN.contains(keyword) && !(inStatus && KNOWN_IN_STATUS.contains(keyword))) {
            throw unknown(path, "has the keyword " + keyword);
        }
    }

    private static IllegalArgumentException unknown(String path, String what) {
        return new IllegalArgumentException(
                "the schema of "
                        + (path.isEmpty() ? "the resource" : path)
                        + " "
                        + what
                        + ", which admission does not know; teach it to "
                        + SchemaReader.class.getPackageName());
    }

    private static List<JsonType> types(JsonNode schema) {
        if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
            return List.of(JsonType.INTEGER, JsonType.STRING);
        }
        return Optional.ofNullable(schema.path("type").textValue())
                .map(JsonType::ofWord)
                .map(List::of)
                .orElse(List.of());
    }

    private static List<JsonType> alternatives(JsonNode schema, String path) {
        return schema.path("anyOf")
                .valueStream()
                .map(
                        one -> {
                            if (one.size() != 1 || !one.has("type")) {
                                throw unknown(path, "has an anyOf of more than types");
                            }
                            return JsonType.ofWord(one.get("type").textValue());
                        })
                .toList();
    }

    private static Map<String, Schema> properties(JsonNode schema, String path) {
        var properties = new LinkedHashMap<String, Schema>();
        schema.path("properties")
                .forEachEntry(
                        (name, property) ->
                                properties.put(
                                        name,
                                        read(property, path.isEmpty() ? name : path + "." + name)));
        return properties;
    }

    private static Optional<Schema> below(JsonNode schema, String keyword, String path) {
        return Optional.ofNullable(schema.get(keyword)).map(one -> read(one, path));
    }

    private static List<Rule> rules(JsonNode schema, String path) {
        var rules = schema.path("x-kubernetes-validations").valueStream().map(Rule::of).toList();
        for (var rule : rules) {
            RuleWord.unknownIn(rule)
                    .ifPresent(
                            word -> {
                                throw unknown(
                                        path,
                                        "has a rule with " + word + " (" + rule.title() + ")");
                            });
            if (path.endsWith("[]") && rule.comparesWithOld()) {
                throw unknown(path, "has a rule with oldSelf for items (" + rule.title() + ")");
            }
        }
        return rules;
    }

    private static Limits limits(JsonNode schema) {
        return new Limits(
                decimal(schema, "minimum"),
                decimal(schema, "maximum"),
                whole(schema, "minLength"),
                whole(schema, "maxLength"),
                Optional.ofNullable(schema.path("pattern").textValue()).map(Pattern::compile),
                whole(schema, "minItems"),
                whole(schema, "maxItems"),
                whole(schema, "minProperties"),
                whole(schema, "maxProperties"),
                schema.path("enum").valueStream().map(Canonical::of).toList());
    }

    private static OptionalDouble decimal(JsonNode schema, String keyword) {
        return schema.has(keyword)
                ? OptionalDouble.of(schema.get(keyword).doubleValue())
                : OptionalDouble.empty();
    }

    private static OptionalLong whole(JsonNode schema, String keyword) {
        return schema.has(keyword)
                ? OptionalLong.of(schema.get(keyword).longValue())
                : OptionalLong.empty();
    }
}
