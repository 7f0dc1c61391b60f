package dev.weir.runtime.program;

import dev.weir.protocol.Problem.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Cuts a script into statements at the semicolons that are not inside a literal, a quoted name or a
 * comment. An {@code EXECUTE STATEMENT SET BEGIN … END} stays one statement, as Flink's parser
 * takes it.
 */
final class SqlScript {

    private static final Pattern STATEMENT_SET =
            Pattern.compile("(?is)EXECUTE\\s+STATEMENT\\s+SET\\b.*");
    private static final Pattern ENDS_WITH_END = Pattern.compile("(?is).*;\\s*END\\s*");

    private final String script;
    private final List<SqlStatement> statements = new ArrayList<>();

    /** The statement so far with comments blanked out: what decides whether it is complete. */
    private final StringBuilder code = new StringBuilder();

    private int position;
    private int line = 1;
    private int column = 1;
    private int start = -1;
    private int startLine;
    private int startColumn;

    private SqlScript(String script) {
        this.script = script;
    }

    static List<SqlStatement> split(String script) throws PreparationException {
        var splitter = new SqlScript(script);
        splitter.run();
        return List.copyOf(splitter.statements);
    }

    private void run() throws PreparationException {
        while (position < script.length()) {
            char c = script.charAt(position);
            if (script.startsWith("--", position)) {
                skip(endOf("\n", script.length()));
            } else if (script.startsWith("/*", position) && !script.startsWith("/*+", position)) {
                skip(closed("*/", "comment"));
            } else if (c == ';') {
                endStatement();
            } else if (c == '\'' || c == '`' || c == '"') {
                take(closed(String.valueOf(c), c == '\'' ? "string literal" : "quoted name"));
            } else {
                take(position + 1);
            }
        }
        if (start >= 0) {
            add(script.length());
        }
    }

    /**
     * The end of a part that must be closed. A doubled quote closes and opens again, which comes to
     * the same.
     */
    private int closed(String closing, String what) throws PreparationException {
        int from = position + closing.length();
        int end = script.indexOf(closing, from);
        if (end < 0) {
            throw PreparationException.at(
                    Kind.PROGRAM_INVALID,
                    "The " + what + " that starts here is never closed",
                    line,
                    column,
                    "close it with " + closing);
        }
        return end + closing.length();
    }

    private int endOf(String closing, int otherwise) {
        int end = script.indexOf(closing, position);
        return end < 0 ? otherwise : end + closing.length();
    }

    private void endStatement() {
        if (start < 0) {
            skip(position + 1);
            return;
        }
        if (STATEMENT_SET.matcher(code).matches() && !ENDS_WITH_END.matcher(code).matches()) {
            take(position + 1);
            return;
        }
        add(position);
        skip(position + 1);
    }

    private void add(int end) {
        statements.add(
                SqlStatement.at(
                        startLine, startColumn, script.substring(start, end).stripTrailing()));
        start = -1;
        code.setLength(0);
    }

    private void take(int end) {
        if (start < 0) {
            if (Character.isWhitespace(script.charAt(position))) {
                move(end);
                return;
            }
            start = position;
            startLine = line;
            startColumn = column;
        }
        code.append(script, position, end);
        move(end);
    }

    private void skip(int end) {
        code.append(start < 0 ? "" : " ");
        move(end);
    }

    private void move(int end) {
        for (; position < end; position++) {
            if (script.charAt(position) == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
    }
}
