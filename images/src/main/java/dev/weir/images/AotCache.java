package dev.weir.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The ahead-of-time cache of a program: classes loaded and linked, as a training run left them.
 *
 * <p>The JVM binds a cache to its own build, to the module options, and to the class path: names,
 * order, sizes and times of the jars below their common folder. That folder may stand elsewhere, so
 * the training needs neither root nor the image's paths; jars and JDK are the very files of the
 * layers, with the times that the layers give them.
 *
 * @param jdk the linked JDK's tree
 * @param jars of the class path, in its order
 * @param options of the JVM that decide whether the cache fits, the same in the image
 */
record AotCache(FileTree jdk, List<Path> jars, List<String> options) {

    private static final Duration TRAINING = Duration.ofMinutes(10);
    private static final Duration CHECK = Duration.ofMinutes(1);

    // The collectors that the JVM chooses between by the container's size.
    private static final List<String> COLLECTORS = List.of("-XX:+UseSerialGC", "-XX:+UseG1GC");

    /** Less than any pod has: the JVM's first heap is the smaller for it. */
    private static final String LITTLE_MEMORY = "-XX:MaxRAM=512m";

    String identity(String trainingClass) throws IOException {
        var release = Files.readString(jdk.at(HostJdk.PATH + "/release"));
        return Digest.of(Digest.of(jars), String.join("\n", options), release, trainingClass);
    }

    /**
     * Runs {@code trainingClass} to its clean end and writes what it loaded to {@code cache}; then
     * proves that a JVM accepts it.
     *
     * @param environment what the training finds in its variables
     */
    void train(String trainingClass, Map<String, String> environment, Path cache, Path work)
            throws IOException {
        Files.deleteIfExists(cache);
        Files.createDirectories(cache.getParent());
        new Command(
                        java(List.of("-Xmx1g", "-XX:AOTCacheOutput=" + cache), trainingClass),
                        environment,
                        work,
                        work.resolveSibling("training.log"))
                .run("the training of the ahead-of-time cache", TRAINING);
        for (var collector : COLLECTORS) {
            prove(trainingClass, cache, collector, work);
        }
    }

    // AOTMode=on alone is no proof: it refuses an unusable cache, not one that lacks our classes.
    void prove(String mainClass, Path cache, String collector, Path work) throws IOException {
        var loaded = work.resolveSibling("loaded.log");
        Files.deleteIfExists(loaded);
        var flags =
                List.of(
                        collector,
                        LITTLE_MEMORY,
                        "-XX:AOTMode=on",
                        "-XX:AOTCache=" + cache,
                        "-Xlog:class+load:file=" + loaded + "::filecount=0",
                        "--dry-run");
        new Command(java(flags, mainClass), work, work.resolveSibling("check.log"))
                .run("the check of the ahead-of-time cache with " + collector, CHECK);
        var expected = mainClass + " source: shared objects file";
        try (var lines = Files.lines(loaded)) {
            if (lines.noneMatch(line -> line.contains(expected))) {
                throw new ImagesException(
                        "the ahead-of-time cache was not used with "
                                + collector
                                + ": "
                                + mainClass
                                + " came from elsewhere (see "
                                + loaded
                                + ")");
            }
        }
    }

    private List<String> java(List<String> flags, String mainClass) {
        var line = new ArrayList<String>();
        line.add(jdk.at(HostJdk.PATH + "/bin/java").toString());
        line.addAll(options);
        line.addAll(flags);
        line.add("-cp");
        line.add(String.join(":", jars.stream().map(Path::toString).toList()));
        line.add(mainClass);
        return line;
    }
}
