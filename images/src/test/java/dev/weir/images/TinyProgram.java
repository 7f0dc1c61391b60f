package dev.weir.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/** A program of two jars, in the shape that the runtime's module leaves when it is packaged. */
record TinyProgram(Path target) {

    private static final String GREETING =
            "package tiny; public class Greeting {"
                    + " public static String text() { return \"hello\"; } }";
    private static final String MAIN =
            "package tiny; public class Main { public static void main(String[] arguments) {"
                    + " System.out.println(Greeting.text()); } }";
    private static final String FAILING =
            "package tiny; public class Failing { public static void main(String[] arguments) {"
                    + " System.out.println(\"no training today\"); System.exit(3); } }";

    /** Compiles it below {@code folder}. */
    static TinyProgram below(Path folder) throws IOException {
        var sources = folder.resolve("sources");
        var classes = folder.resolve("classes");
        Files.createDirectories(sources);
        Files.createDirectories(classes);
        Files.writeString(sources.resolve("Greeting.java"), GREETING);
        Files.writeString(sources.resolve("Main.java"), MAIN);
        Files.writeString(sources.resolve("Failing.java"), FAILING);
        var code =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-d",
                                classes.toString(),
                                sources.resolve("Greeting.java").toString(),
                                sources.resolve("Main.java").toString(),
                                sources.resolve("Failing.java").toString());
        if (code != 0) {
            throw new IllegalStateException("the tiny program does not compile");
        }
        var target = folder.resolve("target");
        jar(target.resolve("lib/greeting-1.jar"), classes, List.of("tiny/Greeting.class"));
        jar(
                target.resolve("runtime-0.1.0-SNAPSHOT.jar"),
                classes,
                List.of("tiny/Main.class", "tiny/Failing.class"));
        return new TinyProgram(target);
    }

    RuntimeImage.Program program(String trainingClass) {
        return new RuntimeImage.Program(
                target.resolve("runtime-0.1.0-SNAPSHOT.jar"),
                target.resolve("lib"),
                "tiny.Main",
                trainingClass);
    }

    private static void jar(Path jar, Path classes, List<String> names) throws IOException {
        Files.createDirectories(jar.getParent());
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (var name : names) {
                out.putNextEntry(new JarEntry(name));
                Files.copy(classes.resolve(name), out);
                out.closeEntry();
            }
        }
    }
}
