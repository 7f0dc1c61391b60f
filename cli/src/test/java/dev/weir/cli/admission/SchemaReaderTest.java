package dev.weir.cli.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A schema is read whole or not at all, and ours is read whole. */
class SchemaReaderTest {

    @Test
    void everyRuleOfOurSchemaIsUnderstoodAndEveryDefaultKeepsItsRules() {
        var schema = ResourceKind.streamJobs().schema();
        assertThat(keepsRules(schema, new RuleLanguage())).isGreaterThanOrEqualTo(22);
    }

    /** Counts the rules below. */
    private static int keepsRules(Schema schema, RuleLanguage language) {
        var count = 0;
        for (var rule : schema.rules()) {
            count++;
            // Of what has no default it is enough that the rule can be asked.
            var value = schema.preset().map(Rules::plain).orElse(Map.of());
            var result =
                    language.evaluate(
                            rule.expression(),
                            Map.of(RuleLanguage.SELF, value, RuleLanguage.OLD_SELF, value));
            if (schema.preset().isPresent()) {
                assertThat(result).as(rule.title()).isEqualTo(new RuleLanguage.Value(true));
            }
        }
        for (var property : schema.properties().values()) {
            count += keepsRules(property, language);
        }
        return count;
    }

    @Test
    void everyDefaultOfOurSchemaKeepsItsTypesAndLimits() {
        keepsLimits(ResourceKind.streamJobs().schema());
    }

    private static void keepsLimits(Schema schema) {
        schema.preset()
                .ifPresent(
                        preset ->
                                assertThat(
                                                StructuralValidation.check(
                                                        schema, preset, Optional.empty()))
                                        .isEmpty());
        schema.properties().values().forEach(SchemaReaderTest::keepsLimits);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{properties: {a: {oneOf: []}}} | the schema of a has the keyword oneOf",
                "{properties: {a: {type: string, format: uri}}} | the schema of a has the keyword format",
                "{exclusiveMinimum: true} | the schema of the resource has the keyword exclusiveMinimum",
                "{anyOf: [{minLength: 1}]} | the schema of the resource has an anyOf of more than types",
                "{properties: {a: {items: {x-kubernetes-validations: [{rule: self.size() > 1}]}}}}"
                        + " | the schema of a[] has a rule with size (self.size() > 1)",
                "{additionalProperties: {x-kubernetes-validations: [{rule: self < 1, message: too few}]}}"
                        + " | the schema of .* has a rule with < (too few)",
                "{x-kubernetes-validations: [{rule: 'true', messageExpression: string(self)}]}"
                        + " | the schema of the resource has a rule with string (true)",
                "{items: {x-kubernetes-validations: [{rule: self == oldSelf}]}}"
                        + " | the schema of [] has a rule with oldSelf for items (self == oldSelf)"
            })
    void whatAdmissionDoesNotKnowIsNamedAtOnceWithItsPlace(String schema, String message) {
        assertThatThrownBy(() -> SchemaReader.read(yaml(schema)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        message
                                + ", which admission does not know; teach it to"
                                + " dev.weir.cli.admission");
    }

    @Test
    void theStatusMayHaveWhatItsOwnWriterKeeps() {
        var schema =
                SchemaReader.read(
                        yaml("{properties: {status: {properties: {at: {format: date-time}}}}}"));
        assertThat(schema.properties()).containsOnlyKeys("status");
    }

    @Test
    void textInRulesIsNotTakenForWords() {
        assertThat(RuleWords.of("self.matches('a > size(b)') && !(oldSelf in [\"-\"])"))
                .isEqualTo(
                        new RuleWords(
                                Set.of("self", "matches", "oldSelf"),
                                Set.of("matches", "&&", "!", "in")));
        assertThat(List.of(RuleWord.values()))
                .allSatisfy(
                        word ->
                                assertThat(RuleWords.of("a " + word.text() + "(b)").calls())
                                        .contains(word.text()));
    }

    private static JsonNode yaml(String text) {
        return ((Manifest.Parsed) GoYaml.read(text)).content();
    }
}
