package dev.weir.runtime.program;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;

/**
 * Gives each operator of a SQL job an id of Weir's own, derived from what it computes: an edit that
 * leaves that alone leaves its state in place, and an edit that changes it is seen as a new
 * operator. Flink's own ids hash the graph's shape, so that {@code COUNT(*)} edited to {@code
 * MAX(v)} runs on the old state without a word, and a harmless projection makes a sink unknown.
 *
 * <ol>
 *   <li>Nodes are visited from the sources down; within a level in the order of the sinks that they
 *       lead to, and last by number, so that the order of statements plays no part.
 *   <li>Column lineage: every column has a value, which is an expression over columns of sources
 *       and of nodes that compute something of their own. Names that a user chose vanish in it.
 *   <li>A source is its table: catalog, database and name. Its columns, options and pushed-down
 *       projections are not part of it; what reads a column takes name and type in.
 *   <li>A sink is its table and its part, such as Writer or Committer; so is any node that a
 *       connector adds and the planner does not describe. Where several have that name, what feeds
 *       them is part of it.
 *   <li>Calc, watermarks, constraints, mini-batch markers, window assigners and local aggregations
 *       pass the stream on with their expressions put in ({@link PassingNode}); what follows does
 *       not see them. They get an id like everyone, but nobody asks for it.
 *   <li>An aggregation is its keys, calls, window and types, and the nodes that its rows come from.
 *       A global one over a local one is the plain one.
 *   <li>All others (joins, ranks, deduplication, OVER, patterns) may keep whole rows: the same, and
 *       every input column with its type ({@link Computation}).
 *   <li>A union is told column by column, whatever the order of its parts.
 *   <li>Filters are left out of an id and kept beside it: state that was made of other rows is
 *       still the same state, and the user is asked. They pass nodes that keep nothing by key.
 *   <li>Text that cannot be read goes in whole, names of columns included: such a node keeps its
 *       state only over edits elsewhere.
 *   <li>Nodes that say the same of themselves are told apart by their place in that order.
 * </ol>
 *
 * <p>Safety: two nodes of equal uid in two revisions compute the same from the same sources, so far
 * as the planner's text tells it; the bodies of functions and the options of tables are not in it.
 * Uniqueness: no two nodes of a graph have one uid.
 */
final class OperatorIdentities {

    /** {@code snk[7]: Writer}, or with long names {@code Sink(table=[c.d.snk], …): Writer}. */
    private static final Pattern NUMBER = Pattern.compile("\\[\\d+](?=$|: )");

    private static final Pattern LONG_NAME =
            Pattern.compile("(?s)Sink\\(table=\\[([^]]*)].*\\)(?=$|: )");
    private static final Pattern ROLE = Pattern.compile("^(Source|Sink): ");

    private final Map<String, Long> sharers;
    private final Map<Integer, Flow> flows = new HashMap<>();
    private final Map<Integer, OperatorIdentity> identities = new TreeMap<>();
    private final Map<String, Integer> twins = new HashMap<>();

    private OperatorIdentities(Collection<PlanNode> plan) {
        sharers =
                plan.stream()
                        .filter(node -> !isSource(node))
                        .flatMap(node -> connectorName(node).stream())
                        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    /** The identity of each node, by the node's number. */
    static Map<Integer, OperatorIdentity> of(Collection<PlanNode> plan) {
        var naming = new OperatorIdentities(plan);
        PlanOrder.of(plan).forEach(naming::visit);
        return naming.identities;
    }

    /**
     * Names every operator of the graph that its program has not named itself.
     *
     * @return the identities by uid
     */
    static Map<String, OperatorIdentity> assign(StreamGraph graph) {
        var byUid = new HashMap<String, OperatorIdentity>();
        Map<Integer, OperatorIdentity> identities = of(PlanNode.of(graph));
        for (StreamNode node : graph.getStreamNodes()) {
            if (node.getTransformationUID() == null && node.getUserHash() == null) {
                OperatorIdentity identity = identities.get(node.getId());
                graph.setTransformationUID(node.getId(), identity.uid());
                byUid.put(identity.uid(), identity);
            }
        }
        return Map.copyOf(byUid);
    }

    private void visit(PlanNode node) {
        List<Flow> inputs = node.inputs().stream().map(this::union).toList();
        Optional<String> connector = connectorName(node);
        if (isSource(node)) {
            source(node, connector);
        } else if (connector.isPresent()) {
            sink(node, connector.get(), inputs);
        } else {
            NodeText text = node.text().orElseThrow();
            Optional<Flow> through =
                    inputs.size() == 1
                            ? PassingNode.through(node, text, inputs.getFirst())
                            : Optional.empty();
            through.ifPresentOrElse(
                    flow -> passing(node, text, flow), () -> computing(node, text, inputs));
        }
    }

    private Flow union(List<Integer> sources) {
        return Flow.union(sources.stream().map(flows::get).toList());
    }

    /** Rule 3. */
    private void source(PlanNode node, Optional<String> connector) {
        Optional<List<String>> table = node.text().flatMap(OperatorIdentities::table);
        String content =
                connector
                        .or(() -> table.map(parts -> String.join(".", parts.subList(0, 3))))
                        .orElseGet(() -> node.text().orElseThrow().body());
        String uid = identify(node, "Source", content, List.of());
        List<String> pushed =
                table.map(parts -> parts.subList(3, parts.size())).orElse(List.of()).stream()
                        .filter(part -> part.matches("(?s)(filter|partitions|limit)=\\[.+]"))
                        .toList();
        int arity = node.outputTypes().size();
        Row row =
                node.text()
                        .flatMap(text -> text.attribute("fields"))
                        .flatMap(PlanText::split)
                        .filter(names -> names.size() == arity)
                        .<Row>map(names -> new Row.Known(names, columns(uid, names, node)))
                        .orElseGet(() -> new Row.Unknown(uid, arity));
        flows.put(node.id(), new Flow(row, List.of(uid), pushed));
    }

    /** With their types: a distinct count does not show what it is a count of. */
    private static List<String> columns(String uid, List<String> names, PlanNode source) {
        return IntStream.range(0, names.size())
                .mapToObj(at -> names.get(at) + " " + source.outputTypes().get(at))
                .map(column -> Row.sourceColumn(uid, column))
                .toList();
    }

    /** Catalog, database, name, and what was pushed down: {@code [cat, db, t, project=[k]]}. */
    private static Optional<List<String>> table(NodeText text) {
        return text.attribute("table")
                .filter(table -> table.startsWith("[") && table.endsWith("]"))
                .flatMap(table -> PlanText.split(table.substring(1, table.length() - 1)))
                .filter(parts -> parts.size() >= 3);
    }

    /** Rule 4. */
    private void sink(PlanNode node, String name, List<Flow> inputs) {
        boolean shared = sharers.get(name) > 1;
        String feed =
                shared ? inputs.stream().map(Flow::text).collect(Collectors.joining("\n")) : "";
        String uid = identify(node, "Sink", name + "\n" + feed, List.of());
        Row row = new Row.Unknown(uid, node.outputTypes().size());
        flows.put(node.id(), new Flow(row, List.of(uid), Flow.filters(inputs)));
    }

    /** Rule 5. */
    private void passing(PlanNode node, NodeText text, Flow out) {
        identify(node, text.kind(), text.kind() + "\n" + out.text(), List.of());
        flows.put(node.id(), out);
    }

    /** Rules 6, 7 and 9. */
    private void computing(PlanNode node, NodeText text, List<Flow> inputs) {
        Computation computation = Computation.of(node, text, inputs);
        List<String> filters = Flow.filters(inputs);
        String uid = identify(node, computation.kind(), computation.content(), filters);
        Row row = Row.own(uid, computation.names(), node.outputTypes().size());
        flows.put(node.id(), new Flow(row, List.of(uid), node.isKeyed() ? List.of() : filters));
    }

    /** Rule 11. */
    private String identify(PlanNode node, String kind, String content, List<String> filters) {
        String computes = Digest.of(content);
        String name = kind + "-" + computes;
        int twin = twins.merge(name, 1, Integer::sum);
        String uid = twin == 1 ? name : name + "#" + twin;
        identities.put(
                node.id(),
                new OperatorIdentity(
                        uid,
                        computes,
                        filters.isEmpty()
                                ? Optional.empty()
                                : Optional.of(Digest.of(String.join("\n", filters)))));
        return uid;
    }

    private static boolean isSource(PlanNode node) {
        return node.inputs().isEmpty();
    }

    /** The name of what a connector made, without the planner's numbers. */
    static Optional<String> connectorName(PlanNode node) {
        if (node.text().isPresent()) {
            return node.text()
                    .filter(text -> text.kind().endsWith("Sink"))
                    .flatMap(text -> text.attribute("table"));
        }
        String role = ROLE.matcher(node.name()).replaceFirst("");
        String table =
                LONG_NAME
                        .matcher(role)
                        .replaceFirst(found -> Matcher.quoteReplacement(found.group(1)));
        return Optional.of(NUMBER.matcher(table).replaceAll(""));
    }
}
