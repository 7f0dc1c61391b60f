package dev.weir.runtime.program;

import dev.weir.protocol.Problem;
import dev.weir.protocol.Problem.Kind;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.flink.table.api.ExplainFormat;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;

/**
 * Turns what Flink throws at a statement into a message with a place in the script and a remedy.
 */
final class Diagnosis {

    private static final int LONGEST_MESSAGE = 2_000;
    private static final int DEEPEST_CAUSE = 20;

    private Diagnosis() {}

    static PreparationException of(RuntimeException thrown, SqlStatement statement) {
        Throwable cause = thrown;
        for (int depth = 0;
                cause != null && depth < DEEPEST_CAUSE;
                depth++, cause = cause.getCause()) {
            if (cause instanceof SqlParseException parse && parse.getPos() != null) {
                return failure(
                        parse.getMessage(),
                        parse.getPos().getLineNum(),
                        parse.getPos().getColumnNum(),
                        "Correct the statement at this place.",
                        thrown);
            }
            if (cause instanceof CalciteContextException context && context.getPosLine() > 0) {
                String message =
                        context.getCause() == null
                                ? context.getMessage()
                                : context.getCause().getMessage();
                return failure(
                        message,
                        context.getPosLine(),
                        context.getPosColumn(),
                        "Correct the name or expression at this place.",
                        thrown);
            }
        }
        return failure(
                causes(thrown),
                statement.line(),
                statement.column(),
                "Correct the statement that starts at this place, or the table it names.",
                thrown);
    }

    /** The inserts are planned together; the one at fault is found by planning each alone. */
    static PreparationException ofPlan(
            RuntimeException thrown,
            TableEnvironmentInternal tables,
            List<SqlProgram.Insert> inserts) {
        for (SqlProgram.Insert insert : inserts) {
            try {
                tables.explainInternal(List.of(insert.operation()), ExplainFormat.TEXT);
            } catch (RuntimeException alone) {
                return of(alone, insert.statement());
            }
        }
        return failure(
                causes(thrown),
                0,
                0,
                "Each INSERT plans on its own: look for what they share.",
                thrown);
    }

    private static PreparationException failure(
            String message, int line, int column, String remedy, Throwable cause) {
        String text = message == null ? cause.getClass().getSimpleName() : message.strip();
        String bounded =
                text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) + " …" : text;
        return new PreparationException(
                new Problem(Kind.PROGRAM_INVALID, bounded, remedy, place(line), place(column)),
                cause);
    }

    private static Optional<Integer> place(int counted) {
        return counted > 0 ? Optional.of(counted) : Optional.empty();
    }

    /** Flink's outer message often says only what it did; the reason is below it. */
    private static String causes(Throwable thrown) {
        var text = new StringBuilder();
        Throwable cause = thrown;
        for (int depth = 0;
                cause != null && depth < DEEPEST_CAUSE;
                depth++, cause = cause.getCause()) {
            String message = cause.getMessage();
            if (message != null && text.indexOf(message.strip()) < 0) {
                text.append(text.isEmpty() ? "" : "\n").append(message.strip());
            }
        }
        return text.isEmpty() ? thrown.getClass().getSimpleName() : text.toString();
    }
}
