package dev.weir.cli.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.NullValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the rules in CEL that a schema holds, at every value that a resource has for them:
 *
 * <ol>
 *   <li>A rule that compares with the old value is asked where there is one, or where it says that
 *       it can do without.
 *   <li>What did not change breaks no rule, unless the rule compares with the old value.
 *   <li>A value that is the schema's own default is not asked: the schema was only taken because
 *       its defaults keep its rules. This spares most manifests most of CEL, which is slow to come
 *       up.
 *   <li>A rule that has no value is broken, and the violation says why.
 * </ol>
 */
final class Rules {

    private static final int LONGEST_MESSAGE = 5 * 1024;

    private final RuleLanguage language = new RuleLanguage();

    List<Violation> check(Schema schema, JsonNode value, Optional<JsonNode> old) {
        var violations = new ArrayList<Violation>();
        check(schema, new Place("", value, old, old.equals(Optional.of(value))), violations);
        return violations;
    }

    /**
     * A value of the resource.
     *
     * @param old what stood there before the update
     * @param unchanged whether it, or what it belongs to, stood there before
     */
    private record Place(String path, JsonNode value, Optional<JsonNode> old, boolean unchanged) {

        Place property(String name, JsonNode property) {
            var before =
                    old.filter(JsonNode::isObject)
                            .flatMap(object -> Optional.ofNullable(object.get(name)));
            return new Place(
                    path.isEmpty() ? name : path + "." + name,
                    property,
                    before,
                    before.equals(Optional.of(property)));
        }

        /** Items are not told apart by their places. */
        Place item(int index, JsonNode item) {
            return new Place(path + "[" + index + "]", item, Optional.empty(), unchanged);
        }

        Place key(String key, JsonNode entry) {
            var property = property(key, entry);
            return new Place(path + "[" + key + "]", entry, property.old(), property.unchanged());
        }
    }

    private void check(Schema schema, Place place, List<Violation> violations) {
        for (var rule : schema.rules()) {
            if (isAsked(rule, schema, place)) {
                ask(rule, schema, place, violations);
            }
        }
        switch (place.value()) {
            case ObjectNode object -> checkProperties(schema, place, object, violations);
            case ArrayNode array ->
                    schema.items()
                            .ifPresent(
                                    items -> {
                                        for (var i = 0; i < array.size(); i++) {
                                            check(items, place.item(i, array.get(i)), violations);
                                        }
                                    });
            case JsonNode _ -> {}
        }
    }

    private void checkProperties(
            Schema schema, Place place, ObjectNode object, List<Violation> violations) {
        schema.properties()
                .forEach(
                        (name, property) -> {
                            if (object.has(name)) {
                                check(property, place.property(name, object.get(name)), violations);
                            }
                        });
        schema.otherProperties()
                .ifPresent(
                        other ->
                                object.forEachEntry(
                                        (name, entry) -> {
                                            if (!schema.properties().containsKey(name)) {
                                                check(other, place.key(name, entry), violations);
                                            }
                                        }));
    }

    private static boolean isAsked(Rule rule, Schema schema, Place place) {
        if (rule.comparesWithOld()) {
            return place.old().isPresent() || rule.withoutOld();
        }
        return !place.value().isNull() && !schema.preset().equals(Optional.of(place.value()));
    }

    private void ask(Rule rule, Schema schema, Place place, List<Violation> violations) {
        var variables = variables(rule, place);
        switch (language.evaluate(rule.expression(), variables)) {
            case RuleLanguage.NoValue(var why) ->
                    violations.add(
                            broken(
                                    Violation.Kind.INVALID,
                                    place.path(),
                                    schema,
                                    why + " evaluating rule: " + rule.title()));
            case RuleLanguage.Value(var holds) -> {
                var excused = place.unchanged() && !rule.comparesWithOld();
                if (!Boolean.TRUE.equals(holds) && !excused) {
                    violations.add(
                            broken(
                                    rule.reason(),
                                    rule.field()
                                            .map(field -> place.path() + "." + field)
                                            .orElse(place.path()),
                                    schema,
                                    message(rule, variables)));
                }
            }
        }
    }

    private static Map<String, Object> variables(Rule rule, Place place) {
        var variables = new HashMap<String, Object>();
        variables.put(RuleLanguage.SELF, plain(place.value()));
        var old = place.old().map(Rules::plain);
        if (rule.withoutOld()) {
            variables.put(RuleLanguage.OLD_SELF, old);
        } else {
            old.ifPresent(value -> variables.put(RuleLanguage.OLD_SELF, value));
        }
        return variables;
    }

    private String message(Rule rule, Map<String, Object> variables) {
        return rule.messageExpression()
                .flatMap(
                        expression ->
                                switch (language.evaluate(expression, variables)) {
                                    case RuleLanguage.Value(String text) ->
                                            Optional.of(text.strip());
                                    case RuleLanguage.Value _, RuleLanguage.NoValue _ ->
                                            Optional.<String>empty();
                                })
                .filter(text -> !text.isEmpty() && !text.contains("\n"))
                .filter(text -> text.length() <= LONGEST_MESSAGE)
                .orElseGet(rule::fixedMessage);
    }

    private static Violation broken(
            Violation.Kind reason, String path, Schema schema, String detail) {
        return switch (reason) {
            case FORBIDDEN -> new Violation(reason, path, "Forbidden: " + detail);
            case REQUIRED -> Violation.required(path, detail);
            case DUPLICATE ->
                    new Violation(
                            reason,
                            path,
                            "Duplicate value: " + GoText.quote(schema.ruleTypeWord()));
            case INVALID, UNRECOGNISED, UNDECODABLE, MISTYPED, UNSUPPORTED, TOO_LONG, TOO_MANY ->
                    Violation.invalid(path, schema.ruleTypeWord(), detail);
        };
    }

    /** As CEL takes it. */
    static Object plain(JsonNode value) {
        return switch (JsonType.of(value)) {
            case OBJECT -> {
                var map = new HashMap<String, Object>();
                value.forEachEntry((name, field) -> map.put(name, plain(field)));
                yield map;
            }
            case ARRAY -> value.valueStream().map(Rules::plain).toList();
            case STRING -> value.textValue();
            case INTEGER -> value.longValue();
            case NUMBER -> value.doubleValue();
            case BOOLEAN -> value.booleanValue();
            case NULL -> NullValue.NULL_VALUE;
        };
    }
}
