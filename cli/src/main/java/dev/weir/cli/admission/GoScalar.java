package dev.weir.cli.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * What a plain scalar of YAML means to Kubernetes: {@code yes} is a boolean, {@code 010} is eight,
 * {@code 1.0} is one, {@code 1:30} is text.
 */
final class GoScalar {

    private static final Set<String> TRUE =
            Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
    private static final Set<String> FALSE =
            Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
    private static final Pattern NO_JSON =
            Pattern.compile("\\.(nan|NaN|NAN)|[-+]?\\.(inf|Inf|INF)");
    private static final Pattern INTEGER =
            Pattern.compile(
                    "(?<sign>[-+]?)(?:0[xX](?<hex>[0-9a-fA-F]+)|0[bB](?<bin>[01]+)"
                            + "|0[oO]?(?<oct>[0-7]+)|(?<dec>0|[1-9][0-9]*))");
    private static final Pattern FLOAT =
            Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final BigInteger UNSIGNED_LIMIT = BigInteger.ONE.shiftLeft(64);

    private GoScalar() {}

    static JsonNode plain(String text) {
        if (NULL.contains(text)) {
            return NullNode.getInstance();
        }
        if (TRUE.contains(text) || FALSE.contains(text)) {
            return BooleanNode.valueOf(TRUE.contains(text));
        }
        if (NO_JSON.matcher(text).matches()) {
            throw new MeaninglessException("json: unsupported value: " + unsupported(text));
        }
        // Digits may be grouped; the grouping is only looked at after a point.
        var digits =
                text.startsWith(".")
                        ? text.replaceAll("(?<=[0-9])_(?=[0-9])", "")
                        : text.replace("_", "");
        return integer(digits).or(() -> floating(digits)).orElseGet(() -> TextNode.valueOf(text));
    }

    /** As Go names what is no number of JSON. */
    private static String unsupported(String text) {
        return text.endsWith("nan") || text.endsWith("NaN") || text.endsWith("NAN")
                ? "NaN"
                : text.startsWith("-") ? "-Inf" : "+Inf";
    }

    /** A scalar with an explicit tag, such as {@code !!str 5}; one that nobody knows is no type. */
    static JsonNode tagged(String tag, String text) {
        var type = tag.replace(Tag.PREFIX, "!!");
        return switch (type) {
            case "!!bool", "!!int", "!!float", "!!null" -> {
                var value = plain(text);
                if (!fits(type, value)) {
                    throw new MeaninglessException(
                            "cannot decode `%s` as a %s".formatted(text, type));
                }
                yield value;
            }
            default -> TextNode.valueOf(text);
        };
    }

    private static boolean fits(String type, JsonNode value) {
        return switch (type) {
            case "!!bool" -> value.isBoolean();
            case "!!int" -> value.isIntegralNumber();
            case "!!float" -> value.isNumber();
            default -> value.isNull();
        };
    }

    private static Optional<JsonNode> integer(String digits) {
        var parts = INTEGER.matcher(digits);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var magnitude =
                parts.group("hex") != null
                        ? new BigInteger(parts.group("hex"), 16)
                        : parts.group("bin") != null
                                ? new BigInteger(parts.group("bin"), 2)
                                : parts.group("oct") != null
                                        ? new BigInteger(parts.group("oct"), 8)
                                        : new BigInteger(parts.group("dec"));
        var value = parts.group("sign").equals("-") ? magnitude.negate() : magnitude;
        if (value.bitLength() < Long.SIZE) {
            return Optional.of(LongNode.valueOf(value.longValue()));
        }
        return value.signum() > 0
                        && value.compareTo(UNSIGNED_LIMIT) < 0
                        && parts.group("sign").isEmpty()
                ? Optional.of(DoubleNode.valueOf(value.doubleValue()))
                : Optional.empty();
    }

    /** A whole number comes out of JSON as such, however it was written. */
    private static Optional<JsonNode> floating(String digits) {
        if (!FLOAT.matcher(digits).matches()) {
            return Optional.empty();
        }
        var value = Double.parseDouble(digits);
        if (Double.isInfinite(value)) {
            return Optional.empty();
        }
        return Optional.of(
                value == Math.rint(value) && Math.abs(value) < 0x1p63
                        ? LongNode.valueOf((long) value)
                        : DoubleNode.valueOf(value));
    }

    /** The text is YAML, and has no meaning for Kubernetes. */
    static final class MeaninglessException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        MeaninglessException(String message) {
            super(message);
        }
    }
}
