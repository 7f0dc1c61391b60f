package dev.weir.cli.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Trees in the one form in which they are judged and compared: a whole number that fits is a long
 * and any other number a double, as in the API server. Jackson has more number types, and takes
 * equal numbers of different types for different.
 */
final class Canonical {

    private Canonical() {}

    /** A copy that shares nothing with the original. */
    static JsonNode of(JsonNode value) {
        return switch (value) {
            case ObjectNode object -> of(object);
            case ArrayNode array -> {
                var copy = JsonNodeFactory.instance.arrayNode();
                array.forEach(item -> copy.add(of(item)));
                yield copy;
            }
            case JsonNode scalar -> scalar.isNumber() ? number(scalar) : scalar;
        };
    }

    static ObjectNode of(ObjectNode object) {
        var copy = JsonNodeFactory.instance.objectNode();
        object.forEachEntry((name, field) -> copy.set(name, of(field)));
        return copy;
    }

    private static JsonNode number(JsonNode number) {
        return number.isIntegralNumber() && number.canConvertToLong()
                ? LongNode.valueOf(number.longValue())
                : DoubleNode.valueOf(number.doubleValue());
    }
}
