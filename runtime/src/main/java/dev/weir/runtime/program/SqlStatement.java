package dev.weir.runtime.program;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    private static final Pattern FIRST_WORD = Pattern.compile("\\s*(\\w+).*", Pattern.DOTALL);

    /** A place in the script, from 1. */
    record Place(int line, int column) {}

    static SqlStatement at(int line, int column, String bareText) {
        return new SqlStatement(
                "\n".repeat(line - 1) + " ".repeat(column - 1) + bareText, line, column);
    }

    /** Where the statement first names {@code word}; where it begins if it does not. */
    Place place(String word) {
        Matcher found = Pattern.compile("(?<!\\w)" + Pattern.quote(word) + "(?!\\w)").matcher(text);
        if (!found.find()) {
            return new Place(line, column);
        }
        String before = text.substring(0, found.start());
        return new Place(
                (int) before.chars().filter(c -> c == '\n').count() + 1,
                before.length() - before.lastIndexOf('\n'));
    }

    /** What kind of statement it is, such as SELECT. */
    String verb() {
        Matcher word = FIRST_WORD.matcher(text);
        return word.matches() ? word.group(1).toUpperCase(Locale.ROOT) : text.strip();
    }
}
