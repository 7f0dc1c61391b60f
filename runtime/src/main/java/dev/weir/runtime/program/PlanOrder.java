package dev.weir.runtime.program;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The order in which nodes are visited: every node after those that feed it, and nodes that look
 * alike in the order of the sinks that they lead to. The planner numbers nodes by the order of
 * statements; here that decides only between nodes that lead to the same sinks.
 */
final class PlanOrder {

    private final Map<Integer, PlanNode> nodes = new HashMap<>();
    private final Map<Integer, Integer> levels = new HashMap<>();
    private final Map<Integer, Set<String>> sinks = new HashMap<>();

    private PlanOrder(Collection<PlanNode> plan) {
        plan.forEach(node -> nodes.put(node.id(), node));
        List<PlanNode> feedersFirst = feedersFirst();
        feedersFirst.forEach(
                node ->
                        levels.put(
                                node.id(),
                                node.sources()
                                        .mapToInt(levels::get)
                                        .map(l -> l + 1)
                                        .max()
                                        .orElse(0)));
        feedersFirst.reversed().forEach(this::tellFeeders);
    }

    static List<PlanNode> of(Collection<PlanNode> plan) {
        var order = new PlanOrder(plan);
        return plan.stream()
                .sorted(
                        Comparator.comparing((PlanNode node) -> order.levels.get(node.id()))
                                .thenComparing(node -> order.sinks.get(node.id()).toString())
                                .thenComparing(PlanNode::id))
                .toList();
    }

    private List<PlanNode> feedersFirst() {
        var sorted = new ArrayList<PlanNode>();
        var seen = new HashSet<Integer>();
        nodes.values().forEach(node -> add(node, seen, sorted));
        return sorted;
    }

    private void add(PlanNode node, Set<Integer> seen, List<PlanNode> sorted) {
        if (seen.add(node.id())) {
            node.sources().forEach(source -> add(nodes.get(source), seen, sorted));
            sorted.add(node);
        }
    }

    /** What a node leads to, those lead to that feed it. */
    private void tellFeeders(PlanNode node) {
        Set<String> reached = sinks.computeIfAbsent(node.id(), _ -> new TreeSet<>());
        OperatorIdentities.connectorName(node)
                .filter(_ -> !node.inputs().isEmpty())
                .ifPresent(reached::add);
        node.sources()
                .forEach(
                        source ->
                                sinks.computeIfAbsent(source, _ -> new TreeSet<>())
                                        .addAll(reached));
    }
}
