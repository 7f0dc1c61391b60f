package dev.weir.runtime.program;

/**
 * One statement of a script.
 *
 * <p>Invariant: {@link #text} begins with as many line breaks and blanks as stand before the
 * statement in the script, so a position that Flink's parser or validator names is a position in
 * the script.
 *
 * @param text the statement without its closing semicolon, padded
 * @param line where the statement starts, from 1
 * @param column where the statement starts, from 1
 */
record SqlStatement(String text, int line, int column) {

    static SqlStatement at(int line, int column, String bareText) {
        return new SqlStatement(
                "\n".repeat(line - 1) + " ".repeat(column - 1) + bareText, line, column);
    }
}
