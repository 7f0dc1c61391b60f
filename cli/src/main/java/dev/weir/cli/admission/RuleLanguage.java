package dev.weir.cli.admission;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The part of CEL that the rules of our schema are written in. It has the words of {@link RuleWord}
 * and no others, because the whole of CEL takes a quarter of a second longer to come up; a rule
 * with another word is named when the schema is read.
 *
 * <p>Expressions are compiled when they are first asked, once each. That their types fit was seen
 * to when the schema was registered: here all values are dynamic.
 */
final class RuleLanguage {

    static final String SELF = "self";
    static final String OLD_SELF = "oldSelf";

    private static final Set<String> BUILT_IN_OVERLOADS =
            Set.of("logical_and", "logical_or", "conditional", "not_strictly_false");

    private final Map<String, CelRuntime.Program> programs = new ConcurrentHashMap<>();

    /** What an expression gave. */
    sealed interface Result {}

    record Value(Object value) implements Result {}

    /** It has no value, for a reason in the API server's words. */
    record NoValue(String why) implements Result {}

    Result evaluate(String expression, Map<String, Object> variables) {
        var program = programs.computeIfAbsent(expression, this::compile);
        try {
            return new Value(program.eval(variables));
        } catch (CelEvaluationException e) {
            return new NoValue(
                    e.getCause() instanceof RuleFunctions.NoResultException none
                            ? none.getMessage()
                            : e.getMessage());
        }
    }

    private CelRuntime.Program compile(String expression) {
        try {
            return Cel.RUNTIME.createProgram(Cel.COMPILER.compile(expression).getAst());
        } catch (CelValidationException | CelEvaluationException e) {
            throw new IllegalStateException(
                    "the rule \"" + expression + "\" can't be compiled: " + e.getMessage(), e);
        }
    }

    /** Comes up with the first expression: most manifests ask none. */
    private static final class Cel {

        static final CelCompiler COMPILER = compiler();
        static final CelRuntime RUNTIME =
                CelRuntimeFactory.standardCelRuntimeBuilder()
                        .setStandardEnvironmentEnabled(false)
                        .addFunctionBindings(RuleFunctions.effects())
                        .build();

        private static CelCompiler compiler() {
            var standard = RuleFunctions.standardOverloads();
            return CelCompilerFactory.standardCelCompilerBuilder()
                    .setStandardEnvironmentEnabled(false)
                    .setStandardDeclarations(
                            CelStandardDeclarations.newBuilder()
                                    .filterFunctions(
                                            (_, overload) -> {
                                                var id = overload.celOverloadDecl().overloadId();
                                                return standard.contains(id)
                                                        || BUILT_IN_OVERLOADS.contains(id);
                                            })
                                    .build())
                    .setStandardMacros(
                            CelStandardMacro.HAS, CelStandardMacro.ALL, CelStandardMacro.EXISTS)
                    .addFunctionDeclarations(RuleFunctions.declarations())
                    .addVar(SELF, SimpleType.DYN)
                    .addVar(OLD_SELF, SimpleType.DYN)
                    .build();
        }
    }
}
