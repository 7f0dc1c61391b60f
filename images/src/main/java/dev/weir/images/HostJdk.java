package dev.weir.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The JDK 25 that runs this program, and the smaller one that jlink makes of it for the images.
 *
 * @param home its folder
 */
record HostJdk(Path home) {

    /** Where the images have it. */
    static final String PATH = "/opt/jdk";

    // java.desktop comes with java.se: Kryo and Jackson look at java.beans. jcmd and flight
    // recordings are for debugging a pod that has nothing else.
    private static final List<String> MODULES =
            List.of(
                    "java.se",
                    "jdk.charsets",
                    "jdk.crypto.ec",
                    "jdk.httpserver",
                    "jdk.jcmd",
                    "jdk.jfr",
                    "jdk.management",
                    "jdk.naming.dns",
                    "jdk.net",
                    "jdk.security.auth",
                    "jdk.unsupported",
                    "jdk.zipfs");

    private static final Duration BOUND = Duration.ofMinutes(5);

    static HostJdk running() {
        return new HostJdk(Path.of(System.getProperty("java.home")));
    }

    /** What the linked JDK depends on: it is made again only when this changes. */
    String identity() throws IOException {
        return Digest.of(Files.readString(home.resolve("release")), String.join(",", MODULES));
    }

    /** Links the JDK into {@code folder}, unless it is there already. */
    FileTree link(Path folder, Path log) throws IOException {
        var done = folder.resolveSibling(folder.getFileName() + ".done");
        if (Files.exists(done)) {
            return new FileTree(folder);
        }
        var tree = FileTree.empty(folder);
        var target = tree.at(PATH);
        Files.createDirectories(target.getParent());
        new Command(
                        List.of(
                                home.resolve("bin/jlink").toString(),
                                "--add-modules",
                                String.join(",", MODULES),
                                "--no-header-files",
                                "--no-man-pages",
                                "--output",
                                target.toString()),
                        folder.getParent(),
                        log)
                .run("jlink of " + home, BOUND);
        tree.sealed();
        // After sealing: the archive remembers the time of the modules file.
        new Command(
                        List.of(target.resolve("bin/java").toString(), "-Xshare:dump"),
                        folder.getParent(),
                        log)
                .run("the dump of the JDK's shared classes", BOUND);
        tree.sealed();
        Files.createFile(done);
        return tree;
    }
}
