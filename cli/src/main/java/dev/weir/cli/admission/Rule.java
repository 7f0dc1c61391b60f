package dev.weir.cli.admission;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * One of {@code x-kubernetes-validations}.
 *
 * @param expression in CEL, of {@code self} and {@code oldSelf}
 * @param message what is said if it does not hold
 * @param messageExpression gives the message, if it can
 * @param reason what kind of violation it is, by the API server's names
 * @param field what is to blame, from where the rule stands; empty: the whole value
 * @param withoutOld whether it is asked where there is no old value either, and finds the old one
 *     in an optional
 */
record Rule(
        String expression,
        Optional<String> message,
        Optional<String> messageExpression,
        Violation.Kind reason,
        Optional<String> field,
        boolean withoutOld) {

    static Rule of(JsonNode rule) {
        return new Rule(
                rule.path("rule").asText(),
                text(rule, "message"),
                text(rule, "messageExpression"),
                reason(rule.path("reason").asText()),
                // The leading point of a JSON path.
                text(rule, "fieldPath").map(path -> path.substring(1)),
                rule.path("optionalOldSelf").asBoolean());
    }

    private static Optional<String> text(JsonNode rule, String field) {
        return Optional.ofNullable(rule.path(field).textValue()).filter(text -> !text.isEmpty());
    }

    private static Violation.Kind reason(String reason) {
        return switch (reason) {
            case "", "FieldValueInvalid" -> Violation.Kind.INVALID;
            case "FieldValueForbidden" -> Violation.Kind.FORBIDDEN;
            case "FieldValueRequired" -> Violation.Kind.REQUIRED;
            case "FieldValueDuplicate" -> Violation.Kind.DUPLICATE;
            default -> throw new IllegalArgumentException(reason + " is no reason of a rule");
        };
    }

    /** Whether it compares with the old value. */
    boolean comparesWithOld() {
        return RuleWords.of(expression).identifiers().contains("oldSelf");
    }

    /** How messages of the API server call it. */
    String title() {
        return message.map(String::strip).orElse(expression.strip());
    }

    /** What is said without a message expression. */
    String fixedMessage() {
        return message.map(String::strip).orElse("failed rule: " + expression.strip());
    }
}
