package dev.weir.cli.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The rules of rules; the rules of our own schema are the corpus's. */
class RulesTest {

    private static final Optional<String> NEW = Optional.empty();

    @Test
    void rule1_aComparisonIsOnlyMadeWhereThereIsAnOldValue() {
        var schema =
                "{properties: {a: {type: string, x-kubernetes-validations: [{rule: self == oldSelf}]}}}";
        assertThat(check(schema, "{a: x}", NEW)).isEmpty();
        assertThat(check(schema, "{a: x}", Optional.of("{b: y}"))).isEmpty();
        assertThat(check(schema, "{a: x}", Optional.of("{a: x}"))).isEmpty();
        assertThat(check(schema, "{a: x}", Optional.of("{a: y}")))
                .containsExactly("a: Invalid value: \"string\": failed rule: self == oldSelf");
    }

    @Test
    void rule1_aComparisonThatCanDoWithoutAnOldValueFindsItInAnOptional() {
        var schema =
                "{properties: {a: {type: string, x-kubernetes-validations: [{optionalOldSelf: true,"
                        + " rule: oldSelf.hasValue() && self == oldSelf.value(), message: frozen}]}}}";
        assertThat(check(schema, "{a: x}", NEW))
                .containsExactly("a: Invalid value: \"string\": frozen");
        assertThat(check(schema, "{a: x}", Optional.of("{a: x}"))).isEmpty();
        assertThat(check(schema, "{a: x}", Optional.of("{a: y}"))).hasSize(1);
    }

    @Test
    void rule2_whatDidNotChangeBreaksNoRuleThatLooksAtItAlone() {
        var schema =
                "{type: object, properties: {a: {type: string, x-kubernetes-validations: [{rule: self == 'z'}]}},"
                        + " additionalProperties: {type: array, items: {type: string,"
                        + " x-kubernetes-validations: [{rule: self == 'z'}]}}}";
        assertThat(check(schema, "{a: x, b: [x]}", Optional.of("{a: x, b: [x]}"))).isEmpty();
        assertThat(check(schema, "{a: y, b: [x, y]}", Optional.of("{a: x, b: [x]}")))
                .containsExactly(
                        "a: Invalid value: \"string\": failed rule: self == 'z'",
                        "[b][0]: Invalid value: \"string\": failed rule: self == 'z'",
                        "[b][1]: Invalid value: \"string\": failed rule: self == 'z'");
    }

    @Test
    void rule3_aDefaultIsNotAsked() {
        var schema =
                "{properties: {a: {type: string, default: x, x-kubernetes-validations: [{rule: self == 'z'}]}}}";
        assertThat(check(schema, "{a: x}", NEW)).isEmpty();
        assertThat(check(schema, "{a: y}", NEW)).hasSize(1);
    }

    @Test
    void rule4_aRuleThatHasNoValueIsBrokenAndSaysWhy() {
        assertThat(
                        check(
                                "{type: string, x-kubernetes-validations: [{rule: duration(self) >= duration('1s'),"
                                        + " message: too short}]}",
                                "soon",
                                NEW))
                .containsExactly(
                        ": Invalid value: \"string\": type conversion error from 'string' to"
                                + " 'google.protobuf.Duration' evaluating rule: too short");
    }

    @Test
    void theReasonOfARuleIsTheKindOfItsViolation() {
        var schema =
                "{type: object, properties: {a: {x-kubernetes-int-or-string: true, x-kubernetes-validations:"
                        + " [{rule: 'false', message: never, reason: FieldValueForbidden},"
                        + " {rule: 'false', message: never, reason: FieldValueRequired},"
                        + " {rule: 'false', message: never, reason: FieldValueDuplicate},"
                        + " {rule: 'false', message: never, reason: FieldValueInvalid, fieldPath: .b.c}]}}}";
        assertThat(check(schema, "{a: 5}", NEW))
                .containsExactly(
                        "a: Forbidden: never",
                        "a: Required value: never",
                        "a: Duplicate value: \"\"",
                        "a.b.c: Invalid value: \"\": never");
    }

    @Test
    void aMessageExpressionGivesTheMessageIfItCan() {
        var schema =
                "{type: string, x-kubernetes-validations: [{rule: \"self == 'z'\", message: fixed,"
                        + " messageExpression: \"%s\"}]}";
        assertThat(check(schema.formatted("self"), "' own '", NEW))
                .containsExactly(": Invalid value: \"string\": own");
        assertThat(check(schema.formatted("self"), "\"two\\nlines\"", NEW))
                .containsExactly(": Invalid value: \"string\": fixed");
        assertThat(check(schema.formatted("self == 'z'"), "x", NEW))
                .containsExactly(": Invalid value: \"string\": fixed");
        assertThat(check(schema.formatted("url(self).getScheme()"), "x", NEW))
                .containsExactly(": Invalid value: \"string\": fixed");
    }

    @Test
    void allValuesOfJsonReachARule() {
        var schema =
                "{type: object, x-kubernetes-validations: [{rule: \"self.whole == 5 && self.part == 1.5"
                        + " && self.truth && self.list == ['a'] && self.map.a == 'b' && 'a' in self.list"
                        + " && self.list.exists(one, one != 'b') && has(self.map)"
                        + " && (self.truth ? self.none == null : false || false)\"}]}";
        assertThat(
                        check(
                                schema,
                                "{whole: 5, part: 1.5, truth: true, list: [a], map: {a: b}, none: null}",
                                NEW))
                .isEmpty();
    }

    private static List<String> check(String schema, String value, Optional<String> old) {
        return new Rules()
                        .check(
                                SchemaReader.read(yaml(schema)),
                                yaml(value),
                                old.map(RulesTest::yaml))
                        .stream()
                        .map(violation -> violation.path() + ": " + violation.message())
                        .toList();
    }

    private static JsonNode yaml(String text) {
        return ((Manifest.Parsed) GoYaml.read(text)).content();
    }
}
