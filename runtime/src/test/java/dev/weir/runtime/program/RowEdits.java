package dev.weir.runtime.program;

import java.util.List;
import java.util.stream.Stream;

/** Edits around windows, around operators that keep whole rows, and around Kafka. */
final class RowEdits {

    static List<Edit> all() {
        return Stream.of(ofWindows(), ofJoins(), ofRanks(), ofOverAndPatterns(), ofConnectors())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Edit> ofWindows() {
        String window =
                "INSERT INTO snk SELECT k, %s FROM TABLE(%s) GROUP BY k, window_start, window_end;";
        String second = "TUMBLE(TABLE src, DESCRIPTOR(ts), INTERVAL '1' SECOND)";
        String hop = "HOP(TABLE src, DESCRIPTOR(ts), INTERVAL '1' SECOND, INTERVAL '%s' SECOND)";
        String session = "SESSION(TABLE src PARTITION BY k, DESCRIPTOR(ts), INTERVAL '%s' SECOND)";
        return List.of(
                Edit.of(
                                "w1: a window and a projection after it",
                                window.formatted("COUNT(*)", second),
                                window.formatted("COUNT(*) + 1", second))
                        .keeps("Source", "GlobalWindowAggregate", "Sink"),
                Edit.of(
                                "w1: the time of the window used",
                                window.formatted("COUNT(*)", second),
                                window.formatted(
                                        "COUNT(*) + EXTRACT(SECOND FROM window_start)", second))
                        .keeps("Source", "GlobalWindowAggregate", "Sink"),
                Edit.of(
                                "w2: a window of 2 s for one of 1 s",
                                window.formatted("COUNT(*)", second),
                                window.formatted("COUNT(*)", second.replace("'1'", "'2'")))
                        .keeps("Source", "Sink")
                        .renews("GlobalWindowAggregate"),
                Edit.of(
                                "w: the expression that is summed in a window",
                                window.formatted("SUM(v * 2)", hop.formatted(5)),
                                window.formatted("SUM(v * 3)", hop.formatted(5)))
                        .keeps("Source", "Sink")
                        .renews("GlobalWindowAggregate"),
                Edit.of(
                                "w: a sliding window of another size",
                                window.formatted("SUM(v)", hop.formatted(5)),
                                window.formatted("SUM(v)", hop.formatted(6)))
                        .keeps("Source", "Sink")
                        .renews("GlobalWindowAggregate"),
                Edit.of(
                                "w: a window over processing time",
                                window.formatted("COUNT(*)", second),
                                window.formatted("COUNT(*)", second.replace("(ts)", "(pt)")))
                        .keeps("Source", "Sink")
                        .renews("GlobalWindowAggregate"),
                Edit.of(
                                "w: a session and a projection after it",
                                window.formatted("SUM(v)", session.formatted(1)),
                                window.formatted("SUM(v) - 1", session.formatted(1)))
                        .keeps("Source", "WindowAggregate", "Sink"),
                Edit.of(
                                "w: a session of another gap",
                                window.formatted("SUM(v)", session.formatted(1)),
                                window.formatted("SUM(v)", session.formatted(2)))
                        .keeps("Source", "Sink")
                        .renews("WindowAggregate"));
    }

    private static List<Edit> ofJoins() {
        String join = "INSERT INTO snk SELECT %s FROM src a JOIN src2 b ON a.k = b.k%s;";
        String interval = " AND a.ts BETWEEN b.ts - INTERVAL '%s' SECOND AND b.ts";
        String semi = "INSERT INTO snk SELECT k, v FROM src WHERE k IN (SELECT %s FROM src2);";
        return List.of(
                Edit.of(
                                "join: a projection after it",
                                join.formatted("a.k, b.v", ""),
                                join.formatted("a.k, b.v + 1", ""))
                        .keeps("Source", "Join", "Sink"),
                Edit.of(
                                "join: another condition",
                                join.formatted("a.k, b.v", " AND a.v > b.v"),
                                join.formatted("a.k, b.v", " AND a.v < b.v"))
                        .keeps("Source", "Sink")
                        .renews("Join"),
                Edit.of(
                                "join: another column of the rows it keeps",
                                join.formatted("a.k, b.v", ""),
                                join.formatted("a.k, CAST(b.d AS BIGINT)", ""))
                        .keeps("Source", "Sink")
                        .renews("Join"),
                Edit.of(
                                "semi join: another column on the right",
                                semi.formatted("k"),
                                semi.formatted("CAST(v AS INT)"))
                        .keeps("Source", "Sink")
                        .renews("Join"),
                Edit.of(
                                "interval join: a projection after it",
                                join.formatted("a.k, b.v", interval.formatted(5)),
                                join.formatted("a.k, b.v + 1", interval.formatted(5)))
                        .keeps("Source", "IntervalJoin", "Sink"),
                Edit.of(
                                "interval join: other bounds",
                                join.formatted("a.k, b.v", interval.formatted(5)),
                                join.formatted("a.k, b.v", interval.formatted(6)))
                        .keeps("Source", "Sink")
                        .renews("IntervalJoin"));
    }

    private static List<Edit> ofRanks() {
        String ranked =
                "INSERT INTO snk SELECT %s FROM (SELECT *, ROW_NUMBER() OVER"
                        + " (PARTITION BY k ORDER BY %s) rn FROM src) WHERE rn <= %s;";
        return List.of(
                Edit.of(
                                "Top-N: a projection after it",
                                ranked.formatted("k, v", "v DESC", 3),
                                ranked.formatted("k, v + 1", "v DESC", 3))
                        .keeps("Source", "Rank", "Sink"),
                Edit.of(
                                "Top-N: another N",
                                ranked.formatted("k, v", "v DESC", 3),
                                ranked.formatted("k, v", "v DESC", 5))
                        .keeps("Source", "Sink")
                        .renews("Rank"),
                Edit.of(
                                "deduplication: a projection after it",
                                ranked.formatted("k, v", "ts", 1),
                                ranked.formatted("k, v + 1", "ts", 1))
                        .keeps("Source", "Deduplicate", "Sink"),
                Edit.of(
                                "deduplication: another value in the rows it keeps",
                                ranked.replace(
                                                "FROM src",
                                                "FROM (SELECT k, v * 2 AS v, ts FROM src)")
                                        .formatted("k, v", "ts", 1),
                                ranked.replace(
                                                "FROM src",
                                                "FROM (SELECT k, v * 3 AS v, ts FROM src)")
                                        .formatted("k, v", "ts", 1))
                        .keeps("Source", "Sink")
                        .renews("Deduplicate"),
                Edit.of(
                                "deduplication: the last row for the first",
                                ranked.formatted("k, v", "ts", 1),
                                ranked.formatted("k, v", "ts DESC", 1))
                        .keeps("Source", "Sink")
                        .renews("Deduplicate"));
    }

    private static List<Edit> ofOverAndPatterns() {
        String over =
                "INSERT INTO snk SELECT k, %s OVER (PARTITION BY k ORDER BY ts ROWS BETWEEN"
                        + " %s PRECEDING AND CURRENT ROW) FROM src;";
        String match =
                "INSERT INTO snk SELECT %s FROM src MATCH_RECOGNIZE (PARTITION BY k ORDER BY ts"
                        + " MEASURES A.v AS v AFTER MATCH SKIP PAST LAST ROW PATTERN (A B+ C)"
                        + " DEFINE B AS B.v > A.v, C AS C.v < %s);";
        return List.of(
                Edit.of(
                                "OVER: a projection after it",
                                over.formatted("SUM(v)", 3),
                                over.replace("k, %s", "k, 1 + %s").formatted("SUM(v)", 3))
                        .keeps("Source", "OverAggregate", "Sink"),
                Edit.of("OVER: more rows", over.formatted("SUM(v)", 3), over.formatted("SUM(v)", 4))
                        .keeps("Source", "Sink")
                        .renews("OverAggregate"),
                Edit.of(
                                "OVER: the expression that is summed",
                                over.formatted("SUM(v * 2)", 3),
                                over.formatted("SUM(v * 3)", 3))
                        .keeps("Source", "Sink")
                        .renews("OverAggregate"),
                Edit.of(
                                "pattern: a projection after it",
                                match.formatted("k, v", 3),
                                match.formatted("k, v + 1", 3))
                        .keeps("Source", "Match", "Sink"),
                Edit.of(
                                "pattern: another one",
                                match.formatted("k, v", 3),
                                match.formatted("k, v", 4))
                        .keeps("Source", "Sink")
                        .renews("Match"),
                Edit.of(
                                "pattern: its measure is another column of the same name",
                                pattern("v AS a, CAST(d AS BIGINT) AS b"),
                                pattern("v AS b, CAST(d AS BIGINT) AS a"))
                        .keeps("Source", "Sink")
                        .renews("Match"));
    }

    private static String pattern(String columns) {
        return "CREATE VIEW w AS SELECT k, ts, %s FROM src;".formatted(columns)
                + "INSERT INTO snk SELECT k, x FROM w MATCH_RECOGNIZE (PARTITION BY k ORDER BY ts"
                + " MEASURES A.a AS x AFTER MATCH SKIP PAST LAST ROW PATTERN (A B)"
                + " DEFINE B AS B.k > 0);";
    }

    private static List<Edit> ofConnectors() {
        String count = "INSERT INTO keyed SELECT k, COUNT(*) FROM topic GROUP BY k;";
        return List.of(
                Edit.of(
                                "Kafka: a projection after the aggregate",
                                count,
                                count.replace("COUNT(*)", "COUNT(*) + 1"))
                        .keeps("Source", "GroupAggregate", "Sink"),
                Edit.of("Kafka: COUNT to MAX", count, count.replace("COUNT(*)", "MAX(v)"))
                        .keeps("Source", "Sink")
                        .renews("GroupAggregate"),
                Edit.of(
                                "Kafka: exactly once, another projection",
                                "INSERT INTO exact SELECT k, v FROM topic;",
                                "INSERT INTO exact SELECT k, v * 2 FROM topic WHERE v > 1;")
                        .keeps("Source", "Sink"),
                Edit.of(
                                "Kafka: deduplication right behind the source, another key",
                                "INSERT INTO snk SELECT k, v FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY ts) rn FROM topic) WHERE rn = 1;",
                                "INSERT INTO snk SELECT k, v FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY v ORDER BY ts) rn FROM topic) WHERE rn = 1;")
                        .keeps("Source", "Sink")
                        .renews("Deduplicate"),
                Edit.of(
                                "Kafka: an upsert topic is normalised",
                                "INSERT INTO snk SELECT a.k, b.c FROM src a JOIN keyed b ON a.v = b.c;",
                                "INSERT INTO snk SELECT a.k, b.c + 1 FROM src a JOIN keyed b ON a.v = b.c;")
                        .keeps("Source", "ChangelogNormalize", "Join", "Sink"));
    }

    private RowEdits() {}
}
