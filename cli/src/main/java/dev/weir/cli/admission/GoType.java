package dev.weir.cli.admission;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * A type of Go that JSON is decoded into. Metadata has no schema of ours: it is held to Go's types,
 * and what does not fit is told in the words of Go's decoder. A null fits everywhere.
 */
sealed interface GoType {

    /** As Go calls it. */
    String title();

    record Text(String title) implements GoType {}

    record Whole() implements GoType {
        @Override
        public String title() {
            return "int64";
        }
    }

    record Truth() implements GoType {
        @Override
        public String title() {
            return "bool";
        }
    }

    /** A point in time, written as text. */
    record Time() implements GoType {
        @Override
        public String title() {
            return "string";
        }
    }

    /** Kept as it is. */
    record Raw() implements GoType {
        @Override
        public String title() {
            return "v1.FieldsV1";
        }
    }

    record ListOf(GoType item) implements GoType {
        @Override
        public String title() {
            return "[]" + item.title();
        }
    }

    /** With text as keys. */
    record MapOf(GoType entry) implements GoType {
        @Override
        public String title() {
            return "map[string]" + entry.title();
        }
    }

    /**
     * @param name without its package
     */
    record Struct(String name, Map<String, GoType> fields) implements GoType {
        @Override
        public String title() {
            return "v1." + name;
        }
    }

    /**
     * Why the value does not fit, if it is not of this type's own kind; its parts are not asked.
     */
    default Optional<String> misfit(JsonNode value) {
        return switch (this) {
            case Raw _ -> Optional.empty();
            case Text _ -> fits(value.isTextual(), value);
            // Of a number that is not whole the decoder says which.
            case Whole _ when JsonType.of(value) == JsonType.NUMBER ->
                    Optional.of("number " + GoText.json(value));
            case Whole _ -> fits(value.isIntegralNumber(), value);
            case Truth _ -> fits(value.isBoolean(), value);
            case ListOf _ -> fits(value.isArray(), value);
            case MapOf _, Struct _ -> fits(value.isObject(), value);
            case Time _ -> fits(value.isTextual(), value);
        };
    }

    private static Optional<String> fits(boolean fits, JsonNode value) {
        return fits || JsonType.of(value) == JsonType.NULL
                ? Optional.empty()
                : Optional.of(word(value));
    }

    private static String word(JsonNode value) {
        return switch (JsonType.of(value)) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case INTEGER, NUMBER -> "number";
            case BOOLEAN -> "bool";
            case NULL -> "null";
        };
    }
}
