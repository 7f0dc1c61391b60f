package dev.weir.crds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.protocol.OwnedFlinkKeys;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the generator cannot say or says wrong, put right in the tree it wrote:
 *
 * <ol>
 *   <li>whole numbers lose their {@code .0};
 *   <li>a validation rule stands once;
 *   <li>{@code spec} is required;
 *   <li>an object whose fields have defaults defaults to the empty object, because a default inside
 *       an absent object is not applied;
 *   <li>conditions are a list-type map keyed by type, so that two writers merge by type;
 *   <li>points in time have the format date-time;
 *   <li>quantities may be written as numbers, as in pods;
 *   <li>the keys that Weir owns are refused, one rule for each remedy;
 *   <li>printer columns stand in the order of the annotations.
 * </ol>
 */
final class SchemaCorrections {

    private static final String QUANTITY = "^[0-9]+(\\.[0-9]+)?(m|k|Ki|M|Mi|G|Gi|T|Ti)?$";

    private SchemaCorrections() {}

    static void apply(ObjectNode crd, Class<? extends CustomResource<?, ?>> resource) {
        wholeNumbers(crd);
        distinctRules(crd);
        ObjectNode version = (ObjectNode) crd.at("/spec/versions/0");
        ObjectNode root = (ObjectNode) version.at("/schema/openAPIV3Schema");
        root.putArray("required").add("spec");
        ObjectNode spec = (ObjectNode) root.at("/properties/spec");
        defaultObjects(spec);
        conditions((ObjectNode) root.at("/properties/status/properties/conditions"));
        dateTimes(root);
        if (resource.equals(StreamJob.class)) {
            quantity((ObjectNode) spec.at("/properties/resources/properties/cpu"));
            quantity((ObjectNode) spec.at("/properties/resources/properties/memory"));
            refuseOwnedKeys((ObjectNode) spec.at("/properties/flinkConfiguration"));
        }
        orderColumns((ArrayNode) version.get("additionalPrinterColumns"), resource);
    }

    private static void conditions(ObjectNode conditions) {
        conditions.put("x-kubernetes-list-type", "map");
        conditions.putArray("x-kubernetes-list-map-keys").add("type");
        conditions.put("maxItems", conditions.at("/items/properties/type/enum").size());
    }

    private static void wholeNumbers(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : Map.copyOf(fields(object)).entrySet()) {
                JsonNode value = field.getValue();
                if (value.isFloatingPointNumber()
                        && value.doubleValue() == Math.rint(value.doubleValue())) {
                    object.put(field.getKey(), value.longValue());
                }
            }
        }
        node.forEach(SchemaCorrections::wholeNumbers);
    }

    /**
     * A rule on a record's component is found on its field and on its accessor, and written for
     * each.
     */
    private static void distinctRules(JsonNode node) {
        if (node.path("x-kubernetes-validations") instanceof ArrayNode rules) {
            Set<JsonNode> distinct = new LinkedHashSet<>();
            rules.forEach(distinct::add);
            rules.removeAll().addAll(distinct);
        }
        node.forEach(SchemaCorrections::distinctRules);
    }

    /** Depth first, so that an object whose only defaults are in its own objects gets one too. */
    private static boolean defaultObjects(ObjectNode schema) {
        boolean some = false;
        for (Map.Entry<String, JsonNode> property : fields(schema.path("properties")).entrySet()) {
            ObjectNode child = (ObjectNode) property.getValue();
            boolean inside = child.path("properties").isObject() && defaultObjects(child);
            if (inside && !child.has("required")) {
                child.putObject("default");
            }
            some |= child.has("default");
        }
        return some;
    }

    private static void dateTimes(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (String name : List.of("at", "completedAt", "lastTransitionTime")) {
                if (object.path("properties").path(name) instanceof ObjectNode time) {
                    time.put("format", "date-time");
                }
            }
        }
        node.forEach(SchemaCorrections::dateTimes);
    }

    private static void quantity(ObjectNode schema) {
        schema.remove("type");
        ArrayNode either = schema.putArray("anyOf");
        either.addObject().put("type", "integer");
        either.addObject().put("type", "string");
        schema.put("pattern", QUANTITY);
        schema.put("x-kubernetes-int-or-string", true);
    }

    private static void refuseOwnedKeys(ObjectNode schema) {
        ArrayNode rules = schema.withArray("x-kubernetes-validations");
        OwnedFlinkKeys.ALL.stream()
                .collect(
                        Collectors.groupingBy(
                                OwnedFlinkKeys.Owned::remedy, TreeMap::new, Collectors.toList()))
                .forEach(
                        (remedy, owned) -> {
                            String prefixes =
                                    owned.stream()
                                            .map(
                                                    one ->
                                                            one.prefix()
                                                                    .replace(".", "[.]")
                                                                    .replace("$", "[$]"))
                                            .collect(Collectors.joining("|"));
                            String named =
                                    owned.stream()
                                            .map(OwnedFlinkKeys.Owned::prefix)
                                            .map(
                                                    prefix ->
                                                            prefix.endsWith(".")
                                                                            || prefix.endsWith("-")
                                                                    ? prefix + "*"
                                                                    : prefix)
                                            .collect(Collectors.joining(", "));
                            rules.addObject()
                                    .put(
                                            "rule",
                                            "self.all(key, !key.matches('^(" + prefixes + ")'))")
                                    .put(
                                            "message",
                                            "spec.flinkConfiguration must not set "
                                                    + named
                                                    + ", which Weir owns: "
                                                    + remedy);
                        });
    }

    private static void orderColumns(
            ArrayNode columns, Class<? extends CustomResource<?, ?>> resource) {
        Map<String, JsonNode> byName = new HashMap<>();
        columns.forEach(column -> byName.put(column.get("name").textValue(), column));
        columns.removeAll();
        Arrays.stream(resource.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(column -> byName.get(column.name()))
                .forEach(columns::add);
    }

    private static Map<String, JsonNode> fields(JsonNode node) {
        return node.propertyStream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey,
                                Map.Entry::getValue,
                                (a, _) -> a,
                                LinkedHashMap::new));
    }
}
