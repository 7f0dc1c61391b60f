package dev.weir.cli.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds a defaulted resource to the types and limits of its schema.
 *
 * <ol>
 *   <li>Every violation is found, not the first: a value of the wrong type is held to the limits of
 *       the type that it has.
 *   <li>Of one text only the first limit that it breaks is named.
 *   <li>A part that an update leaves as it was violates nothing: a resource stays editable when its
 *       schema has become stricter.
 * </ol>
 */
final class StructuralValidation {

    private StructuralValidation() {}

    static List<Violation> check(Schema schema, JsonNode value, Optional<JsonNode> old) {
        return check(schema, value, old, "");
    }

    private static List<Violation> check(
            Schema schema, JsonNode value, Optional<JsonNode> old, String path) {
        var violations = new ArrayList<Violation>();
        checkType(schema, value, path, violations);
        switch (value) {
            case ObjectNode object -> checkObject(schema, object, old, path, violations);
            case ArrayNode array -> checkArray(schema, array, path, violations);
            case JsonNode text when text.isTextual() ->
                    textLimit(schema.limits(), text.textValue(), path).ifPresent(violations::add);
            case JsonNode number when number.isNumber() ->
                    checkNumber(schema.limits(), number, path, violations);
            case JsonNode _ -> {}
        }
        var allowed = schema.limits().allowed();
        if (!allowed.isEmpty() && !allowed.contains(value)) {
            violations.add(Violation.unsupported(path, value, allowed));
        }
        return old.equals(Optional.of(value)) ? List.of() : violations;
    }

    private static void checkType(
            Schema schema, JsonNode value, String path, List<Violation> violations) {
        var actual = JsonType.of(value);
        if (schema.types().isEmpty() || actual == JsonType.NULL && schema.nullable()) {
            return;
        }
        if (schema.types().stream().noneMatch(type -> isA(value, type))) {
            violations.add(Violation.mistyped(path, actual, schema.typeWords()));
        }
        var alternatives = schema.alternatives();
        if (!alternatives.isEmpty() && alternatives.stream().noneMatch(type -> isA(value, type))) {
            violations.add(
                    Violation.invalid(
                            Violation.NO_FIELD,
                            "",
                            GoText.quote(path) + " must validate at least one schema (anyOf)"));
            violations.add(Violation.mistyped(path, actual, alternatives.getFirst().word()));
        }
    }

    private static boolean isA(JsonNode value, JsonType type) {
        var actual = JsonType.of(value);
        return actual == type
                || type == JsonType.NUMBER && actual == JsonType.INTEGER
                || type == JsonType.INTEGER && actual == JsonType.NUMBER && isWhole(value);
    }

    private static boolean isWhole(JsonNode number) {
        return number.doubleValue() == Math.rint(number.doubleValue())
                && Math.abs(number.doubleValue()) < 0x1p53;
    }

    private static Optional<Violation> textLimit(Limits limits, String text, String path) {
        var length = text.codePointCount(0, text.length());
        if (length > limits.maxLength().orElse(length)) {
            return Optional.of(Violation.tooLong(path, limits.maxLength().getAsLong()));
        }
        if (length < limits.minLength().orElse(0)) {
            return Optional.of(
                    Violation.invalid(
                            path,
                            text,
                            path
                                    + " in body should be at least "
                                    + limits.minLength().getAsLong()
                                    + " chars long"));
        }
        return limits.pattern()
                .filter(pattern -> !pattern.matcher(text).find())
                .map(
                        pattern ->
                                Violation.invalid(
                                        path,
                                        text,
                                        path + " in body should match '" + pattern + "'"));
    }

    private static void checkNumber(
            Limits limits, JsonNode number, String path, List<Violation> violations) {
        limits.minimum()
                .ifPresent(
                        least -> {
                            if (number.doubleValue() < least) {
                                violations.add(
                                        outOfRange(
                                                path, number, "greater than or equal to", least));
                            }
                        });
        limits.maximum()
                .ifPresent(
                        most -> {
                            if (number.doubleValue() > most) {
                                violations.add(
                                        outOfRange(path, number, "less than or equal to", most));
                            }
                        });
    }

    private static Violation outOfRange(
            String path, JsonNode number, String relation, double limit) {
        var bound =
                number.isIntegralNumber()
                        ? LongNode.valueOf((long) limit)
                        : JsonNodeFactory.instance.numberNode(limit);
        return Violation.invalid(
                path, number, path + " in body should be " + relation + " " + GoText.print(bound));
    }

    private static void checkArray(
            Schema schema, ArrayNode array, String path, List<Violation> violations) {
        schema.items()
                .ifPresent(
                        items -> {
                            for (var i = 0; i < array.size(); i++) {
                                violations.addAll(
                                        check(
                                                items,
                                                array.get(i),
                                                Optional.empty(),
                                                path + "[" + i + "]"));
                            }
                        });
        schema.limits()
                .minItems()
                .ifPresent(least -> checkLeast(array.size(), least, "items", path, violations));
        schema.limits()
                .maxItems()
                .ifPresent(most -> checkMost(array.size(), most, path, violations));
    }

    private static void checkObject(
            Schema schema,
            ObjectNode object,
            Optional<JsonNode> old,
            String path,
            List<Violation> violations) {
        schema.limits()
                .minProperties()
                .ifPresent(
                        least -> checkLeast(object.size(), least, "properties", path, violations));
        schema.limits()
                .maxProperties()
                .ifPresent(most -> checkMost(object.size(), most, path, violations));
        for (var field : object.properties()) {
            schema.property(field.getKey())
                    .ifPresent(
                            property ->
                                    violations.addAll(
                                            check(
                                                    property,
                                                    field.getValue(),
                                                    old.map(before -> before.get(field.getKey())),
                                                    below(path, field.getKey()))));
        }
        for (var name : schema.required()) {
            if (!object.has(name)) {
                violations.add(Violation.required(below(path, name), ""));
            }
        }
    }

    private static void checkLeast(
            long size, long least, String what, String path, List<Violation> violations) {
        if (size < least) {
            violations.add(
                    Violation.invalid(
                            path,
                            LongNode.valueOf(size),
                            path + " in body should have at least " + least + " " + what));
        }
    }

    private static void checkMost(long size, long most, String path, List<Violation> violations) {
        if (size > most) {
            violations.add(Violation.tooMany(path, size, most));
        }
    }

    private static String below(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
