package dev.weir.tidy;

import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConstantCaseLabelTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.PatternCaseLabelTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** How code is written here, where the compiler has no opinion. */
final class Habits {

    private static final Pattern SLEEP =
            Pattern.compile("(Thread|TimeUnit\\.[A-Z]+|[A-Z]+)\\.sleep");
    private static final Set<String> BROAD =
            Set.of("Exception", "RuntimeException", "Throwable", "Error");

    private Habits() {}

    static List<Finding> sleepsInTests(Project project) {
        var findings = new ArrayList<Finding>();
        for (var source : project.sources()) {
            if (source.file().isTest()) {
                source.forEach(
                        MethodInvocationTree.class,
                        (call, _) -> {
                            if (SLEEP.matcher(call.getMethodSelect().toString()).matches()) {
                                findings.add(
                                        source.finding(
                                                call,
                                                "a test sleeps; wait for the condition, with a"
                                                        + " bound"));
                            }
                        });
            }
        }
        return findings;
    }

    static List<Finding> disabledTests(Project project) {
        var findings = new ArrayList<Finding>();
        for (var source : project.sources()) {
            source.forEach(
                    ModifiersTree.class,
                    (modifiers, _) -> {
                        if (Names.hasAnnotation(modifiers, "Disabled")) {
                            findings.add(
                                    source.finding(
                                            modifiers,
                                            "a disabled test protects nothing; mend or remove"
                                                    + " it"));
                        }
                    });
        }
        return findings;
    }

    static List<Finding> swallowedExceptions(Project project) {
        var findings = new ArrayList<Finding>();
        for (var source : project.sources()) {
            source.forEach(
                    CatchTree.class,
                    (caught, _) -> {
                        if (caught.getBlock().getStatements().isEmpty()
                                && BROAD.contains(caught.getParameter().getType().toString())) {
                            findings.add(
                                    source.finding(
                                            caught,
                                            "any exception is swallowed; catch the one that is"
                                                    + " expected, or act on it"));
                        }
                    });
        }
        return findings;
    }

    /**
     * A switch over patterns or constants is exhaustive without a default; with one, the compiler
     * says nothing when a case is added.
     */
    static List<Finding> defaults(Project project) {
        var findings = new ArrayList<Finding>();
        for (var source : project.sources()) {
            source.forEach(
                    SwitchTree.class,
                    (choice, _) -> check(source, choice, choice.getCases(), findings));
            source.forEach(
                    SwitchExpressionTree.class,
                    (choice, _) -> check(source, choice, choice.getCases(), findings));
        }
        return findings;
    }

    private static void check(
            JavaSource source,
            Tree choice,
            List<? extends CaseTree> cases,
            List<Finding> findings) {
        var labels = cases.stream().flatMap(one -> one.getLabels().stream()).toList();
        var others =
                labels.stream().filter(label -> !(label instanceof DefaultCaseLabelTree)).toList();
        var patterns = others.stream().anyMatch(PatternCaseLabelTree.class::isInstance);
        var constants = !others.isEmpty() && others.stream().allMatch(Habits::isNamedConstant);
        if (others.size() < labels.size() && (patterns || constants)) {
            findings.add(
                    source.finding(
                            choice,
                            "this switch has a default; name every case (the root type, if others"
                                    + " may extend it), so that the compiler finds this place when"
                                    + " one is added"));
        }
    }

    // A bare name: constants of an integer type are mostly written with their class.
    private static boolean isNamedConstant(Tree label) {
        return label instanceof ConstantCaseLabelTree constant
                && constant.getConstantExpression() instanceof IdentifierTree;
    }

    static List<Finding> undocumentedTypes(Project project) {
        var findings = new ArrayList<Finding>();
        for (var source : project.sources()) {
            if (source.file().isTest()) {
                continue;
            }
            source.forEach(
                    ClassTree.class,
                    (type, path) -> {
                        var topLevel =
                                path.getParentPath().getLeaf() instanceof CompilationUnitTree;
                        if (topLevel && source.trees().getDocComment(path) == null) {
                            findings.add(
                                    source.finding(
                                            type,
                                            type.getSimpleName()
                                                    + " has no Javadoc; say its role and what"
                                                    + " always holds"));
                        }
                    });
        }
        return findings;
    }
}
