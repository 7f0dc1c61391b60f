package dev.weir.runtime.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a node computes of its own, as text: equal texts compute the same and keep the same state.
 * It holds no name that the user chose for a column, and no number of a node.
 *
 * @param kind the node's kind; a global aggregation that merges what a local one has prepared is
 *     the plain aggregation
 * @param content all that decides what is in its state, except for filters
 * @param names of its output's columns; absent where they cannot be told
 */
record Computation(String kind, String content, Optional<List<String>> names) {

    /**
     * These keep calls by key; of the rows that come in, only what the calls name matters. All
     * others may keep whole rows.
     */
    private static final Set<String> AGGREGATIONS =
            Set.of(
                    "GroupAggregate",
                    "GlobalGroupAggregate",
                    "WindowAggregate",
                    "GlobalWindowAggregate",
                    "GroupWindowAggregate");

    private static final Set<String> OUTPUT_ONLY = Set.of("select", "properties");

    Computation {
        names = names.map(List::copyOf);
    }

    /** A node with a planner's text and inputs. */
    static Computation of(PlanNode node, NodeText text, List<Flow> inputs) {
        Row in = inputs(text, inputs);
        boolean readable = text.attributes().isPresent() && in.isReadableIn(text.body());
        if (!readable) {
            return new Computation(
                    text.kind(), unread(node, text, inputs), namesOf(node, text, inputs));
        }
        if (AGGREGATIONS.contains(text.kind()) && inputs.size() == 1) {
            var aggregation =
                    text.items("select")
                            .filter(items -> items.size() == node.outputTypes().size())
                            .map(items -> aggregation(node, text, items, inputs.getFirst()));
            if (aggregation.isPresent()) {
                return aggregation.get();
            }
        }
        return new Computation(
                text.kind(), ofRows(node, text, in, inputs), namesOf(node, text, inputs));
    }

    private static Computation aggregation(
            PlanNode node, NodeText text, List<PlanText.Item> items, Flow in) {
        var calls = new ArrayList<String>();
        int keys = 0;
        int merged = 0;
        int properties = 0;
        for (PlanText.Item item : items) {
            if (item.alias().isEmpty()) {
                keys++;
            } else if (PassingNode.WINDOW_PROPERTY.matcher(item.expression()).matches()) {
                properties++;
                continue;
            }
            var call = mergedCall(item.expression(), in.row());
            merged += call.isPresent() ? 1 : 0;
            calls.add(call.orElseGet(() -> in.row().resolve(item.expression())));
        }
        boolean plain =
                text.kind().equals("GlobalGroupAggregate")
                        && merged > 0
                        && merged == items.size() - keys;
        String kind = plain ? "GroupAggregate" : text.kind();
        List<String> types = node.outputTypes();
        return new Computation(
                kind,
                lines(
                        kind,
                        attributes(text, in.row(), OUTPUT_ONLY),
                        "calls " + calls,
                        "from " + in.origins(),
                        "key " + node.keyTypes(),
                        "types " + types.subList(0, types.size() - properties)),
                Optional.of(items.stream().map(PlanText.Item::name).toList()));
    }

    /**
     * {@code SUM(sum$0)} over the accumulator of {@code SUM(v)} is {@code SUM(v)}. Calls with
     * several accumulators are left as they are: nobody has seen their state fit both ways.
     */
    private static Optional<String> mergedCall(String call, Row in) {
        int open = call.indexOf('(');
        if (open < 0 || !call.endsWith(")")) {
            return Optional.empty();
        }
        String argument = in.resolve(call.substring(open + 1, call.length() - 1));
        return Accumulator.merged(call.substring(0, open), argument);
    }

    private static String ofRows(PlanNode node, NodeText text, Row in, List<Flow> inputs) {
        return lines(
                text.kind(),
                attributes(text, in, Set.of()),
                rows(node, text, inputs),
                "key " + node.keyTypes(),
                "types " + node.outputTypes());
    }

    /** The text as it is, names and all: any edit gives another. */
    private static String unread(PlanNode node, NodeText text, List<Flow> inputs) {
        return lines(
                text.kind(),
                text.body(),
                inputs.stream()
                        .map(flow -> flow.row().toString())
                        .collect(Collectors.joining("\n")),
                rows(node, text, inputs),
                "key " + node.keyTypes(),
                "types " + node.outputTypes());
    }

    private static String rows(PlanNode node, NodeText text, List<Flow> inputs) {
        return IntStream.range(0, inputs.size())
                .mapToObj(
                        at ->
                                "row "
                                        + inputs.get(at).row().told(text.body())
                                        + " "
                                        + node.inputTypes().get(at)
                                        + " from "
                                        + inputs.get(at).origins())
                .collect(Collectors.joining("\n"));
    }

    private static String attributes(NodeText text, Row in, Set<String> without) {
        return text.attributes().orElseThrow().entrySet().stream()
                .filter(attribute -> !without.contains(attribute.getKey()))
                .map(attribute -> attribute.getKey() + "=" + resolved(attribute.getValue(), in))
                .collect(Collectors.joining("\n"));
    }

    private static String resolved(String value, Row in) {
        return PlanText.items(value)
                .map(
                        items ->
                                items.stream()
                                        .map(item -> in.resolve(item.expression()))
                                        .collect(Collectors.joining(", ")))
                .orElseGet(() -> in.resolve(value));
    }

    /** All inputs' columns as the node's text names them: what it selects is the surest list. */
    private static Row inputs(NodeText text, List<Flow> inputs) {
        List<Row> rows = inputs.stream().map(Flow::row).toList();
        List<String> values = rows.stream().flatMap(row -> row.values().stream()).toList();
        return rows.size() == 1
                ? rows.getFirst()
                : selected(text, values.size())
                        .<Row>map(names -> new Row.Known(names, values))
                        .orElseGet(() -> Row.beside(rows));
    }

    private static Optional<List<String>> namesOf(PlanNode node, NodeText text, List<Flow> inputs) {
        int arity = node.outputTypes().size();
        return selected(text, arity)
                .or(
                        () ->
                                inputs(text, inputs) instanceof Row.Known(var names, _)
                                                && names.size() == arity
                                        ? Optional.of(names)
                                        : Optional.empty());
    }

    private static Optional<List<String>> selected(NodeText text, int arity) {
        return text.items("select")
                .map(items -> items.stream().map(PlanText.Item::name).toList())
                .filter(
                        names ->
                                names.size() == arity
                                        && names.stream().distinct().count() == arity);
    }

    private static String lines(String... lines) {
        return String.join("\n", lines);
    }
}
