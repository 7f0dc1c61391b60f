package dev.weir.cli.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Gives a resource the defaults of its schema, in place.
 *
 * <ol>
 *   <li>A null where none may be counts as if nothing stood there.
 *   <li>What is not there gets the default that its schema has; what is there is left alone.
 *   <li>Both go for the parts of what is there, and of what was just given: a default inside of
 *       what is not there is not given.
 * </ol>
 */
final class Defaulting {

    private Defaulting() {}

    static void apply(Schema schema, JsonNode value) {
        switch (value) {
            case ObjectNode object -> {
                dropNulls(schema, object);
                schema.properties()
                        .forEach(
                                (name, property) -> {
                                    if (!object.has(name)) {
                                        property.preset()
                                                .ifPresent(
                                                        preset ->
                                                                object.set(
                                                                        name, preset.deepCopy()));
                                    }
                                });
                object.forEachEntry(
                        (name, field) ->
                                schema.property(name)
                                        .ifPresent(property -> apply(property, field)));
            }
            case ArrayNode array ->
                    schema.items().ifPresent(items -> array.forEach(item -> apply(items, item)));
            case JsonNode _ -> {}
        }
    }

    private static void dropNulls(Schema schema, ObjectNode object) {
        for (var name : object.propertyStream().map(Map.Entry::getKey).toList()) {
            if (object.get(name).isNull()
                    && schema.property(name).filter(property -> !property.nullable()).isPresent()) {
                object.remove(name);
            }
        }
    }
}
