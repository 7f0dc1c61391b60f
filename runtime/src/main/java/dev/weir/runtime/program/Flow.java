package dev.weir.runtime.program;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is known of a stream between two operators.
 *
 * @param row its columns
 * @param origins uids of the nearest nodes above that compute something of their own, sorted; one
 *     that is united with itself stands there twice
 * @param filters the conditions that its rows have passed since the last keyed operator or source,
 *     sorted
 */
record Flow(Row row, List<String> origins, List<String> filters) {

    /**
     * A longer value is replaced by its fingerprint: lineage can grow with every view in between.
     */
    private static final int LONGEST_VALUE = 2_000;

    Flow {
        origins = origins.stream().sorted().toList();
        filters = filters.stream().sorted().toList();
    }

    static String bounded(String value) {
        return value.length() <= LONGEST_VALUE ? value : "{" + Digest.of(value) + "}";
    }

    /** The same rows with other columns. */
    Flow with(Row other) {
        return new Flow(other, origins, filters);
    }

    Flow filteredBy(String condition) {
        var all = new ArrayList<>(filters);
        all.add(condition);
        return new Flow(row, origins, all);
    }

    /** All that is known, without the filters: two flows of the same rows say the same. */
    String text() {
        return origins + " " + row.values();
    }

    /**
     * Several streams in one, column by column. The order in which they are written plays no part;
     * the first gives the names.
     */
    static Flow union(List<Flow> flows) {
        if (flows.size() == 1) {
            return flows.getFirst();
        }
        List<Flow> sorted = flows.stream().sorted(Comparator.comparing(Flow::text)).toList();
        var origins = sorted.stream().flatMap(flow -> flow.origins().stream()).toList();
        List<String> filters = filters(sorted);
        return new Flow(united(flows.getFirst().row(), sorted), origins, filters);
    }

    /** All filters, each with the place of the stream that it belongs to. */
    static List<String> filters(List<Flow> flows) {
        return IntStream.range(0, flows.size())
                .boxed()
                .flatMap(at -> flows.get(at).filters().stream().map(filter -> at + ": " + filter))
                .toList();
    }

    private static Row united(Row first, List<Flow> sorted) {
        return switch (first) {
            case Row.Known(var names, _)
                    when sorted.stream().allMatch(flow -> flow.row().arity() == names.size()) ->
                    new Row.Known(
                            names,
                            IntStream.range(0, names.size())
                                    .mapToObj(at -> united(at, sorted))
                                    .toList());
            case Row.Known _, Row.Unknown _ ->
                    new Row.Unknown(
                            sorted.stream().map(Flow::text).collect(Collectors.joining(" | ")),
                            first.arity());
        };
    }

    private static String united(int at, List<Flow> sorted) {
        return sorted.stream()
                .map(flow -> flow.row().values().get(at))
                .collect(Collectors.joining(" | ", "{", "}"));
    }
}
