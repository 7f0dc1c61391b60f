package dev.weir.cli.admission;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Values as Go prints them, since the API server's messages hold them so. The trees are canonical:
 * numbers are long or double.
 */
final class GoText {

    private GoText() {}

    /** As a value stands in a message about a field. */
    static String value(JsonNode value) {
        return value.isTextual()
                ? quote(value.textValue())
                : value.isNumber() ? print(value) : json(value);
    }

    /** {@code %q}. */
    static String quote(String text) {
        var quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> quoted.append(escaped(c)));
        return quoted.append('"').toString();
    }

    private static String escaped(int c) {
        return switch (c) {
            case 0x07 -> "\\a";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case 0x0b -> "\\v";
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            default -> {
                if (isPrinted(c)) {
                    yield Character.toString(c);
                }
                yield (c < 0x20 || c == 0x7f ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x")
                        .formatted(c);
            }
        };
    }

    /** Letters, marks, numbers, punctuation, symbols and the space of ASCII. */
    private static boolean isPrinted(int c) {
        return c == ' '
                || switch (Character.getType(c)) {
                    case Character.UNASSIGNED,
                            Character.CONTROL,
                            Character.FORMAT,
                            Character.PRIVATE_USE,
                            Character.SURROGATE,
                            Character.SPACE_SEPARATOR,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR ->
                            false;
                    default -> true;
                };
    }

    /** {@code %v}. */
    static String print(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING, BINARY, BOOLEAN -> value.asText();
            case NUMBER -> value.isIntegralNumber() ? value.asText() : number(value.doubleValue());
            case ARRAY ->
                    value.valueStream()
                            .map(GoText::print)
                            .collect(Collectors.joining(" ", "[", "]"));
            case OBJECT, POJO ->
                    sorted(value).entrySet().stream()
                            .map(field -> field.getKey() + ":" + print(field.getValue()))
                            .collect(Collectors.joining(" ", "map[", "]"));
            case NULL, MISSING -> "<nil>";
        };
    }

    /** {@code %T}. */
    static String type(JsonNode value) {
        return switch (JsonType.of(value)) {
            case OBJECT -> "map[string]interface {}";
            case ARRAY -> "[]interface {}";
            case STRING -> "string";
            case INTEGER -> "int64";
            case NUMBER -> "float64";
            case BOOLEAN -> "bool";
            case NULL -> "<nil>";
        };
    }

    private static String number(double value) {
        return shortest(value, -4, 6);
    }

    /** Of JSON, with sorted keys and without what HTML would take for its own. */
    static String json(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING, BINARY -> jsonText(value.asText());
            case BOOLEAN -> value.asText();
            case NUMBER ->
                    value.isIntegralNumber()
                            ? value.asText()
                            : shortest(value.doubleValue(), -6, 21).replace("e-0", "e-");
            case ARRAY ->
                    value.valueStream()
                            .map(GoText::json)
                            .collect(Collectors.joining(",", "[", "]"));
            case OBJECT, POJO ->
                    sorted(value).entrySet().stream()
                            .map(field -> jsonText(field.getKey()) + ":" + json(field.getValue()))
                            .collect(Collectors.joining(",", "{", "}"));
            case NULL, MISSING -> "null";
        };
    }

    private static String jsonText(String text) {
        var quoted = new StringBuilder("\"");
        text.chars()
                .forEach(
                        c -> {
                            switch (c) {
                                case '"' -> quoted.append("\\\"");
                                case '\\' -> quoted.append("\\\\");
                                case '\b' -> quoted.append("\\b");
                                case '\f' -> quoted.append("\\f");
                                case '\n' -> quoted.append("\\n");
                                case '\r' -> quoted.append("\\r");
                                case '\t' -> quoted.append("\\t");
                                case '<', '>', '&', 0x2028, 0x2029 ->
                                        quoted.append("\\u%04x".formatted(c));
                                default ->
                                        quoted.append(c < 0x20 ? "\\u%04x".formatted(c) : (char) c);
                            }
                        });
        return quoted.append('"').toString();
    }

    private static Map<String, JsonNode> sorted(JsonNode object) {
        var fields = new TreeMap<String, JsonNode>();
        object.forEachEntry(fields::put);
        return fields;
    }

    /**
     * The fewest digits that give the same double; with an exponent where it is below {@code least}
     * or has reached {@code most}.
     */
    private static String shortest(double value, int least, int most) {
        var decimal = BigDecimal.valueOf(value).stripTrailingZeros();
        var exponent = decimal.precision() - decimal.scale() - 1;
        if (decimal.signum() == 0 || exponent >= least && exponent < most) {
            return decimal.toPlainString();
        }
        var digits = decimal.unscaledValue().abs().toString();
        return (decimal.signum() < 0 ? "-" : "")
                + digits.charAt(0)
                + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + (exponent < 0 ? "e-%02d" : "e+%02d").formatted(Math.abs(exponent));
    }
}
