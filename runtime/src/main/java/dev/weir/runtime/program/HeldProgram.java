package dev.weir.runtime.program;

import dev.weir.protocol.Problem.Kind;
import dev.weir.protocol.RuntimeView.Fingerprint;
import dev.weir.protocol.RuntimeView.Operator;
import dev.weir.protocol.RuntimeView.Prepared;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.util.InstantiationUtil;

/**
 * A program compiled to its graph, ready to be activated any number of times. Immutable: each
 * activation gets its own copy of the graph.
 */
public final class HeldProgram {

    private final byte[] graph;
    private final Prepared prepared;
    private final List<KafkaTable> kafka;

    private HeldProgram(byte[] graph, Prepared prepared, List<KafkaTable> kafka) {
        this.graph = graph;
        this.prepared = prepared;
        this.kafka = kafka;
    }

    /**
     * Compiles a SQL script.
     *
     * @param settings those of the job, without credentials
     */
    public static HeldProgram ofSql(
            String script, String jobName, Configuration settings, int parallelism)
            throws PreparationException {
        SqlProgram.Compiled compiled = SqlProgram.compile(script, jobName, settings);
        StreamGraph streams = compiled.graph();
        Map<String, OperatorIdentity> identities = OperatorIdentities.assign(streams);
        try {
            streams.serializeUserDefinedInstances();
            JobGraph job = streams.getJobGraph(HeldProgram.class.getClassLoader());
            checkParallelism(job, parallelism);
            return new HeldProgram(
                    InstantiationUtil.serializeObject(job),
                    new Prepared(digest(script, settings), operators(job, streams, identities)),
                    compiled.kafka());
        } catch (IOException e) {
            throw PreparationException.of(
                    Kind.PROGRAM_INVALID,
                    "The program's graph cannot be serialised: " + e.getMessage(),
                    "look for a function or connector that holds something that is not serialisable");
        }
    }

    private static void checkParallelism(JobGraph job, int parallelism)
            throws PreparationException {
        for (JobVertex vertex : job.getVertices()) {
            if (vertex.getParallelism() > parallelism) {
                throw PreparationException.of(
                        Kind.CONFIGURATION_INVALID,
                        "'"
                                + vertex.getName()
                                + "' asks for parallelism "
                                + vertex.getParallelism()
                                + ", and spec.parallelism is "
                                + parallelism,
                        "raise spec.parallelism, or lower the table's own parallelism option");
            }
        }
    }

    /** A copy of the graph that is the caller's own. */
    public JobGraph graph() {
        try {
            return InstantiationUtil.deserializeObject(graph, HeldProgram.class.getClassLoader());
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(
                    "A graph that this process serialised cannot be read back.", e);
        }
    }

    public Prepared prepared() {
        return prepared;
    }

    /** The tables in Kafka that it reads or writes. */
    public List<KafkaTable> kafka() {
        return kafka;
    }

    private static List<Operator> operators(
            JobGraph job, StreamGraph streams, Map<String, OperatorIdentity> identities) {
        var operators = new ArrayList<Operator>();
        for (JobVertex vertex : job.getVerticesSortedTopologicallyFromSources()) {
            for (var pair : vertex.getOperatorIDs()) {
                var id = pair.getUserDefinedOperatorID().orElse(pair.getGeneratedOperatorID());
                String name =
                        pair.getUserDefinedOperatorName() == null
                                ? vertex.getName()
                                : pair.getUserDefinedOperatorName();
                operators.add(
                        new Operator(
                                id.toHexString(),
                                name,
                                vertex.getParallelism(),
                                maxParallelism(vertex),
                                keyed(streams, pair.getUserDefinedOperatorUid()),
                                Optional.ofNullable(pair.getUserDefinedOperatorUid())
                                        .map(identities::get)
                                        .map(
                                                identity ->
                                                        new Fingerprint(
                                                                identity.computes(),
                                                                identity.filters()))));
            }
        }
        return operators;
    }

    private static Optional<Integer> maxParallelism(JobVertex vertex) {
        return vertex.getMaxParallelism() == JobVertex.MAX_PARALLELISM_DEFAULT
                ? Optional.empty()
                : Optional.of(vertex.getMaxParallelism());
    }

    private static boolean keyed(StreamGraph streams, String uid) {
        return uid != null
                && streams.getStreamNodes().stream()
                        .anyMatch(
                                node ->
                                        uid.equals(node.getTransformationUID())
                                                && node.getStateKeySerializer() != null);
    }

    private static String digest(String script, Configuration settings) {
        Map<String, String> sorted = new TreeMap<>(settings.toMap());
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            sha.update(script.getBytes(StandardCharsets.UTF_8));
            sorted.forEach(
                    (key, value) ->
                            sha.update(
                                    ("\0" + key + "=" + value).getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
