package dev.weir.runtime.program;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Flink's messages in one line, for a condition and for people who never saw a class name.
 *
 * <ol>
 *   <li>The options of a table are left out: its author wrote them, and some are secrets.
 *   <li>Everything that the parser would have taken is left out.
 *   <li>A list under a heading is written on behind it.
 *   <li>A table is called what its author calls it.
 *   <li>A factory that is missing is said to be not known.
 * </ol>
 */
final class FlinkWords {

    private static final String TABLE_OPTIONS = "Table options are:";
    private static final String EXPECTED = "Was expecting";

    /** What could not be discovered is said behind it. */
    private static final String UNDISCOVERED = "Cannot discover a connector using option:";

    private static final Pattern OPTION = Pattern.compile("'[^']*'='.*'");
    private static final Pattern DEFAULT_DATABASE =
            Pattern.compile("`?default_catalog`?\\.`?default_database`?\\.");
    private static final Pattern PLACE = Pattern.compile(" at line \\d+, column \\d+\\.?");
    private static final Pattern MISSING =
            Pattern.compile(
                    "Could not find any factory for identifier ('[^']*') that implements '[^']*'"
                            + " in the classpath\\. Available factory identifiers are: (.*)");

    private FlinkWords() {}

    static String inOneLine(String message) {
        var text = new StringBuilder();
        boolean listed = false;
        boolean heading = false;
        for (String line : lines(message)) {
            boolean item = (heading || listed) && line.indexOf(' ') < 0;
            if (!text.isEmpty()) {
                text.append(item && listed ? ", " : listed && !item ? ". " : " ");
            }
            text.append(line);
            listed = item;
            heading = line.endsWith(":");
        }
        String known =
                DEFAULT_DATABASE
                        .matcher(text)
                        .replaceAll("")
                        .replace("SQL validation failed. ", "")
                        .replaceAll("'`([^`']*)`'", "'$1'");
        return PLACE.matcher(missing(known)).replaceFirst("");
    }

    private static List<String> lines(String message) {
        return message.lines()
                .map(line -> line.strip().replaceAll(" +", " "))
                .takeWhile(line -> !line.startsWith(EXPECTED))
                .filter(line -> !line.isEmpty() && !line.equals(TABLE_OPTIONS))
                .filter(line -> !line.startsWith(UNDISCOVERED))
                .filter(line -> !OPTION.matcher(line).matches())
                .toList();
    }

    private static String missing(String text) {
        return MISSING.matcher(text)
                .replaceAll(
                        found ->
                                Matcher.quoteReplacement(
                                        found.group(1)
                                                + " is not known; known are "
                                                + found.group(2)));
    }
}
