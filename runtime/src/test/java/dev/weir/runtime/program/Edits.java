package dev.weir.runtime.program;

import java.util.List;
import java.util.stream.Stream;

/**
 * The edits that people make to a running SQL job, each with what must become of its state. The
 * letters are those of the prototype that tried them on real savepoints.
 */
final class Edits {

    static final String COUNT = "INSERT INTO snk SELECT k, COUNT(*) FROM src GROUP BY k;";
    private static final String OTHER = "INSERT INTO snk2 SELECT k, MAX(v) FROM src2 GROUP BY k;";
    private static final String SUM = "INSERT INTO snk SELECT k, SUM(%s) FROM src GROUP BY k;";
    static final String BATCHES =
            """
            SET 'table.exec.mini-batch.enabled' = 'true';
            SET 'table.exec.mini-batch.allow-latency' = '1 s';
            SET 'table.exec.mini-batch.size' = '100';
            """;

    static Stream<Edit> all() {
        return Stream.of(
                        ofCalls(),
                        ofNames(),
                        ofFilters(),
                        ofStatements(),
                        ofSettings(),
                        RowEdits.all())
                .flatMap(List::stream);
    }

    private static List<Edit> ofCalls() {
        return List.of(
                Edit.of(
                                "a1: a projection after the aggregate",
                                COUNT,
                                "INSERT INTO snk SELECT k, COUNT(*) * 2 + 1 FROM src GROUP BY k;")
                        .keeps("Source", "GroupAggregate", "Sink"),
                Edit.of(
                                "a2: a filter after the aggregate",
                                COUNT,
                                "INSERT INTO snk SELECT k, COUNT(*) FROM src GROUP BY k HAVING COUNT(*) > 3;")
                        .keeps("Source", "GroupAggregate", "Sink"),
                Edit.of(
                                "b1: COUNT to MAX",
                                COUNT,
                                "INSERT INTO snk SELECT k, MAX(v) FROM src GROUP BY k;")
                        .keeps("Source", "Sink")
                        .renews("GroupAggregate"),
                Edit.of(
                                "b2: MAX to COUNT",
                                "INSERT INTO snk SELECT k, MAX(v) FROM src GROUP BY k;",
                                COUNT)
                        .keeps("Source", "Sink")
                        .renews("GroupAggregate"),
                Edit.of(
                                "s: another source of a count of all rows",
                                "INSERT INTO snk SELECT 1, COUNT(*) FROM src;",
                                "INSERT INTO snk SELECT 1, COUNT(*) FROM src2;")
                        .keeps("Sink")
                        .renews("Source", "GroupAggregate"),
                Edit.of(
                                "b4: a second aggregate",
                                COUNT,
                                "INSERT INTO snk SELECT k, COUNT(*) + SUM(v) FROM src GROUP BY k;")
                        .keeps("Source", "Sink")
                        .renews("GroupAggregate"),
                Edit.of(
                                "another key",
                                COUNT,
                                "INSERT INTO snk SELECT CAST(v AS INT), COUNT(*) FROM src GROUP BY v;")
                        .keeps("Source", "Sink")
                        .renews("GroupAggregate"),
                Edit.of(
                                "b3: the expression that is summed",
                                SUM.formatted("v * 2"),
                                SUM.formatted("v * 3"))
                        .keeps("Source", "Sink")
                        .renews("GroupAggregate"));
    }

    private static List<Edit> ofNames() {
        return List.of(
                Edit.of(
                                "b3: the column that is summed, under the same name",
                                "INSERT INTO snk SELECT k, SUM(x) FROM (SELECT k, v AS x FROM src) GROUP BY k;",
                                "INSERT INTO snk SELECT k, SUM(x) FROM (SELECT k, CAST(d AS BIGINT) AS x FROM src) GROUP BY k;")
                        .keeps("Source", "Sink")
                        .renews("GroupAggregate"),
                Edit.of(
                                "b3: a literal inside the expression",
                                SUM.formatted("CASE WHEN s = 'v, AS' THEN v END"),
                                SUM.formatted("CASE WHEN s = 'v, IS' THEN v END"))
                        .keeps("Source", "Sink")
                        .renews("GroupAggregate"),
                Edit.of(
                                "b3: what is behind a name that cannot be told from the text around it",
                                "INSERT INTO snk SELECT k, SUM(`x, y`) FROM (SELECT k, v + 1 AS `x, y` FROM src) GROUP BY k;",
                                "INSERT INTO snk SELECT k, SUM(`x, y`) FROM (SELECT k, v + 2 AS `x, y` FROM src) GROUP BY k;")
                        .keeps("Source", "Sink")
                        .renews("GroupAggregate"),
                Edit.of(
                                "b3: what is behind a name of two words",
                                "INSERT INTO snk SELECT k, SUM(`x y`) FROM (SELECT k, v + 1 AS `x y` FROM src) GROUP BY k;",
                                "INSERT INTO snk SELECT k, SUM(`x y`) FROM (SELECT k, v + 2 AS `x y` FROM src) GROUP BY k;")
                        .keeps("Source", "Sink")
                        .renews("GroupAggregate"),
                Edit.of(
                                "e: another name for the output",
                                COUNT,
                                "INSERT INTO snk SELECT k AS a, COUNT(*) AS b FROM src GROUP BY k;")
                        .keeps("Source", "GroupAggregate", "Sink"),
                Edit.of(
                                "e: other names by way of a view",
                                SUM.formatted("v * 2"),
                                "CREATE VIEW w AS SELECT v AS a, k AS v FROM src;"
                                        + "INSERT INTO snk SELECT v, SUM(a * 2) FROM w GROUP BY v;")
                        .keeps("Source", "GroupAggregate", "Sink"));
    }

    private static List<Edit> ofFilters() {
        String filtered = "INSERT INTO snk SELECT k, COUNT(*) FROM src WHERE v > %s GROUP BY k;";
        return List.of(
                Edit.of("f: the constant of a filter", filtered.formatted(3), filtered.formatted(5))
                        .keeps("Source", "GroupAggregate", "Sink")
                        .refilters("GroupAggregate"),
                Edit.of("f: a filter removed", filtered.formatted(3), COUNT)
                        .keeps("Source", "GroupAggregate", "Sink")
                        .refilters("GroupAggregate"),
                Edit.of(
                                "f: a range, which the planner writes with odd brackets",
                                filtered.formatted("5 AND v <= 10"),
                                filtered.formatted("5 AND v <= 11"))
                        .keeps("Source", "GroupAggregate", "Sink")
                        .refilters("GroupAggregate"),
                Edit.of(
                                "f: the filter of one part of a union",
                                "INSERT INTO snk SELECT k, SUM(v) FROM (SELECT k, v FROM src WHERE v > 1 UNION ALL SELECT k, v FROM src2) GROUP BY k;",
                                "INSERT INTO snk SELECT k, SUM(v) FROM (SELECT k, v FROM src2 UNION ALL SELECT k, v FROM src WHERE v > 2) GROUP BY k;")
                        .keeps("Source", "GroupAggregate", "Sink")
                        .refilters("GroupAggregate"),
                Edit.of(
                                "f: a filter above a node that keeps nothing",
                                "INSERT INTO snk SELECT k, SUM(x) FROM (SELECT * FROM src WHERE v > 1) CROSS JOIN UNNEST(ARRAY[v, v + 1]) AS t(x) GROUP BY k;",
                                "INSERT INTO snk SELECT k, SUM(x) FROM (SELECT * FROM src WHERE v > 2) CROSS JOIN UNNEST(ARRAY[v, v + 1]) AS t(x) GROUP BY k;")
                        .keeps("Source", "Correlate", "GroupAggregate", "Sink")
                        .refilters("Correlate", "GroupAggregate"),
                Edit.of(
                                "one part of a union computes something else",
                                "INSERT INTO snk SELECT k, SUM(v) FROM (SELECT k, v FROM src UNION ALL SELECT k, v FROM src2) GROUP BY k;",
                                "INSERT INTO snk SELECT k, SUM(v) FROM (SELECT k, v FROM src UNION ALL SELECT k, v * 2 FROM src2) GROUP BY k;")
                        .keeps("Source", "Sink")
                        .renews("GroupAggregate"));
    }

    private static List<Edit> ofStatements() {
        return List.of(
                Edit.of("c: an INSERT added after", COUNT, COUNT + OTHER)
                        .keeps("Source", "GroupAggregate", "Sink"),
                Edit.of("c': an INSERT added before", COUNT, OTHER + COUNT)
                        .keeps("Source", "GroupAggregate", "Sink"),
                Edit.of(
                                "c: the same aggregate for a second sink",
                                COUNT,
                                COUNT + COUNT.replace("snk", "snk2"))
                        .keeps("Source", "GroupAggregate", "Sink"),
                Edit.of("c'': an INSERT removed", COUNT + OTHER, OTHER)
                        .reduces("Source", "GroupAggregate", "Sink"),
                Edit.of("d: statements in another order", COUNT + OTHER, OTHER + COUNT)
                        .keeps("Source", "GroupAggregate", "Sink"),
                Edit.of(
                                "d: statements that share a name of a sink, in another order",
                                twoDatabases(COUNT + "INSERT INTO other.snk SELECT k, v FROM src;"),
                                twoDatabases("INSERT INTO other.snk SELECT k, v FROM src;" + COUNT))
                        .keeps("Source", "GroupAggregate", "Sink"),
                Edit.of("s: another source table", COUNT, COUNT.replace("src", "src2"))
                        .keeps("Sink")
                        .renews("Source", "GroupAggregate"),
                Edit.of(
                                "an unused column, options and watermark of the source table",
                                readFrom("k INT, v INT", "1"),
                                readFrom(
                                        "w STRING, k INT, v INT, t TIMESTAMP(3), WATERMARK FOR t AS t",
                                        "5"))
                        .keeps("Source", "GroupAggregate", "Sink"),
                Edit.of(
                                "the type of a column of the source table",
                                readFrom("k INT, v INT", "1"),
                                readFrom("k INT, v BIGINT", "1"))
                        .keeps("Source", "Sink")
                        .renews("GroupAggregate"),
                Edit.of("another sink table", COUNT, COUNT.replace("snk", "snk2"))
                        .keeps("Source", "GroupAggregate")
                        .renews("Sink"));
    }

    private static String readFrom(String columns, String rate) {
        return "CREATE TABLE t (%s) WITH ('connector' = 'datagen', 'rows-per-second' = '%s');"
                        .formatted(columns, rate)
                + "INSERT INTO snk SELECT k, COUNT(DISTINCT v) FROM t GROUP BY k;";
    }

    private static String twoDatabases(String inserts) {
        return "CREATE DATABASE other;"
                + "CREATE TABLE other.snk (k INT, c BIGINT) WITH ('connector' = 'blackhole');"
                + inserts;
    }

    private static List<Edit> ofSettings() {
        String nested =
                "INSERT INTO snk SELECT CAST(c AS INT), SUM(m)"
                        + " FROM (SELECT k, COUNT(*) c, MAX(v) m FROM src GROUP BY k) GROUP BY c;";
        String distinct =
                "INSERT INTO snk SELECT k, AVG(v) + COUNT(DISTINCT v) FROM src GROUP BY k;";
        return List.of(
                Edit.of("g: a time to live", COUNT, "SET 'table.exec.state.ttl' = '1 h';" + COUNT)
                        .keeps("Source", "GroupAggregate", "Sink"),
                Edit.of(
                                "g: a time to live as a hint",
                                COUNT,
                                COUNT.replace("SELECT", "SELECT /*+ STATE_TTL('src' = '1d') */"))
                        .keeps("Source", "GroupAggregate", "Sink"),
                Edit.of("h: mini-batches, COUNT", COUNT, BATCHES + COUNT)
                        .keeps("Source", "GroupAggregate", "Sink"),
                Edit.of("h: no mini-batches, COUNT", BATCHES + COUNT, COUNT)
                        .keeps("Source", "GroupAggregate", "Sink"),
                Edit.of("h4: mini-batches, AVG and DISTINCT", distinct, BATCHES + distinct)
                        .keeps("Source", "Sink")
                        .renews("GroupAggregate"),
                Edit.of(
                                "h: an edit of the call under mini-batches",
                                BATCHES + COUNT,
                                BATCHES + COUNT.replace("COUNT(*)", "COUNT(v)"))
                        .keeps("Source", "Sink")
                        .renews("GroupAggregate"),
                Edit.of("long names of operators", COUNT, longNames(COUNT))
                        .keeps("Source", "GroupAggregate")
                        .renews("Sink"),
                Edit.of(
                                "a1 with long names of operators",
                                longNames(COUNT),
                                longNames(
                                        "INSERT INTO snk SELECT k, COUNT(*) + 1 AS n FROM src GROUP BY k;"))
                        .keeps("Source", "GroupAggregate", "Sink"),
                Edit.of(
                                "an aggregate over an aggregate, its view renamed",
                                nested,
                                nested.replace(" c,", " n,")
                                        .replace("(c ", "(n ")
                                        .replace("BY c", "BY n"))
                        .keeps("Source", "GroupAggregate", "Sink"));
    }

    private static String longNames(String script) {
        return "SET 'table.exec.simplify-operator-name-enabled' = 'false';" + script;
    }

    private Edits() {}
}
