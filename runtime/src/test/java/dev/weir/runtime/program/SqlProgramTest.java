package dev.weir.runtime.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.protocol.Problem;
import dev.weir.protocol.Problem.Kind;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.junit.jupiter.api.Test;

class SqlProgramTest {

    private static final String TABLES =
            """
            CREATE TABLE src (k INT, v BIGINT) WITH ('connector' = 'datagen');
            CREATE TABLE snk (k INT, c BIGINT) WITH ('connector' = 'blackhole');
            CREATE TABLE snk2 (k INT, c BIGINT) WITH ('connector' = 'blackhole');
            """;

    private static StreamGraph compile(String script) throws PreparationException {
        return SqlProgram.compile(script, "test", new Configuration()).graph();
    }

    private static Problem failureOf(String script) {
        return catchThrowableOfType(PreparationException.class, () -> compile(script)).problem();
    }

    @Test
    void allInsertsOfAScriptAreOneJob() throws Exception {
        StreamGraph graph =
                compile(
                        TABLES
                                + """
                INSERT INTO snk SELECT k, COUNT(*) FROM src GROUP BY k;
                INSERT INTO snk2 SELECT k, v FROM src;
                """);

        assertThat(graph.getJobName()).isEqualTo("test");
        assertThat(graph.getStreamNodes())
                .extracting(n -> n.getOperatorName())
                .anyMatch(n -> n.contains("snk["))
                .anyMatch(n -> n.contains("snk2["));
    }

    @Test
    void aStatementSetIsTheSameAsItsInserts() throws Exception {
        StreamGraph graph =
                compile(
                        TABLES
                                + """
                EXECUTE STATEMENT SET BEGIN
                INSERT INTO snk SELECT k, v FROM src;
                INSERT INTO snk2 SELECT k, v FROM src;
                END;
                """);

        assertThat(graph.getStreamNodes())
                .extracting(n -> n.getOperatorName())
                .anyMatch(n -> n.contains("snk2["));
    }

    @Test
    void aSyntaxErrorIsNamedAtItsPlaceInTheScript() {
        Problem failure =
                failureOf(TABLES + "\nINSERT INTO snk\n  SELECT k, v FROM src WHERE WHERE;");

        assertThat(failure.kind()).isEqualTo(Kind.PROGRAM_INVALID);
        assertThat(failure.line()).contains(6);
        assertThat(failure.column()).contains(30);
        assertThat(failure.message()).contains("WHERE");
    }

    @Test
    void aCharacterThatIsNoSqlIsNamedAtItsPlaceInTheScript() {
        Problem failure = failureOf(TABLES + "INSERT INTO snk\n  SELECT k, § FROM src;");

        assertThat(failure.kind()).isEqualTo(Kind.PROGRAM_INVALID);
        assertThat(failure.line()).contains(5);
        assertThat(failure.column()).contains(13);
    }

    @Test
    void aSyntaxErrorInsideAStatementSetIsNamedAtItsPlaceInTheScript() {
        Problem failure =
                failureOf(
                        TABLES
                                + """
                EXECUTE STATEMENT SET BEGIN
                INSERT INTO snk SELECT k, v FROM src;
                INSERT INTO snk2 SELECT k, v FROM;
                END;
                """);

        assertThat(failure.kind()).isEqualTo(Kind.PROGRAM_INVALID);
        assertThat(failure.line()).contains(6);
        assertThat(failure.column()).isPresent();
    }

    @Test
    void anUnknownTableIsNamedAtItsPlace() {
        Problem failure = failureOf(TABLES + "INSERT INTO snk SELECT k, v\nFROM   nowhere;");

        assertThat(failure.kind()).isEqualTo(Kind.PROGRAM_INVALID);
        assertThat(failure.line()).contains(5);
        assertThat(failure.column()).contains(8);
        assertThat(failure.message()).contains("nowhere");
    }

    @Test
    void anUnknownConnectorIsNamed() {
        Problem failure =
                failureOf(
                        TABLES
                                + """
                CREATE TABLE odd (k INT, v BIGINT) WITH ('connector' = 'carrier-pigeon');
                INSERT INTO snk SELECT k, v FROM src;
                INSERT INTO odd SELECT k, v FROM src;
                """);

        assertThat(failure.message()).contains("carrier-pigeon").contains("odd");
        assertThat(failure.line()).as("where the table is created").contains(4);
    }

    /** Flink hides what it takes for a secret, and there may be others. */
    @Test
    void theOptionsOfATableAreNotRepeated() {
        Problem failure =
                failureOf(
                        TABLES
                                + """
                CREATE TABLE odd (k INT, v BIGINT)
                  WITH ('connector' = 'carrier-pigeon', 'coop' = 'in the garden');
                INSERT INTO odd SELECT k, v FROM src;
                """);

        assertThat(failure.message()).doesNotContain("garden").doesNotContain("\n");
    }

    @Test
    void twoStatementSetsAreOneJob() throws Exception {
        StreamGraph graph =
                compile(
                        TABLES
                                + """
                EXECUTE STATEMENT SET BEGIN INSERT INTO snk SELECT k, v FROM src; END;
                EXECUTE STATEMENT SET BEGIN INSERT INTO snk2 SELECT k, v FROM src; END;
                """);

        assertThat(graph.getStreamNodes())
                .extracting(n -> n.getOperatorName())
                .anyMatch(n -> n.contains("snk["))
                .anyMatch(n -> n.contains("snk2["));
    }

    @Test
    void aScriptWithoutAnInsertHasNothingToRun() {
        assertThat(failureOf(TABLES).kind()).isEqualTo(Kind.PROGRAM_INVALID);
    }

    @Test
    void aSelectIsNotAllowed() {
        Problem failure = failureOf(TABLES + "SELECT * FROM src;");

        assertThat(failure.kind()).isEqualTo(Kind.PROGRAM_REFUSED);
        assertThat(failure.line()).contains(4);
    }

    @Test
    void anOptionThatWeirOwnsIsRefusedByName() {
        Problem failure = failureOf("SET 'execution.checkpointing.interval' = '1s';\n" + TABLES);

        assertThat(failure.kind()).isEqualTo(Kind.PROGRAM_REFUSED);
        assertThat(failure.message()).contains("execution.checkpointing.interval");
        assertThat(failure.remedy()).contains("spec.checkpoint.interval");
    }

    @Test
    void aNameThatWouldBeOverriddenIsRefused() {
        Problem failure = failureOf("SET 'pipeline.name' = 'nightly';\n" + TABLES);

        assertThat(failure.kind()).isEqualTo(Kind.PROGRAM_REFUSED);
        assertThat(failure.remedy()).contains("metadata.name");
    }

    @Test
    void otherOptionsAreTheProgramsOwn() throws Exception {
        compile(
                "SET 'table.exec.mini-batch.enabled' = 'false';\n"
                        + TABLES
                        + "INSERT INTO snk SELECT k, v FROM src;");
    }

    @Test
    void aFileSinkOnS3IsRefused() {
        Problem failure =
                failureOf(
                        TABLES
                                + """
                CREATE TABLE files (k INT, v BIGINT)
                  WITH ('connector' = 'filesystem', 'path' = 's3://bucket/out', 'format' = 'csv');
                INSERT INTO files SELECT k, v FROM src;
                """);

        assertThat(failure.kind()).isEqualTo(Kind.PROGRAM_REFUSED);
        assertThat(failure.message()).contains("files").contains("loses rows");
    }
}
