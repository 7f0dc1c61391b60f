package dev.weir.cli.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.Schema;

/**
 * One document of YAML as Kubernetes takes it, which is YAML 1.1 as {@code go-yaml} reads it, and
 * then JSON:
 *
 * <ol>
 *   <li>a plain scalar means what {@link GoScalar} says, a quoted one is text;
 *   <li>of a key that stands twice in a mapping the last counts, and each repetition is reported
 *       with the line of its value;
 *   <li>{@code <<} merges mappings, and what it brings counts as if it stood there;
 *   <li>keys are text.
 * </ol>
 */
final class GoYaml {

    /** Of plain scalars without a tag: their meaning is not the parser's business. */
    private static final Tag PLAIN = new Tag("!plain");

    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setSchema(new Untouched()).setAllowNonScalarKeys(true).build();

    private final List<String> repeatedKeys = new ArrayList<>();
    private final Set<Node> open = new HashSet<>();

    private GoYaml() {}

    /** A document of nothing but comments is the null. */
    static Manifest read(String document) {
        var yaml = new GoYaml();
        try {
            var root = new Compose(SETTINGS).composeString(document);
            var content = root.map(yaml::value).orElse(NullNode.getInstance());
            return new Manifest.Parsed(content, yaml.repeatedKeys);
        } catch (MarkedYamlEngineException e) {
            return unreadable(
                    "yaml: "
                            + e.getProblemMark()
                                    .map(mark -> "line " + (mark.getLine() + 1) + ": ")
                                    .orElse("")
                            + e.getProblem());
        } catch (YamlEngineException | GoScalar.MeaninglessException e) {
            return unreadable(e.getMessage());
        }
    }

    private static Manifest unreadable(String why) {
        return new Manifest.Unreadable("error converting YAML to JSON: " + why);
    }

    private JsonNode value(Node node) {
        return switch (node) {
            case ScalarNode scalar -> scalar(scalar);
            case CollectionNode<?> collection -> {
                if (!open.add(collection)) {
                    throw new GoScalar.MeaninglessException(
                            "anchor '"
                                    + node.getAnchor().map(Object::toString).orElse("")
                                    + "' value contains itself");
                }
                var value = collection(collection);
                open.remove(collection);
                yield value;
            }
            case Node other ->
                    throw new GoScalar.MeaninglessException("unknown node " + other.getNodeType());
        };
    }

    private JsonNode collection(CollectionNode<?> collection) {
        if (collection instanceof SequenceNode sequence) {
            var array = JsonNodeFactory.instance.arrayNode();
            sequence.getValue().forEach(item -> array.add(value(item)));
            return array;
        }
        var object = JsonNodeFactory.instance.objectNode();
        fill(object, new HashSet<>(), (MappingNode) collection);
        return object;
    }

    private static JsonNode scalar(ScalarNode scalar) {
        if (scalar.getTag().equals(PLAIN)) {
            return GoScalar.plain(scalar.getValue());
        }
        if (scalar.getTag().equals(Tag.STR)) {
            return TextNode.valueOf(scalar.getValue());
        }
        return GoScalar.tagged(scalar.getTag().getValue(), scalar.getValue());
    }

    private void fill(ObjectNode object, Set<JsonNode> keys, MappingNode mapping) {
        for (var tuple : mapping.getValue()) {
            if (isMerge(tuple.getKeyNode())) {
                merge(object, keys, tuple.getValueNode());
                continue;
            }
            var key = key(tuple.getKeyNode());
            var value = value(tuple.getValueNode());
            if (!keys.add(key)) {
                repeatedKeys.add(
                        "line %d: key %s already set in map"
                                .formatted(line(tuple.getValueNode()), GoText.value(key)));
            }
            object.set(GoText.print(key), value);
        }
    }

    private static boolean isMerge(Node key) {
        return key instanceof ScalarNode scalar
                && scalar.getTag().equals(PLAIN)
                && scalar.getValue().equals("<<");
    }

    private void merge(ObjectNode object, Set<JsonNode> keys, Node merged) {
        switch (merged) {
            case MappingNode mapping -> fill(object, keys, mapping);
            case SequenceNode several ->
                    // The first one counts, so it comes last.
                    several.getValue().reversed().forEach(one -> merge(object, keys, one));
            case Node _ ->
                    throw new GoScalar.MeaninglessException(
                            "map merge requires map or sequence of maps as the value");
        }
    }

    private JsonNode key(Node node) {
        var key = value(node);
        if (key.isContainerNode() || key.isNull()) {
            throw new GoScalar.MeaninglessException("invalid map key: " + GoText.print(key));
        }
        return key;
    }

    private static int line(Node node) {
        return node.getStartMark().orElseThrow().getLine() + 1;
    }

    /** Leaves plain scalars as they were written. */
    private static final class Untouched implements Schema {
        @Override
        public ScalarResolver getScalarResolver() {
            return (_, plain) -> plain ? PLAIN : Tag.STR;
        }

        @Override
        public Map<Tag, ConstructNode> getSchemaTagConstructors() {
            return Map.of();
        }
    }
}
