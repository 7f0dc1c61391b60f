package dev.weir.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The runtime: a flat class path in a fixed order, with the ahead-of-time cache that was trained on
 * exactly these files.
 *
 * @param program of what it consists
 * @param jdk the linked JDK
 */
record RuntimeImage(Program program, FileTree jdk) {

    /**
     * @param jar the program's own
     * @param libraries the folder of all others
     * @param mainClass what a pod runs
     * @param trainingClass what trains the cache, and ends by itself
     */
    record Program(Path jar, Path libraries, String mainClass, String trainingClass) {

        /** The runtime's module, once it is packaged. */
        static Program ofModule(Path module) throws IOException {
            var target = module.resolve("target");
            if (!Files.isDirectory(target.resolve("lib"))) {
                throw new ImagesException(
                        target.resolve("lib")
                                + " is not built: run 'mvn -pl runtime -am -DskipTests package'");
            }
            try (var jars = Files.newDirectoryStream(target, "runtime-*.jar")) {
                for (var jar : jars) {
                    return new Program(
                            jar,
                            target.resolve("lib"),
                            "dev.weir.runtime.RuntimeMain",
                            "dev.weir.runtime.Training");
                }
            }
            throw new ImagesException(
                    target + " has no jar: run 'mvn -pl runtime -am -DskipTests package'");
        }
    }

    private static final String LIBRARIES = "/opt/weir/lib";
    private static final String CACHE = "/opt/weir/weir.aot";
    private static final String ARGUMENTS = "/opt/weir/runtime.args";
    private static final int CONTROL = 8480;

    Image assemble(List<Layer> below, Path work) throws IOException {
        var tree = FileTree.empty(work.resolve("runtime"));
        var jars = copyJars(tree);
        tree.write(ARGUMENTS, arguments(jars));
        tree.sealed();
        var layers = new ArrayList<>(below);
        layers.add(Layer.some("runtime libraries", tree, path -> !isOurs(path)));
        layers.add(Layer.some("runtime", tree, RuntimeImage::isOurs));
        layers.add(Layer.all("runtime's ahead-of-time cache", cache(jars, work)));
        return new Image(
                "runtime",
                layers,
                List.of(HostJdk.PATH + "/bin/java", "@" + ARGUMENTS, program.mainClass()),
                List.of(CONTROL));
    }

    /** The JVM options that the engine needs and that the cache is bound to. */
    static List<String> options() {
        try (var lines = RuntimeImage.class.getResourceAsStream("runtime.options")) {
            return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    // The program first, so that it wins over a library; then by name, as a folder has no order.
    private List<Path> copyJars(FileTree tree) throws IOException {
        var sources = new ArrayList<Path>();
        sources.add(program.jar());
        try (var libraries = Files.list(program.libraries())) {
            libraries
                    .filter(path -> path.toString().endsWith(".jar"))
                    .sorted()
                    .forEach(sources::add);
        }
        var jars = new ArrayList<Path>();
        for (var source : sources) {
            var path = LIBRARIES + "/" + source.getFileName();
            tree.copy(source, path);
            jars.add(tree.at(path));
        }
        return jars;
    }

    private static String arguments(List<Path> jars) {
        var lines = new ArrayList<>(options());
        lines.add("-XX:AOTCache=" + CACHE);
        lines.add("-cp");
        lines.add(
                String.join(
                        ":",
                        jars.stream().map(jar -> LIBRARIES + "/" + jar.getFileName()).toList()));
        return String.join("\n", lines) + "\n";
    }

    private static boolean isOurs(Path path) {
        var name = path.getFileName().toString();
        return name.endsWith("-SNAPSHOT.jar") || name.endsWith(".args");
    }

    // Kept by what it was made from: training takes longer than all the rest.
    private FileTree cache(List<Path> jars, Path work) throws IOException {
        var cache = new AotCache(jdk, jars, options());
        var folder = work.resolve("aot-" + cache.identity(program.trainingClass()));
        var tree = new FileTree(folder);
        if (!Files.exists(tree.at(CACHE))) {
            var made = work.resolve("training/weir.aot");
            var run = FileTree.empty(work.resolve("training/run")).root();
            try (var ground =
                    TrainingGround.open(FileTree.empty(work.resolve("training/store")).root())) {
                cache.train(program.trainingClass(), ground.environment(), made, run);
            }
            FileTree.empty(folder);
            Files.createDirectories(tree.at(CACHE).getParent());
            Files.move(made, tree.at(CACHE));
        }
        return tree.sealed();
    }
}
