package dev.weir.cli.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import java.util.List;
import java.util.Optional;

/**
 * What the scale subresource asks of the field that it sets. The API server asks it beside the
 * schema, and gives the path with a point before it.
 */
final class ScaleRule {

    private ScaleRule() {}

    static Optional<Violation> check(List<String> field, JsonNode resource) {
        var path = "." + String.join(".", field);
        var value = resource;
        for (var i = 0; i < field.size(); i++) {
            if (!value.isObject()) {
                return Optional.of(
                        unfit(
                                path,
                                "." + String.join(".", field.subList(0, i + 1)),
                                value,
                                "map[string]interface{}"));
            }
            if (!value.has(field.get(i))) {
                return Optional.empty();
            }
            value = value.get(field.get(i));
        }
        return value.isIntegralNumber()
                ? range(path, value)
                : Optional.of(unfit(path, path, value, "int64"));
    }

    private static Optional<Violation> range(String path, JsonNode replicas) {
        if (replicas.longValue() < 0) {
            return Optional.of(
                    Violation.invalid(path, replicas, "should be a non-negative integer"));
        }
        return replicas.longValue() > Integer.MAX_VALUE
                ? Optional.of(
                        Violation.invalid(
                                path,
                                replicas,
                                "should be less than or equal to " + Integer.MAX_VALUE))
                : Optional.empty();
    }

    private static Violation unfit(String path, String at, JsonNode value, String expected) {
        return Violation.invalid(
                path,
                LongNode.valueOf(0),
                "%s accessor error: %s is of the type %s, expected %s"
                        .formatted(at, GoText.print(value), GoText.type(value), expected));
    }
}
