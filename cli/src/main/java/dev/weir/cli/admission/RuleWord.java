package dev.weir.cli.admission;

import java.util.Arrays;
import java.util.Optional;

/**
 * What rules may call: the functions, macros and operators that {@link RuleLanguage} has. They are
 * listed apart from their effects, so that a schema can be checked before any of CEL is loaded.
 */
enum RuleWord {
    AND("&&"),
    OR("||"),
    THEN("?"),
    ELSE(":"),
    HAS("has"),
    ALL("all"),
    EXISTS("exists"),
    NOT("!"),
    EQUAL("=="),
    UNEQUAL("!="),
    AT_LEAST(">="),
    AT_MOST("<="),
    IN("in"),
    MATCHES("matches"),
    DURATION("duration"),
    IS_URL("isURL"),
    URL("url"),
    GET_SCHEME("getScheme"),
    HAS_VALUE("hasValue"),
    VALUE("value");

    private final String text;

    RuleWord(String text) {
        this.text = text;
    }

    /** As rules write it. */
    String text() {
        return text;
    }

    /** The first word that a rule calls and that is none of these. */
    static Optional<String> unknownIn(Rule rule) {
        return RuleWords.of(rule.expression() + " " + rule.messageExpression().orElse(""))
                .calls()
                .stream()
                .filter(call -> Arrays.stream(values()).noneMatch(word -> word.text.equals(call)))
                .findFirst();
    }
}
