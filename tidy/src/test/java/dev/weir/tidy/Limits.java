package dev.weir.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** How large things may get. The numbers are never raised: split what does not fit. */
final class Limits {

    private static final int FILE_LINES = 400;
    private static final int LAUNCHER_LINES = 100;
    private static final int METHOD_LINES = 70;
    private static final int COLLABORATORS = 5;

    private Limits() {}

    static List<Finding> fileLines(Project project) {
        return project.texts().stream()
                .filter(TextFile::isCode)
                .filter(file -> file.lines().size() > most(file))
                .map(
                        file ->
                                new Finding(
                                        file.path(),
                                        most(file) + 1,
                                        "the file has "
                                                + file.lines().size()
                                                + " lines, the limit is "
                                                + most(file)
                                                + "; move a part that has a name of its own"))
                .toList();
    }

    private static int most(TextFile file) {
        return file.path().equals("weir") ? LAUNCHER_LINES : FILE_LINES;
    }

    static List<Finding> methodLines(Project project) {
        var findings = new ArrayList<Finding>();
        for (var source : project.sources()) {
            source.forEach(
                    MethodTree.class,
                    (method, _) -> {
                        var lines = source.lastLine(method) - source.firstLine(method) + 1;
                        if (lines > METHOD_LINES) {
                            findings.add(
                                    source.finding(
                                            method,
                                            method.getName()
                                                    + " has "
                                                    + lines
                                                    + " lines, the limit is "
                                                    + METHOD_LINES
                                                    + "; give its steps methods of their own"));
                        }
                    });
        }
        return findings;
    }

    static List<Finding> collaborators(Project project) {
        var findings = new ArrayList<Finding>();
        for (var source : project.sources()) {
            source.forEach(
                    MethodTree.class,
                    (method, path) -> {
                        var owner = path.getParentPath().getLeaf();
                        if (method.getReturnType() == null
                                && owner.getKind() == Tree.Kind.CLASS
                                && method.getParameters().size() > COLLABORATORS) {
                            findings.add(
                                    source.finding(
                                            method,
                                            "the constructor of "
                                                    + ((ClassTree) owner).getSimpleName()
                                                    + " takes "
                                                    + method.getParameters().size()
                                                    + " parameters, the limit is "
                                                    + COLLABORATORS
                                                    + "; split the class by role, or make a record"
                                                    + " of what belongs together"));
                        }
                    });
        }
        return findings;
    }

    /** A class of the project may extend one that extends none of the project. */
    static List<Finding> inheritance(Project project) {
        var parents = new HashMap<String, String>();
        for (var source : project.sources()) {
            for (var type : source.types()) {
                if (type.getExtendsClause() != null && type.getKind() == Tree.Kind.CLASS) {
                    parents.put(type.getSimpleName().toString(), parent(type));
                }
            }
        }
        var declared = new ArrayList<String>();
        project.sources()
                .forEach(
                        source ->
                                source.types()
                                        .forEach(
                                                type ->
                                                        declared.add(
                                                                type.getSimpleName().toString())));
        var findings = new ArrayList<Finding>();
        for (var source : project.sources()) {
            for (var type : source.types()) {
                if (type.getExtendsClause() == null || type.getKind() != Tree.Kind.CLASS) {
                    continue;
                }
                var grandparent = parents.get(parent(type));
                if (grandparent != null && declared.contains(grandparent)) {
                    findings.add(
                            source.finding(
                                    type,
                                    type.getSimpleName()
                                            + " extends "
                                            + parent(type)
                                            + ", which extends "
                                            + grandparent
                                            + "; one level is the limit: use composition"));
                }
            }
        }
        return findings;
    }

    // The last part of the name, without type arguments.
    private static String parent(ClassTree type) {
        var name = type.getExtendsClause().toString().replaceAll("<.*", "");
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
