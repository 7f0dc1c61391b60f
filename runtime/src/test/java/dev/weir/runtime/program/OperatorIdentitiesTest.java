package dev.weir.runtime.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.protocol.RuntimeView.Operator;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorIdentitiesTest {

    private static final String NO_REUSE =
            "SET 'table.optimizer.reuse-sub-plan-enabled' = 'false';";

    static Stream<Edit> edits() {
        return Edits.all();
    }

    @ParameterizedTest
    @MethodSource("edits")
    void anEditKeepsWhatComputesTheSame(Edit edit) {
        edit.verify();
    }

    /** A change here makes every running SQL job lose its state at the next upgrade of Weir. */
    @Test
    void theIdsOfAKnownJobAreTheSameInEveryVersionOfWeir() {
        assertThat(Edit.uids(Edit.compile(Edits.COUNT)))
                .isEqualTo(
                        Map.of(
                                "Source",
                                Set.of("Source-0c7a432dafea9200c6d256bf87cbf629"),
                                "GroupAggregate",
                                Set.of("GroupAggregate-033810a4733bffd41ee818b1ad8fb0c8"),
                                "Sink",
                                Set.of("Sink-3c2fca075f6dbc8a405c8c94de28baac")));
    }

    @Test
    void whatWasCompiledBeforePlaysNoPart() {
        var first = Edit.compile(Edits.COUNT, new Configuration());
        Edit.compile(Edits.BATCHES + Edits.COUNT, new Configuration());

        assertThat(Edit.compile(Edits.COUNT, new Configuration())).containsExactlyElementsOf(first);
    }

    @Test
    void parallelismPlaysNoPart() {
        var parallel = new Configuration();
        parallel.set(CoreOptions.DEFAULT_PARALLELISM, 3);

        assertThat(Edit.compile(Edits.COUNT, parallel))
                .containsExactlyElementsOf(Edit.compile(Edits.COUNT));
    }

    @Test
    void rule6_underMiniBatchesTheInnerOfTwoAggregatesIsKeptAndTheOuterIsSeenToChange() {
        String nested =
                "INSERT INTO snk SELECT CAST(c AS INT), SUM(m)"
                        + " FROM (SELECT k, COUNT(*) c, MAX(v) m FROM src GROUP BY k) GROUP BY c;";

        var plain = Edit.uids(Edit.compile(nested));
        var batched = Edit.uids(Edit.compile(Edits.BATCHES + nested));

        assertThat(plain.get("GroupAggregate")).hasSize(2);
        assertThat(plain.get("GroupAggregate"))
                .filteredOn(batched.get("GroupAggregate")::contains)
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO snk SELECT k, COUNT(*) FROM src GROUP BY k;"
                        + "INSERT INTO snk2 SELECT k, COUNT(*) FROM src GROUP BY k;",
                "INSERT INTO snk SELECT k, v FROM src; INSERT INTO snk SELECT k, v FROM src;",
                "INSERT INTO snk SELECT k, v FROM src WHERE s = 'it''s (';",
                "INSERT INTO snk SELECT k, v FROM (VALUES (1, 2)) AS t(k, v);",
                "INSERT INTO snk SELECT k, v FROM src UNION ALL SELECT k, v FROM src;",
                "CREATE TABLE f (k INT, v BIGINT) WITH ('connector' = 'filesystem',"
                        + " 'path' = 'file:///tmp/weir-f', 'format' = 'csv');"
                        + "CREATE TABLE g (k INT, v BIGINT) WITH ('connector' = 'filesystem',"
                        + " 'path' = 'file:///tmp/weir-g', 'format' = 'csv');"
                        + "INSERT INTO f SELECT k, v FROM src; INSERT INTO g SELECT k, v FROM src;"
            })
    void rule11_everyOperatorHasAnIdOfItsOwn(String script) throws Exception {
        var settings = new Configuration();
        var program = HeldProgram.ofSql(Edit.TABLES + NO_REUSE + script, "test", settings, 1);

        assertThat(program.prepared().operators())
                .allSatisfy(operator -> assertThat(operator.computes()).isPresent())
                .extracting(operator -> operator.id())
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(1);
    }

    @Test
    void rule4_sinksOfOneNameKeepToWhatFeedsThemWhateverTheOrderOfStatements() throws Exception {
        String tables =
                "CREATE DATABASE other;"
                        + "CREATE TABLE other.snk (k INT, c BIGINT) WITH ('connector' = 'blackhole');";
        String newest = "INSERT INTO other.snk SELECT k, MAX(v) FROM src GROUP BY k;";

        var written = feeders(tables + Edits.COUNT + newest);

        assertThat(written).hasSize(2);
        assertThat(feeders(tables + newest + Edits.COUNT)).isEqualTo(written);
    }

    @Test
    void rule11_twinsKeepToTheirSinksWhateverTheOrderOfStatements() throws Exception {
        String first = "INSERT INTO snk SELECT k, COUNT(*) FROM src GROUP BY k;";
        String second = "INSERT INTO snk2 SELECT k, COUNT(*) FROM src GROUP BY k;";

        var written = feeds(NO_REUSE + first + second);

        assertThat(new HashSet<>(written.values())).hasSize(2);
        assertThat(feeds(NO_REUSE + second + first)).isEqualTo(written);
    }

    @Test
    void anOperatorSaysWhatItComputesAndWhichFiltersItsRowsHavePassed() throws Exception {
        var counted = HeldProgram.ofSql(Edit.TABLES + Edits.COUNT, "test", new Configuration(), 1);
        var filtered =
                HeldProgram.ofSql(
                        Edit.TABLES
                                + "INSERT INTO snk SELECT k, COUNT(*) FROM src WHERE v > 1 GROUP BY k;",
                        "test",
                        new Configuration(),
                        1);

        var before = stateful(counted);
        var after = stateful(filtered);

        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.computes().orElseThrow().computation())
                .isEqualTo(before.computes().orElseThrow().computation());
        assertThat(before.computes().orElseThrow().filters()).isEmpty();
        assertThat(after.computes().orElseThrow().filters()).isPresent();
    }

    private static Operator stateful(HeldProgram program) {
        var stateful =
                program.prepared().operators().stream()
                        .filter(operator -> operator.stateful())
                        .toList();
        assertThat(stateful).hasSize(1);
        return stateful.getFirst();
    }

    /** By each sink's name the uid of what feeds it. */
    private static Map<String, String> feeds(String script) throws PreparationException {
        var feeds = new HashMap<String, String>();
        forEachSink(
                script,
                (sink, _, feeder) ->
                        feeds.put(OperatorIdentities.connectorName(sink).orElseThrow(), feeder));
        return feeds;
    }

    /** By each sink's uid the uid of what feeds it. */
    private static Map<String, String> feeders(String script) throws PreparationException {
        var feeders = new HashMap<String, String>();
        forEachSink(script, (_, uid, feeder) -> feeders.put(uid, feeder));
        return feeders;
    }

    private interface SinkVisitor {
        void visit(PlanNode sink, String uid, String feeder);
    }

    private static void forEachSink(String script, SinkVisitor visitor)
            throws PreparationException {
        Collection<PlanNode> plan =
                PlanNode.of(
                        SqlProgram.compile(Edit.TABLES + script, "test", new Configuration())
                                .graph());
        var identities = OperatorIdentities.of(plan);
        for (PlanNode node : plan) {
            if (!node.inputs().isEmpty() && node.text().isEmpty()) {
                int feeder = node.inputs().getFirst().getFirst();
                visitor.visit(node, identities.get(node.id()).uid(), identities.get(feeder).uid());
            }
        }
    }
}
