package dev.weir.cli.show;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * The part of JSONPath that printer columns are written in: names, and the choice of one element of
 * a list by a member's value, such as {@code .status.conditions[?(@.type=="Ready")].status}.
 * Anything else is refused when it is parsed.
 */
record JsonPath(List<Step> steps) {

    private static final Pattern STEP =
            Pattern.compile(
                    "\\.([A-Za-z_]\\w*)|\\[\\?\\(@\\.([A-Za-z_]\\w*)\\s*==\\s*\"([^\"]*)\"\\)]");

    JsonPath {
        steps = List.copyOf(steps);
    }

    private sealed interface Step {
        Optional<JsonNode> from(JsonNode node);
    }

    private record Member(String name) implements Step {
        @Override
        public Optional<JsonNode> from(JsonNode node) {
            return Optional.ofNullable(node.get(name));
        }
    }

    private record Element(String member, String value) implements Step {
        @Override
        public Optional<JsonNode> from(JsonNode node) {
            return StreamSupport.stream(node.spliterator(), false)
                    .filter(element -> element.path(member).asText().equals(value))
                    .findFirst();
        }
    }

    static JsonPath parse(String text) {
        var steps = new ArrayList<Step>();
        var step = STEP.matcher(text);
        int end = 0;
        while (step.find() && step.start() == end) {
            end = step.end();
            steps.add(
                    step.group(1) != null
                            ? new Member(step.group(1))
                            : new Element(step.group(2), step.group(3)));
        }
        if (end != text.length() || steps.isEmpty()) {
            throw new IllegalArgumentException(
                    "no JSONPath that is understood here: "
                            + text
                            + ", from its character "
                            + (end + 1));
        }
        return new JsonPath(steps);
    }

    /** The value there, unless it is absent or null. */
    Optional<JsonNode> from(JsonNode node) {
        var found = Optional.of(node);
        for (var step : steps) {
            found = found.flatMap(step::from);
        }
        return found.filter(value -> !value.isNull());
    }
}
