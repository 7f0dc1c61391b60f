package dev.weir.cli.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What schemas can ask and ours does not ask yet; the rest is the corpus's. */
class StructuralValidationTest {

    @Test
    void aNullIsTakenWhereTheSchemaSaysSo() {
        var schema = "{items: {type: string, nullable: %s}}";
        assertThat(check(schema.formatted("true"), "[null]")).isEmpty();
        assertThat(check(schema.formatted("false"), "[null]"))
                .containsExactly(
                        "[0]: Invalid value: \"null\": [0] in body must be of type string: \"null\"");
    }

    @Test
    void itemsAreHeldToTheirSchemaAndTheirNumber() {
        var schema =
                "{properties: {a: {type: array, minItems: 2, maxItems: 3, items: {type: integer}}}}";
        assertThat(check(schema, "{a: [1, 2]}")).isEmpty();
        assertThat(check(schema, "{a: [x]}"))
                .containsExactly(
                        "a[0]: Invalid value: \"string\": a[0] in body must be of type integer: \"string\"",
                        "a: Invalid value: 1: a in body should have at least 2 items");
        assertThat(check(schema, "{a: [1, 2, 3, 4]}"))
                .containsExactly("a: Too many: 4: must have at most 3 items");
    }

    @Test
    void propertiesAreCounted() {
        var schema =
                "{properties: {a: {minProperties: 1, maxProperties: 1, additionalProperties: {}}}}";
        assertThat(check(schema, "{a: {}}"))
                .containsExactly(
                        "a: Invalid value: 0: a in body should have at least 1 properties");
        assertThat(check(schema, "{a: {b: 1, c: 2}}"))
                .containsExactly("a: Too many: 2: must have at most 1 item");
    }

    @Test
    void numbersAreHeldToTheirBounds() {
        var schema = "{properties: {a: {type: number, minimum: 0.5, maximum: 10}}}";
        assertThat(check(schema, "{a: 0.5}")).isEmpty();
        assertThat(check(schema, "{a: 10}")).isEmpty();
        assertThat(check(schema, "{a: 0.25}"))
                .containsExactly(
                        "a: Invalid value: 0.25: a in body should be greater than or equal to 0.5");
        assertThat(check(schema, "{a: 10.5}"))
                .containsExactly(
                        "a: Invalid value: 10.5: a in body should be less than or equal to 10");
    }

    @Test
    void rule3_whatAnUpdateLeavesAsItWasViolatesNothing() {
        var schema = yaml("{properties: {a: {required: [b], properties: {c: {maximum: 1}}}}}");
        var old = Optional.of(yaml("{a: {c: 5}}"));
        assertThat(StructuralValidation.check(schema(schema), yaml("{a: {c: 5}, d: 1}"), old))
                .isEmpty();
        assertThat(StructuralValidation.check(schema(schema), yaml("{a: {c: 5, d: 1}}"), old))
                .extracting(Violation::toString)
                .containsExactly("a.b: Required value");
    }

    @Test
    void defaultsGoIntoWhatIsThereAndNoFurther() {
        var schema =
                "{properties: {"
                        + "given: {properties: {a: {default: 1}, b: {nullable: true, default: 2}}},"
                        + "absent: {properties: {a: {default: 1}}},"
                        + "preset: {default: {b: 5}, properties: {a: {default: 1}, b: {default: 2}}},"
                        + "list: {items: {properties: {a: {default: 1}}}}},"
                        + "additionalProperties: {properties: {a: {default: 1}}}}";
        var value = yaml("{given: {b: null}, list: [{}, {a: 2}], other: {}, gone: null}");
        Defaulting.apply(schema(yaml(schema)), value);
        assertThat(value)
                .isEqualTo(
                        yaml(
                                "{given: {a: 1, b: null}, preset: {a: 1, b: 5},"
                                        + " list: [{a: 1}, {a: 2}], other: {a: 1}}"));
    }

    @Test
    void unknownFieldsAreToldByTheirPathsAndNoDeeper() {
        var schema =
                "{properties: {a: {items: {properties: {b: {}}}}, c: {additionalProperties: {properties: {d: {}}}}}}";
        assertThat(
                        UnknownFields.of(
                                schema(yaml(schema)),
                                yaml(
                                        "{a: [{b: 1}, {z: {y: 1}}], c: {x: {d: 1, e: [{f: 1}]}}, g: {}}")))
                .containsExactly("a[1].z", "c.x.e", "g");
    }

    private static List<String> check(String schema, String value) {
        return StructuralValidation.check(schema(yaml(schema)), yaml(value), Optional.empty())
                .stream()
                .map(Violation::toString)
                .toList();
    }

    private static Schema schema(JsonNode schema) {
        return SchemaReader.read(schema);
    }

    private static JsonNode yaml(String text) {
        return ((Manifest.Parsed) GoYaml.read(text)).content();
    }
}
