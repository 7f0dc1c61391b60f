package dev.weir.runtime.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.streaming.api.graph.StreamEdge;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;

/**
 * A node of a graph, as far as it decides what the node computes.
 *
 * @param name the operator's name, which carries numbers that differ from one compilation to the
 *     next
 * @param text the planner's description, for nodes that the planner made
 * @param inputs for each input the nodes that feed it; several stand for a {@code UNION}
 * @param inputTypes for each input the types of its columns
 * @param outputTypes the types of the columns it puts out
 * @param keyTypes the types of the key that its state is kept by, for keyed nodes
 */
record PlanNode(
        int id,
        String name,
        Optional<NodeText> text,
        List<List<Integer>> inputs,
        List<List<String>> inputTypes,
        List<String> outputTypes,
        Optional<List<String>> keyTypes) {

    PlanNode {
        inputs = inputs.stream().map(List::copyOf).toList();
        inputTypes = inputTypes.stream().map(List::copyOf).toList();
        outputTypes = List.copyOf(outputTypes);
        keyTypes = keyTypes.map(List::copyOf);
    }

    static List<PlanNode> of(StreamGraph graph) {
        return graph.getStreamNodes().stream().map(PlanNode::of).toList();
    }

    private static PlanNode of(StreamNode node) {
        var inputs = new TreeMap<Integer, List<Integer>>();
        for (StreamEdge edge : node.getInEdges()) {
            inputs.computeIfAbsent(edge.getTypeNumber(), _ -> new ArrayList<>())
                    .add(edge.getSourceId());
        }
        return new PlanNode(
                node.getId(),
                node.getOperatorName(),
                NodeText.of(node.getOperatorDescription()),
                List.copyOf(inputs.values()),
                Arrays.stream(node.getTypeSerializersIn()).map(RowTypes::of).toList(),
                types(node.getTypeSerializerOut()).orElse(List.of()),
                types(node.getStateKeySerializer()));
    }

    private static Optional<List<String>> types(TypeSerializer<?> serializer) {
        return Optional.ofNullable(serializer).map(RowTypes::of);
    }

    Stream<Integer> sources() {
        return inputs.stream().flatMap(List::stream);
    }

    boolean isKeyed() {
        return keyTypes.isPresent();
    }
}
