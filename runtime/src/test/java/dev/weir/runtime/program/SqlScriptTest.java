package dev.weir.runtime.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SqlScriptTest {

    @Test
    void semicolonsInLiteralsNamesAndCommentsDoNotCut() throws Exception {
        var statements =
                SqlScript.split(
                        """
                -- first; comment
                CREATE TABLE `a;b` (x STRING) WITH ('k' = 'it''s; one');
                /* a; b */ INSERT INTO t SELECT 1;
                """);

        assertThat(statements)
                .extracting(SqlStatement::text)
                .map(String::strip)
                .containsExactly(
                        "CREATE TABLE `a;b` (x STRING) WITH ('k' = 'it''s; one')",
                        "INSERT INTO t SELECT 1");
    }

    @Test
    void aStatementIsPaddedToItsPlaceInTheScript() throws Exception {
        var statements = SqlScript.split("SELECT 1;\n\n  SELECT 2");

        assertThat(statements.get(1)).isEqualTo(new SqlStatement("\n\n  SELECT 2", 3, 3));
    }

    @Test
    void aStatementSetStaysWhole() throws Exception {
        var statements =
                SqlScript.split(
                        """
                EXECUTE STATEMENT SET BEGIN
                  INSERT INTO a SELECT 1; -- ; END;
                  INSERT INTO b SELECT 2;
                END;
                SET 'a' = 'b';
                """);

        assertThat(statements).hasSize(2);
        assertThat(statements.getFirst().text()).endsWith("END");
    }

    @Test
    void aLiteralThatIsNeverClosedIsNamedWithItsPlace() {
        assertThatThrownBy(() -> SqlScript.split("SELECT 1;\nSELECT 'open"))
                .isInstanceOfSatisfying(
                        PreparationException.class,
                        e -> {
                            assertThat(e.problem().line()).contains(2);
                            assertThat(e.problem().column()).contains(8);
                            assertThat(e.problem().message())
                                    .contains("string literal")
                                    .contains("never closed");
                        });
    }
}
