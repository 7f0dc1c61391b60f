package dev.weir.runtime.program;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the planner says of a node: {@code [5]:GroupAggregate(groupBy=[k], select=[k, COUNT(*) AS
 * c])}.
 *
 * @param kind the node's kind, {@code GroupAggregate}
 * @param body what stands in its brackets, as written
 * @param attributes by name, without their square brackets, in the order written; absent where the
 *     body cannot be read
 */
record NodeText(String kind, String body, Optional<Map<String, String>> attributes) {

    private static final Pattern NODE =
            Pattern.compile("(?s)(?:\\[\\d+]:)?([A-Za-z]\\w*)[(\\[](.*)[)\\]]");
    private static final Pattern ATTRIBUTE = Pattern.compile("(?s)([\\w ]+)=\\[(.*)]");

    /** The planner's name for "this window", with a quote that is never closed. */
    private static final Pattern THIS_WINDOW = Pattern.compile("'w\\$(?=[,)])");

    NodeText {
        attributes = attributes.map(LinkedHashMap::new).map(Collections::unmodifiableMap);
    }

    /** Empty for a node that the planner did not describe: connectors add such. */
    static Optional<NodeText> of(String description) {
        var node = NODE.matcher(description);
        if (!node.matches()) {
            return Optional.empty();
        }
        String kind = node.group(1);
        String body = node.group(2);
        String readable =
                kind.contains("Window") ? THIS_WINDOW.matcher(body).replaceAll("w\\$") : body;
        return Optional.of(
                new NodeText(kind, body, PlanText.split(readable).flatMap(NodeText::attributesOf)));
    }

    /** A part without a name of its own is named by its text. */
    private static Optional<Map<String, String>> attributesOf(List<String> parts) {
        var attributes = new LinkedHashMap<String, String>();
        for (String part : parts) {
            var attribute = ATTRIBUTE.matcher(part);
            String before =
                    attribute.matches()
                            ? attributes.put(attribute.group(1), attribute.group(2))
                            : attributes.put(part, "");
            if (before != null) {
                return Optional.empty();
            }
        }
        return Optional.of(attributes);
    }

    Optional<String> attribute(String name) {
        return attributes.flatMap(all -> Optional.ofNullable(all.get(name)));
    }

    Optional<List<PlanText.Item>> items(String attribute) {
        return attribute(attribute).flatMap(PlanText::items);
    }
}
