package dev.weir.runtime.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.runtime.program.PlanText.Item;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTextTest {

    @Test
    void commasInBracketsAndLiteralsDoNotSplit() {
        assertThat(PlanText.split("k, CASE((s = 'a, b'), v, 1) AS $f1, {x, y}"))
                .hasValueSatisfying(
                        parts ->
                                assertThat(parts)
                                        .containsExactly(
                                                "k", "CASE((s = 'a, b'), v, 1) AS $f1", "{x, y}"));
    }

    @Test
    void aHalfOpenRangePairsBracketsOfTwoKinds() {
        assertThat(PlanText.split("SEARCH(v, Sarg[(5..10]]), k"))
                .hasValueSatisfying(
                        parts ->
                                assertThat(parts).containsExactly("SEARCH(v, Sarg[(5..10]])", "k"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(s = 'a,b]'('))", "CONCAT('x'y', v, 'z'w')", "a), (b", "f(x", "'"})
    void textWhoseBracketsOrQuotesDoNotCloseIsUnreadable(String text) {
        assertThat(PlanText.split(text)).isEmpty();
    }

    @Test
    void anAliasIsWhatStandsBehindTheFirstAsOutsideBrackets() {
        assertThat(PlanText.items("CAST(d AS INTEGER) AS i, AVG(v) AS (sum$0, count$1), ' AS ', k"))
                .hasValueSatisfying(
                        items ->
                                assertThat(items)
                                        .containsExactly(
                                                new Item("CAST(d AS INTEGER)", Optional.of("i")),
                                                new Item("AVG(v)", Optional.of("(sum$0, count$1)")),
                                                new Item("' AS '", Optional.empty()),
                                                new Item("k", Optional.empty())));
    }

    @Test
    void onlyNamesAreReplaced() {
        var values = Map.of("v", "V", "s", "S", "k", "K", "$f1", "(V * 2)", "k0", "K0");

        assertThat(
                        PlanText.substitute(
                                "SUM($f1) + v(k.v, 'v') / 1 s - k0 s + v2",
                                name -> Optional.ofNullable(values.get(name))))
                .isEqualTo("SUM((V * 2)) + v(K.v, 'v') / 1 s - K0 S + v2");
    }

    @Test
    void aNodeIsItsKindAndItsAttributes() {
        var text =
                NodeText.of("[5]:GroupAggregate(groupBy=[k], select=[k, COUNT(*) AS c])")
                        .orElseThrow();

        assertThat(text.kind()).isEqualTo("GroupAggregate");
        assertThat(text.attributes())
                .contains(Map.of("groupBy", "k", "select", "k, COUNT(*) AS c"));
    }

    @Test
    void thePlannersWindowNameHasAQuoteThatIsNoLiteral() {
        var text =
                NodeText.of(
                        "[5]:WindowAggregate(groupBy=[k], select=[k, start('w$) AS ws, end('w$)])");

        assertThat(text.flatMap(node -> node.attribute("select")))
                .contains("k, start(w$) AS ws, end(w$)");
    }

    @Test
    void anUnreadableNodeKeepsItsText() {
        var text = NodeText.of("[7]:Calc(select=[k], where=[(s = 'it's')])").orElseThrow();

        assertThat(text.attributes()).isEmpty();
        assertThat(text.body()).isEqualTo("select=[k], where=[(s = 'it's')]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"snk[7]: Writer", "Source: KafkaSource-c.d.t", "StreamingFileWriter"})
    void whatAConnectorAddsIsNotThePlanners(String name) {
        assertThat(NodeText.of(name)).isEmpty();
    }
}
