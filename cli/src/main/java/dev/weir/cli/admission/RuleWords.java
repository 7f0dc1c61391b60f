package dev.weir.cli.admission;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The words of an expression in CEL, cut without a parser: at start there is no time for one.
 *
 * @param identifiers names of variables, fields and functions
 * @param calls names that are called, and operators
 */
record RuleWords(Set<String> identifiers, Set<String> calls) {

    private static final Pattern WORD =
            Pattern.compile(
                    "(?<text>'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\")"
                            + "|(?<call>[A-Za-z_]\\w*(?=\\s*\\())"
                            + "|(?<name>[A-Za-z_]\\w*)"
                            + "|(?<number>[0-9][\\w.]*)"
                            + "|(?<operator>&&|\\|\\||[=!<>]=|[-+*/%!<>?:])");

    /** A word among operators: it is one. */
    private static final String IN = "in";

    static RuleWords of(String expression) {
        var identifiers = new LinkedHashSet<String>();
        var calls = new LinkedHashSet<String>();
        WORD.matcher(expression)
                .results()
                .forEach(
                        word -> {
                            if (word.group("operator") != null) {
                                calls.add(word.group("operator"));
                            } else if (word.group("call") != null) {
                                calls.add(word.group("call"));
                                identifiers.add(word.group("call"));
                            } else if (IN.equals(word.group("name"))) {
                                calls.add(IN);
                            } else if (word.group("name") != null) {
                                identifiers.add(word.group("name"));
                            }
                        });
        return new RuleWords(identifiers, calls);
    }
}
