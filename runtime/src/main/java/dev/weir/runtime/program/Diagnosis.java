package dev.weir.runtime.program;

import dev.weir.protocol.Problem;
import dev.weir.protocol.Problem.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.flink.table.api.ExplainFormat;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;

/**
 * Turns what Flink throws at a statement into a message with a place in the script and a remedy.
 *
 * <ol>
 *   <li>The parser and the validator say where: that is the place.
 *   <li>What is wrong with a table's options is wrong where the table is created.
 *   <li>A table that is not there is wrong where the statement names it.
 *   <li>Everything else is wrong where its statement begins.
 * </ol>
 */
final class Diagnosis {

    private static final int LONGEST_MESSAGE = 2_000;

    private static final Pattern UNEXPECTED = Pattern.compile("Encountered (\".*\")");
    private static final Pattern OF_TABLE =
            Pattern.compile(
                    "(?s)Unable to create a (?:source for reading|sink for writing) table '([^']*)'\\.(.*)");
    private static final Pattern NO_TABLE =
            Pattern.compile("(?s)Cannot find table '([^']*)' in any of the catalogs.*");
    private static final Pattern TAKES_NO_UPDATES =
            Pattern.compile("(?s)Table sink '([^']*)' doesn't support consuming .*changes.*");

    private final RuntimeException thrown;
    private final SqlStatement statement;
    private final CreatedTables tables;

    private Diagnosis(RuntimeException thrown, SqlStatement statement, CreatedTables tables) {
        this.thrown = thrown;
        this.statement = statement;
        this.tables = tables;
    }

    static PreparationException of(
            RuntimeException thrown, SqlStatement statement, CreatedTables tables) {
        return new Diagnosis(thrown, statement, tables).exception();
    }

    /** The inserts are planned together; the one at fault is found by planning each alone. */
    static PreparationException ofPlan(
            RuntimeException thrown,
            TableEnvironmentInternal environment,
            List<SqlProgram.Insert> inserts,
            CreatedTables tables) {
        for (SqlProgram.Insert insert : inserts) {
            try {
                environment.explainInternal(List.of(insert.operation()), ExplainFormat.TEXT);
            } catch (RuntimeException alone) {
                return of(alone, insert.statement(), tables);
            }
        }
        return new PreparationException(
                Problem.of(
                        Kind.PROGRAM_INVALID,
                        bounded(messages(thrown)),
                        "each INSERT plans on its own: look for what they share"),
                thrown);
    }

    private PreparationException exception() {
        for (Throwable cause : chain(thrown)) {
            if (cause instanceof SqlParseException parse && parse.getPos() != null) {
                return at(
                        parse.getPos().getLineNum(),
                        parse.getPos().getColumnNum(),
                        parsed(FlinkWords.inOneLine(text(parse))),
                        "correct the statement at this place");
            }
            if (cause instanceof CalciteContextException context && context.getPosLine() > 0) {
                Throwable said = context.getCause() == null ? context : context.getCause();
                return at(
                        context.getPosLine(),
                        context.getPosColumn(),
                        FlinkWords.inOneLine(text(said)),
                        "correct the name or expression at this place");
            }
        }
        return unplaced(messages(thrown));
    }

    private PreparationException unplaced(String all) {
        for (Throwable cause : chain(thrown)) {
            var ofTable = OF_TABLE.matcher(text(cause));
            if (ofTable.matches()) {
                SqlStatement created = tables.place(ofTable.group(1), statement);
                return at(
                        created.line(),
                        created.column(),
                        "Table '%s': %s"
                                .formatted(
                                        FlinkWords.inOneLine(ofTable.group(1)),
                                        below(cause, ofTable.group(2))),
                        "correct the options of the table that is created at this place");
            }
            var noTable = NO_TABLE.matcher(text(cause));
            if (noTable.matches()) {
                String name = simpleName(noTable.group(1));
                SqlStatement.Place place = statement.place(name);
                return at(
                        place.line(),
                        place.column(),
                        "Table '" + name + "' not found",
                        "create the table before this statement, or correct its name");
            }
        }
        return at(
                statement.line(),
                statement.column(),
                all,
                TAKES_NO_UPDATES.matcher(all).matches()
                        ? "write to a table with a PRIMARY KEY whose connector takes updates, such as upsert-kafka"
                        : "correct the statement that starts at this place");
    }

    /** Flink says first which table and then, below, what is wrong with it. */
    private static String below(Throwable cause, String rest) {
        var words = new ArrayList<String>();
        words.add(FlinkWords.inOneLine(rest));
        if (cause.getCause() != null) {
            words.add(messages(cause.getCause()));
        }
        return FlinkWords.inOneLine(String.join("\n", words));
    }

    private static String parsed(String message) {
        var unexpected = UNEXPECTED.matcher(message);
        if (unexpected.matches()) {
            return unexpected.group(1) + " is not expected here";
        }
        return message.equals("Non-query expression encountered in illegal context")
                ? "A query is expected here"
                : message;
    }

    private PreparationException at(int line, int column, String message, String remedy) {
        return new PreparationException(
                new Problem(
                        Kind.PROGRAM_INVALID,
                        bounded(message),
                        remedy,
                        Optional.of(line),
                        Optional.of(column)),
                thrown);
    }

    private static String simpleName(String path) {
        return path.substring(path.lastIndexOf('.') + 1).replace("`", "");
    }

    private static String bounded(String message) {
        return message.length() > LONGEST_MESSAGE
                ? message.substring(0, LONGEST_MESSAGE) + " …"
                : message;
    }

    /** Flink's outer message often says only what it did; the reason is below it. */
    private static String messages(Throwable thrown) {
        var said = new ArrayList<String>();
        for (Throwable cause : chain(thrown)) {
            String words = FlinkWords.inOneLine(text(cause));
            if (!words.isEmpty() && said.stream().noneMatch(known -> known.contains(words))) {
                said.add(words);
            }
        }
        return said.isEmpty()
                ? thrown.getClass().getSimpleName()
                : FlinkWords.inOneLine(String.join("\n", said));
    }

    private static String text(Throwable cause) {
        return Optional.ofNullable(cause.getMessage()).orElse("").strip();
    }

    private static List<Throwable> chain(Throwable thrown) {
        var chain = new ArrayList<Throwable>();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable cause = thrown; cause != null && seen.add(cause); cause = cause.getCause()) {
            chain.add(cause);
        }
        return chain;
    }
}
