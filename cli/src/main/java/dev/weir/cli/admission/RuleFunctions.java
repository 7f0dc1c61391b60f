package dev.weir.cli.admission;

import static dev.cel.runtime.CelFunctionBinding.from;

import com.google.re2j.Pattern;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What each {@link RuleWord} does: the same as in the API server, so the same as in Go where CEL
 * leaves it to the library.
 */
final class RuleFunctions {

    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    private static final List<Function> ALL =
            Arrays.stream(RuleWord.values())
                    .flatMap(word -> RuleFunctions.function(word).stream())
                    .toList();

    private RuleFunctions() {}

    /**
     * @param declaration empty: CEL has one of its own
     */
    private record Function(CelFunctionBinding effect, Optional<CelFunctionDecl> declaration) {}

    static List<CelFunctionBinding> effects() {
        return ALL.stream().map(Function::effect).toList();
    }

    /** Of what CEL does not declare itself. */
    static List<CelFunctionDecl> declarations() {
        return ALL.stream().flatMap(function -> function.declaration().stream()).toList();
    }

    /** Identifiers of what is used of CEL's own declarations. */
    static Set<String> standardOverloads() {
        return ALL.stream()
                .filter(function -> function.declaration().isEmpty())
                .map(function -> function.effect().getOverloadId())
                .collect(Collectors.toSet());
    }

    /** Empty: the interpreter does it itself. */
    private static Optional<Function> function(RuleWord word) {
        return switch (word) {
            case AND, OR, THEN, ELSE, HAS, ALL, EXISTS -> Optional.empty();
            case NOT -> standard(from("logical_not", Boolean.class, value -> !value));
            case EQUAL -> standard(from("equals", Object.class, Object.class, Objects::equals));
            case UNEQUAL ->
                    standard(
                            from("not_equals", Object.class, Object.class, (a, b) -> !a.equals(b)));
            case AT_LEAST ->
                    standard(
                            from(
                                    "greater_equals_duration",
                                    Duration.class,
                                    Duration.class,
                                    (a, b) -> a.compareTo(b) >= 0));
            case AT_MOST ->
                    standard(
                            from(
                                    "less_equals_duration",
                                    Duration.class,
                                    Duration.class,
                                    (a, b) -> a.compareTo(b) <= 0));
            case IN ->
                    standard(
                            from(
                                    "in_list",
                                    Object.class,
                                    List.class,
                                    (item, list) -> list.contains(item)));
            case MATCHES ->
                    standard(
                            from(
                                    "matches_string",
                                    String.class,
                                    String.class,
                                    RuleFunctions::matches));
            case DURATION ->
                    standard(from("string_to_duration", String.class, RuleFunctions::duration));
            case IS_URL ->
                    global(
                            word,
                            SimpleType.BOOL,
                            from(
                                    "is_url_string",
                                    String.class,
                                    text -> RequestUri.parse(text).isPresent()));
            case URL ->
                    global(
                            word,
                            SimpleType.DYN,
                            from("string_to_url", String.class, RuleFunctions::url));
            case GET_SCHEME ->
                    member(
                            word,
                            SimpleType.STRING,
                            from("url_get_scheme", RequestUri.class, RequestUri::scheme));
            case HAS_VALUE ->
                    member(
                            word,
                            SimpleType.BOOL,
                            from("optional_has_value", Optional.class, Optional::isPresent));
            case VALUE ->
                    member(
                            word,
                            SimpleType.DYN,
                            from("optional_value", Optional.class, Optional::orElseThrow));
        };
    }

    private static Optional<Function> standard(CelFunctionBinding effect) {
        return Optional.of(new Function(effect, Optional.empty()));
    }

    private static Optional<Function> global(
            RuleWord word, CelType result, CelFunctionBinding effect) {
        return declared(
                word,
                CelOverloadDecl.newGlobalOverload(
                        effect.getOverloadId(), result, SimpleType.STRING),
                effect);
    }

    private static Optional<Function> member(
            RuleWord word, CelType result, CelFunctionBinding effect) {
        return declared(
                word,
                CelOverloadDecl.newMemberOverload(effect.getOverloadId(), result, SimpleType.DYN),
                effect);
    }

    private static Optional<Function> declared(
            RuleWord word, CelOverloadDecl overload, CelFunctionBinding effect) {
        return Optional.of(
                new Function(
                        effect,
                        Optional.of(
                                CelFunctionDecl.newFunctionDeclaration(word.text(), overload))));
    }

    /** Anywhere in the text, as Go has it. */
    private static boolean matches(String text, String pattern) {
        return PATTERNS.computeIfAbsent(pattern, Pattern::compile).matcher(text).find();
    }

    private static Duration duration(String text) {
        return GoDuration.parse(text)
                .orElseThrow(
                        () ->
                                new NoResultException(
                                        "type conversion error from 'string' to"
                                                + " 'google.protobuf.Duration'"));
    }

    private static RequestUri url(String text) {
        return RequestUri.parse(text)
                .orElseThrow(
                        () ->
                                new NoResultException(
                                        "URL parse error during conversion from string"));
    }

    /** A function has no value for what it was given; the message is the API server's. */
    static final class NoResultException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoResultException(String message) {
            super(message);
        }
    }
}
