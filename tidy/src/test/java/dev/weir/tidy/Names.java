package dev.weir.tidy;

import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Names that say nothing of the role. */
final class Names {

    private static final Pattern TYPE = Pattern.compile("Utils?|Helper|Manager|^Abstract|Impl$");
    private static final Pattern METHOD = Pattern.compile("^(handle|process)([A-Z].*)?$");

    private Names() {}

    static List<Finding> types(Project project) {
        var findings = new ArrayList<Finding>();
        for (var source : project.sources()) {
            for (var type : source.types()) {
                var part = TYPE.matcher(type.getSimpleName());
                if (part.find()) {
                    findings.add(
                            source.finding(
                                    type,
                                    type.getSimpleName()
                                            + " has '"
                                            + part.group()
                                            + "' in its name; name the role it plays"));
                }
            }
        }
        return findings;
    }

    /** An overriding method's name is somebody else's. */
    static List<Finding> methods(Project project) {
        var findings = new ArrayList<Finding>();
        for (var source : project.sources()) {
            source.forEach(
                    MethodTree.class,
                    (method, _) -> {
                        if (METHOD.matcher(method.getName()).matches()
                                && !isNoun(method)
                                && !hasAnnotation(method.getModifiers(), "Override")) {
                            findings.add(
                                    source.finding(
                                            method,
                                            "the method "
                                                    + method.getName()
                                                    + " does not say what it does; use the verb of"
                                                    + " its effect"));
                        }
                    });
        }
        return findings;
    }

    // process() gives the process.
    private static boolean isNoun(MethodTree method) {
        return method.getParameters().isEmpty()
                && !method.getReturnType().toString().equals("void");
    }

    static boolean hasAnnotation(ModifiersTree modifiers, String name) {
        return modifiers.getAnnotations().stream()
                .map(annotation -> annotation.getAnnotationType().toString())
                .anyMatch(type -> type.equals(name) || type.endsWith("." + name));
    }
}
