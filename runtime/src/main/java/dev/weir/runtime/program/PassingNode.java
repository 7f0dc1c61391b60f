package dev.weir.runtime.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Nodes that compute nothing that outlives a row or a batch: what comes after them is told as if it
 * stood before them, with their expressions put in.
 */
final class PassingNode {

    /** {@code start(w$)}: an attribute of the window, not an aggregate. */
    static final Pattern WINDOW_PROPERTY =
            Pattern.compile("(start|end|rowtime|proctime|slice_end)\\(w\\$\\)");

    private static final List<String> WINDOW_COLUMNS =
            List.of("window_start", "window_end", "window_time");

    private PassingNode() {}

    /** What comes out; empty for a node that computes something, or whose text is unreadable. */
    static Optional<Flow> through(PlanNode node, NodeText text, Flow in) {
        if (text.attributes().isEmpty() || !in.row().isReadableIn(text.body())) {
            return Optional.empty();
        }
        return switch (text.kind()) {
            case "WatermarkAssigner",
                    "MiniBatchAssigner",
                    "ConstraintEnforcer",
                    "StreamRecordTimestampInserter",
                    "DropUpdateBefore" ->
                    Optional.of(in);
            case "Calc" -> calculated(node, text, in);
            case "LocalGroupAggregate", "LocalWindowAggregate" -> accumulated(node, text, in);
            case "WindowTableFunction" -> windowed(node, text, in);
            default -> Optional.empty();
        };
    }

    private static Optional<Flow> calculated(PlanNode node, NodeText text, Flow in) {
        return text.items("select")
                .filter(items -> items.size() == node.outputTypes().size())
                .flatMap(
                        items ->
                                known(
                                        items.stream().map(PlanText.Item::name).toList(),
                                        items.stream()
                                                .map(item -> in.row().resolve(item.expression()))
                                                .toList()))
                .map(in::with)
                .map(
                        out ->
                                text.attribute("where")
                                        .map(where -> out.filteredBy(in.row().resolve(where)))
                                        .orElse(out));
    }

    private static Optional<Flow> accumulated(PlanNode node, NodeText text, Flow in) {
        String window = text.attribute("window").map(in.row()::resolve).orElse("");
        return text.items("select")
                .flatMap(
                        items -> {
                            var names = new ArrayList<String>();
                            var values = new ArrayList<String>();
                            for (PlanText.Item item : items) {
                                List<String> columns = columns(item);
                                names.addAll(columns);
                                values.addAll(values(item, columns.size(), in.row(), window));
                            }
                            return known(names, values);
                        })
                .filter(row -> row.arity() == node.outputTypes().size())
                .map(in::with);
    }

    /** {@code AVG(v) AS (sum$0, count$1)} has two columns. */
    private static List<String> columns(PlanText.Item item) {
        String name = item.name();
        return item.alias().isPresent() && name.startsWith("(") && name.endsWith(")")
                ? PlanText.split(name.substring(1, name.length() - 1)).orElse(List.of(name))
                : List.of(name);
    }

    private static List<String> values(PlanText.Item item, int columns, Row in, String window) {
        String value = in.resolve(item.expression());
        if (item.alias().isEmpty()) {
            return List.of(value);
        }
        if (WINDOW_PROPERTY.matcher(item.expression()).matches()) {
            return List.of("{" + item.expression() + " " + window + "}");
        }
        var accumulators = new ArrayList<String>();
        for (int at = 0; at < columns; at++) {
            accumulators.add(Accumulator.column(value, at, columns));
        }
        return accumulators;
    }

    /** Sessions are kept in state: only their function is an operator of its own. */
    private static Optional<Flow> windowed(PlanNode node, NodeText text, Flow in) {
        if (node.isKeyed()
                || !(in.row() instanceof Row.Known(var before, var given))
                || node.outputTypes().size() != before.size() + WINDOW_COLUMNS.size()) {
            return Optional.empty();
        }
        return text.attribute("window")
                .map(in.row()::resolve)
                .flatMap(
                        window -> {
                            var names = new ArrayList<>(before);
                            var values = new ArrayList<>(given);
                            for (String column : WINDOW_COLUMNS) {
                                names.add(column);
                                values.add("{" + column + " " + window + "}");
                            }
                            return known(names, values);
                        })
                .map(in::with);
    }

    private static Optional<Row> known(List<String> names, List<String> values) {
        return names.stream().distinct().count() == names.size()
                ? Optional.of(new Row.Known(names, values.stream().map(Flow::bounded).toList()))
                : Optional.empty();
    }
}
