package dev.weir.runtime.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the lists and expressions of a planner's node descriptions, such as {@code k, SUM($f1) AS
 * s}.
 *
 * <p>The planner writes for people: it escapes no quote inside a literal, and half-open ranges pair
 * {@code (} with {@code ]}. So brackets are counted without regard to their kind, and text whose
 * quotes make no sense is unreadable (empty) rather than guessed at.
 */
final class PlanText {

    private static final String ALIAS = " AS ";

    private PlanText() {}

    /** An item of a list, and the name it is given there, if any. */
    record Item(String expression, Optional<String> alias) {

        String name() {
            return alias.orElse(expression);
        }
    }

    /** The parts between commas that stand in no bracket and no literal. */
    static Optional<List<String>> split(String list) {
        if (list.isBlank()) {
            return Optional.of(List.of());
        }
        return places(list, ",").map(commas -> cut(list, commas));
    }

    static Optional<List<Item>> items(String list) {
        return split(list)
                .flatMap(
                        parts -> {
                            var items = new ArrayList<Item>();
                            for (String part : parts) {
                                var aliases = places(part, ALIAS);
                                if (aliases.isEmpty()) {
                                    return Optional.empty();
                                }
                                items.add(item(part, aliases.get()));
                            }
                            return Optional.of(List.copyOf(items));
                        });
    }

    private static Item item(String part, List<Integer> aliases) {
        if (aliases.isEmpty()) {
            return new Item(part, Optional.empty());
        }
        int at = aliases.getFirst();
        return new Item(part.substring(0, at), Optional.of(part.substring(at + ALIAS.length())));
    }

    private static List<String> cut(String list, List<Integer> commas) {
        var parts = new ArrayList<String>();
        int from = 0;
        for (int comma : commas) {
            parts.add(list.substring(from, comma).strip());
            from = comma + 1;
        }
        parts.add(list.substring(from).strip());
        return List.copyOf(parts);
    }

    /** Where the separator stands outside brackets and literals. */
    private static Optional<List<Integer>> places(String text, String separator) {
        var places = new ArrayList<Integer>();
        int depth = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\'') {
                int end = literalEnd(text, at);
                if (end < 0) {
                    return Optional.empty();
                }
                at = end - 1;
            } else if (c == '(' || c == '[' || c == '{') {
                depth++;
            } else if (c == ')' || c == ']' || c == '}') {
                depth--;
                if (depth < 0) {
                    return Optional.empty();
                }
            } else if (depth == 0 && text.startsWith(separator, at)) {
                places.add(at);
            }
        }
        return depth == 0 ? Optional.of(places) : Optional.empty();
    }

    /** Behind the literal that starts here; -1 where what follows shows that it did not end. */
    private static int literalEnd(String text, int start) {
        int end = text.indexOf('\'', start + 1) + 1;
        boolean endless =
                end == 0
                        || (end < text.length()
                                && Character.isJavaIdentifierPart(text.charAt(end)));
        return endless ? -1 : end;
    }

    /**
     * The text with each name for which there is a value replaced by the value. Literals, numbers,
     * functions, units such as in {@code 1 s}, and what follows a dot are no names.
     */
    static String substitute(String text, Function<String, Optional<String>> values) {
        var out = new StringBuilder();
        int at = 0;
        boolean behindNumber = false;
        while (at < text.length()) {
            int end = tokenEnd(text, at);
            String token = text.substring(at, end);
            boolean name =
                    Character.isJavaIdentifierStart(token.charAt(0))
                            && !behindNumber
                            && (at == 0 || text.charAt(at - 1) != '.')
                            && (end == text.length() || text.charAt(end) != '(');
            out.append(name ? values.apply(token).orElse(token) : token);
            behindNumber =
                    Character.isDigit(token.charAt(0)) || (behindNumber && token.equals(" "));
            at = end;
        }
        return out.toString();
    }

    private static int tokenEnd(String text, int start) {
        char c = text.charAt(start);
        if (c == '\'') {
            int end = text.indexOf('\'', start + 1);
            return end < 0 ? text.length() : end + 1;
        }
        if (!Character.isJavaIdentifierPart(c)) {
            return start + 1;
        }
        int end = start;
        while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Whether the text is one name, which {@link #substitute} finds. */
    static boolean isName(String text) {
        return !text.isEmpty()
                && Character.isJavaIdentifierStart(text.charAt(0))
                && text.chars().allMatch(Character::isJavaIdentifierPart);
    }
}
