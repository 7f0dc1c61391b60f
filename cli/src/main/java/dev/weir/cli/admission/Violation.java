package dev.weir.cli.admission;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One thing that is wrong with a manifest, in the API server's words.
 *
 * @param path of the field, as the API server writes it; empty where the manifest as a whole is
 *     meant
 * @param message what is wrong with it
 */
public record Violation(Kind kind, String path, String message) {

    /** How the API server calls the path of what is none of the fields. */
    static final String NO_FIELD = "<nil>";

    /** What is wrong, by the API server's own distinctions. */
    public enum Kind {
        /** It can't be read, or is no resource of ours. */
        UNRECOGNISED,
        /** It is a resource of ours with fields that a resource of ours does not have. */
        UNDECODABLE,
        INVALID,
        MISTYPED,
        REQUIRED,
        UNSUPPORTED,
        TOO_LONG,
        TOO_MANY,
        FORBIDDEN,
        DUPLICATE;

        /** Whether rules in CEL are left out, as they may meet what they do not expect. */
        boolean hidesRules() {
            return this == MISTYPED
                    || this == REQUIRED
                    || this == UNSUPPORTED
                    || this == TOO_LONG
                    || this == TOO_MANY;
        }
    }

    static Violation unrecognised(String message) {
        return new Violation(Kind.UNRECOGNISED, "", message);
    }

    static Violation undecodable(String path, String message) {
        return new Violation(Kind.UNDECODABLE, path, message);
    }

    static Violation invalid(String path, JsonNode value, String detail) {
        return new Violation(
                Kind.INVALID, path, "Invalid value: " + GoText.value(value) + ": " + detail);
    }

    static Violation invalid(String path, String value, String detail) {
        return new Violation(
                Kind.INVALID, path, "Invalid value: " + GoText.quote(value) + ": " + detail);
    }

    static Violation mistyped(String path, JsonType actual, String expected) {
        return new Violation(
                Kind.MISTYPED,
                path,
                "Invalid value: \"%s\": %s in body must be of type %s: \"%s\""
                        .formatted(actual.word(), path, expected, actual.word()));
    }

    static Violation required(String path, String detail) {
        return new Violation(
                Kind.REQUIRED, path, "Required value" + (detail.isEmpty() ? "" : ": " + detail));
    }

    static Violation unsupported(String path, JsonNode value, List<JsonNode> supported) {
        return new Violation(
                Kind.UNSUPPORTED,
                path,
                "Unsupported value: "
                        + GoText.value(value)
                        + ": supported values: "
                        + supported.stream()
                                .map(one -> one.isTextual() ? one.textValue() : GoText.json(one))
                                .map(GoText::quote)
                                .collect(Collectors.joining(", ")));
    }

    static Violation tooLong(String path, long most) {
        return new Violation(
                Kind.TOO_LONG,
                path,
                "Too long: may not be more than " + most + (most == 1 ? " byte" : " bytes"));
    }

    static Violation tooMany(String path, long actual, long most) {
        return new Violation(
                Kind.TOO_MANY,
                path,
                "Too many: %d: must have at most %d %s"
                        .formatted(actual, most, most == 1 ? "item" : "items"));
    }

    /** Stands for the rules that were not asked. */
    static Violation rulesHidden() {
        return new Violation(
                Kind.INVALID,
                NO_FIELD,
                "Invalid value: null: some validation rules were not checked because the object was"
                        + " invalid; correct the existing errors to complete validation");
    }

    @Override
    public String toString() {
        return path.isEmpty() ? message : path + ": " + message;
    }
}
