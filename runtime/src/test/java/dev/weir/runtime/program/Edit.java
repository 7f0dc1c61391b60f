package dev.weir.runtime.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;

/**
 * A row of the table of edits: two scripts, and for each kind of operator of the first what becomes
 * of its state.
 *
 * @param kept kinds whose ids are all in the second script too
 * @param renewed kinds of whose ids none is in the second script
 * @param reduced kinds of which the second script has fewer, and no new ones
 * @param refiltered kinds that are kept, made of other rows
 */
record Edit(
        String name,
        String before,
        String after,
        Set<String> kept,
        Set<String> renewed,
        Set<String> reduced,
        Set<String> refiltered) {

    /** Ids that no state is kept under. */
    private static final Set<String> PASSING =
            Set.of(
                    "Calc",
                    "WatermarkAssigner",
                    "ConstraintEnforcer",
                    "MiniBatchAssigner",
                    "StreamRecordTimestampInserter",
                    "WindowTableFunction",
                    "LocalGroupAggregate",
                    "LocalWindowAggregate");

    private static final Map<String, Collection<OperatorIdentity>> COMPILED =
            new ConcurrentHashMap<>();

    static final String TABLES =
            """
            CREATE TABLE src (k INT, v BIGINT, s STRING, d DOUBLE, ts TIMESTAMP(3), pt AS PROCTIME(),
              WATERMARK FOR ts AS ts - INTERVAL '1' SECOND) WITH ('connector' = 'datagen');
            CREATE TABLE src2 (k INT, v BIGINT, s STRING, d DOUBLE, ts TIMESTAMP(3), pt AS PROCTIME(),
              WATERMARK FOR ts AS ts - INTERVAL '1' SECOND) WITH ('connector' = 'datagen');
            CREATE TABLE topic (k INT, v BIGINT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)
              WITH ('connector' = 'kafka', 'topic' = 'in', 'properties.bootstrap.servers' = 'x:1',
                'properties.group.id' = 'g', 'format' = 'json');
            CREATE TABLE snk (k INT, c BIGINT) WITH ('connector' = 'blackhole');
            CREATE TABLE snk2 (k INT, c BIGINT) WITH ('connector' = 'blackhole');
            CREATE TABLE exact (k INT, c BIGINT)
              WITH ('connector' = 'kafka', 'topic' = 'out', 'properties.bootstrap.servers' = 'x:1',
                'format' = 'json', 'sink.delivery-guarantee' = 'exactly-once',
                'sink.transactional-id-prefix' = 'p');
            CREATE TABLE keyed (k INT, c BIGINT, PRIMARY KEY (k) NOT ENFORCED)
              WITH ('connector' = 'upsert-kafka', 'topic' = 'out',
                'properties.bootstrap.servers' = 'x:1', 'key.format' = 'json',
                'value.format' = 'json');
            """;

    static Edit of(String name, String before, String after) {
        return new Edit(name, before, after, Set.of(), Set.of(), Set.of(), Set.of());
    }

    Edit keeps(String... kinds) {
        return new Edit(name, before, after, Set.of(kinds), renewed, reduced, refiltered);
    }

    Edit renews(String... kinds) {
        return new Edit(name, before, after, kept, Set.of(kinds), reduced, refiltered);
    }

    Edit reduces(String... kinds) {
        return new Edit(name, before, after, kept, renewed, Set.of(kinds), refiltered);
    }

    Edit refilters(String... kinds) {
        return new Edit(name, before, after, kept, renewed, reduced, Set.of(kinds));
    }

    static Collection<OperatorIdentity> compile(String script, Configuration settings) {
        try {
            var graph = SqlProgram.compile(TABLES + script, "test", settings).graph();
            return OperatorIdentities.of(PlanNode.of(graph)).values();
        } catch (PreparationException e) {
            throw new AssertionError(e.problem() + "\n" + script, e);
        }
    }

    static Collection<OperatorIdentity> compile(String script) {
        return COMPILED.computeIfAbsent(script, text -> compile(text, new Configuration()));
    }

    /** The uids that state is kept under, by kind. */
    static Map<String, Set<String>> uids(Collection<OperatorIdentity> identities) {
        return identities.stream()
                .map(OperatorIdentity::uid)
                .filter(uid -> !PASSING.contains(kind(uid)))
                .collect(
                        Collectors.groupingBy(
                                Edit::kind, TreeMap::new, Collectors.toCollection(TreeSet::new)));
    }

    private static String kind(String uid) {
        return uid.substring(0, uid.indexOf('-'));
    }

    private static Map<String, String> filters(Collection<OperatorIdentity> identities) {
        return identities.stream()
                .collect(
                        Collectors.toMap(
                                OperatorIdentity::uid, one -> one.filters().orElse("none")));
    }

    void verify() {
        var old = uids(compile(before));
        var edited = uids(compile(after));
        var told = new TreeSet<String>();
        kept.forEach(kind -> assertThat(edited.get(kind)).as(kind).containsAll(old.get(kind)));
        renewed.forEach(
                kind ->
                        assertThat(edited.getOrDefault(kind, Set.of()))
                                .as(kind)
                                .doesNotContainAnyElementsOf(old.get(kind)));
        reduced.forEach(
                kind ->
                        assertThat(old.get(kind))
                                .as(kind)
                                .containsAll(edited.getOrDefault(kind, Set.of()))
                                .hasSizeGreaterThan(edited.getOrDefault(kind, Set.of()).size()));
        told.addAll(kept);
        told.addAll(renewed);
        told.addAll(reduced);
        assertThat(old.keySet()).as("every kind has its place in the row").isEqualTo(told);
        kept.forEach(kind -> verifyFilters(kind, old.get(kind)));
    }

    private void verifyFilters(String kind, Set<String> uids) {
        var old = filters(compile(before));
        var edited = filters(compile(after));
        for (String uid : uids) {
            if (refiltered.contains(kind)) {
                assertThat(edited.get(uid)).as("filters of %s", kind).isNotEqualTo(old.get(uid));
            } else {
                assertThat(edited.get(uid)).as("filters of %s", kind).isEqualTo(old.get(uid));
            }
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
