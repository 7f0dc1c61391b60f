package dev.weir.cli.admission;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A structural schema: what one value of a resource may be, and its parts.
 *
 * @param types those it may have; none: any
 * @param alternatives types of {@code anyOf}, which repeats what {@code types} says
 * @param properties in the order of the schema; the only ones there may be, unless others are given
 *     a schema
 * @param otherProperties of all properties that are not among {@code properties}
 * @param required names of properties
 * @param preset the default
 */
record Schema(
        List<JsonType> types,
        List<JsonType> alternatives,
        boolean nullable,
        Map<String, Schema> properties,
        Optional<Schema> otherProperties,
        Optional<Schema> items,
        List<String> required,
        Optional<JsonNode> preset,
        Limits limits,
        List<Rule> rules) {

    Schema {
        types = List.copyOf(types);
        alternatives = List.copyOf(alternatives);
        required = List.copyOf(required);
        rules = List.copyOf(rules);
    }

    /** Of a property, if there may be one of that name. */
    Optional<Schema> property(String name) {
        return Optional.ofNullable(properties.get(name)).or(() -> otherProperties);
    }

    /** Without one of its properties, as if there were none of that name. */
    Schema without(String property) {
        var rest = new LinkedHashMap<>(properties);
        rest.remove(property);
        return new Schema(
                types,
                alternatives,
                nullable,
                rest,
                otherProperties,
                items,
                required,
                preset,
                limits,
                rules);
    }

    /** The types, as messages name them. */
    String typeWords() {
        return types.stream().map(JsonType::word).collect(Collectors.joining(","));
    }

    /** How rules name the type in their violations: that of an int-or-string has no name. */
    String ruleTypeWord() {
        return types.size() == 1 ? typeWords() : "";
    }
}
