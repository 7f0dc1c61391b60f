package dev.weir.local.node;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The runtime as it was built here: what an image is to a cluster.
 *
 * @param java the executable
 * @param options of the JVM, the same as in the image
 * @param jars the class path, in the image's order
 */
public record RuntimeInstall(Path java, List<String> options, List<Path> jars) {

    static final String MAIN = "dev.weir.runtime.RuntimeMain";

    public RuntimeInstall {
        options = List.copyOf(options);
        jars = List.copyOf(jars);
    }

    /**
     * @param root of the project, in which the module {@code runtime} is packaged
     */
    public static RuntimeInstall builtIn(Path root) {
        try {
            List<Path> jars = new ArrayList<>(jars(root.resolve("runtime/target"), "runtime-"));
            jars.addAll(jars(root.resolve("runtime/target/lib"), ""));
            return new RuntimeInstall(
                    Path.of(System.getProperty("java.home"), "bin", "java"),
                    options(root.resolve("images/src/main/resources/dev/weir/images")),
                    jars);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the runtime is not built in " + root + ": start it by ./weir, which builds it",
                    e);
        }
    }

    String classPath() {
        return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static List<String> options(Path folder) throws IOException {
        return Files.readAllLines(folder.resolve("runtime.options")).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    private static List<Path> jars(Path folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }
}
