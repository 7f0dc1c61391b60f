package dev.weir.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * A Java file as the compiler parses it.
 *
 * @param file the text
 * @param unit its syntax tree
 * @param trees to ask for positions and comments
 */
record JavaSource(TextFile file, CompilationUnitTree unit, Trees trees) {

    static JavaSource parse(TextFile file) {
        var object =
                new SimpleJavaFileObject(
                        URI.create("string:///" + file.path()),
                        javax.tools.JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return file.text();
                    }
                };
        var problems = new ArrayList<String>();
        var task =
                (JavacTask)
                        ToolProvider.getSystemJavaCompiler()
                                .getTask(
                                        null,
                                        null,
                                        problem -> problems.add(problem.getMessage(Locale.ROOT)),
                                        List.of("-proc:none"),
                                        null,
                                        List.of(object));
        try {
            var unit = task.parse().iterator().next();
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(file.path() + ": " + problems);
            }
            return new JavaSource(file, unit, Trees.instance(task));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Calls {@code visitor} with every node of the type, and where it stands. */
    <T extends Tree> void forEach(Class<T> type, BiConsumer<T, TreePath> visitor) {
        new TreePathScanner<Void, Void>() {
            @Override
            public Void scan(Tree node, Void nothing) {
                if (type.isInstance(node)) {
                    var path = getCurrentPath();
                    visitor.accept(
                            type.cast(node),
                            path == null || node == unit ? null : new TreePath(path, node));
                }
                return super.scan(node, nothing);
            }
        }.scan(new TreePath(unit), null);
    }

    List<ClassTree> types() {
        var types = new ArrayList<ClassTree>();
        forEach(ClassTree.class, (type, _) -> types.add(type));
        return types;
    }

    long firstLine(Tree node) {
        return line(trees.getSourcePositions().getStartPosition(unit, node));
    }

    long lastLine(Tree node) {
        return line(trees.getSourcePositions().getEndPosition(unit, node));
    }

    Finding finding(Tree node, String remedy) {
        return new Finding(file.path(), firstLine(node), remedy);
    }

    private long line(long position) {
        return position < 0 ? 1 : unit.getLineMap().getLineNumber(position);
    }
}
