package dev.weir.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The base of the images where no registry is in reach: the C library and its loader from this
 * machine, a static busybox as shell for probes and debugging, and one unprivileged user.
 *
 * @param architecture as image manifests call it
 * @param triplet the folder name that Debian uses for it
 * @param loader where executables look for their loader
 * @param shells where a static shell may be; the first that is there is taken
 */
record HostSystem(String architecture, String triplet, Path loader, List<Path> shells) {

    /** Nobody else's on a usual machine, and the one that the manifests ask for. */
    static final int USER = 10001;

    // What the JVM, RocksDB and the compression libraries of Kafka link to.
    private static final List<String> LIBRARIES =
            List.of(
                    "libc.so.6",
                    "libm.so.6",
                    "libz.so.1",
                    "libstdc++.so.6",
                    "libgcc_s.so.1",
                    "libresolv.so.2",
                    "librt.so.1",
                    "libpthread.so.0",
                    "libdl.so.2");

    private static final List<Path> STATIC_SHELLS =
            List.of(Path.of("/bin/busybox"), Path.of("/usr/bin/busybox"));

    static HostSystem ofThisMachine() {
        var name = System.getProperty("os.arch");
        return switch (name) {
            case "amd64" ->
                    new HostSystem(
                            "amd64",
                            "x86_64-linux-gnu",
                            Path.of("/lib64/ld-linux-x86-64.so.2"),
                            STATIC_SHELLS);
            case "aarch64" ->
                    new HostSystem(
                            "arm64",
                            "aarch64-linux-gnu",
                            Path.of("/lib/ld-linux-aarch64.so.1"),
                            STATIC_SHELLS);
            case String other ->
                    throw new ImagesException(
                            "images are made on amd64 and arm64, not on " + other);
        };
    }

    /** The same system with another file as its shell. */
    HostSystem withShell(Path shell) {
        return new HostSystem(architecture, triplet, loader, List.of(shell));
    }

    /** Fills {@code tree} with the base's files. */
    FileTree assemble(FileTree tree) throws IOException {
        if (!Files.exists(loader)) {
            throw new ImagesException(
                    "this machine has no glibc at " + loader + ": name a base image with --base");
        }
        tree.copy(loader, loader.toString());
        for (var library : LIBRARIES) {
            var found = find(library);
            tree.copy(found, found.toString());
        }
        var busybox = busybox();
        tree.copy(busybox, "/bin/busybox");
        tree.copy(busybox, "/bin/sh");
        tree.write(
                "/etc/passwd",
                """
                root:x:0:0:root:/:/bin/sh
                weir:x:%d:%d:weir:/tmp:/bin/sh
                """
                        .formatted(USER, USER));
        tree.write("/etc/group", "root:x:0:\nweir:x:%d:\n".formatted(USER));
        tree.write("/etc/nsswitch.conf", "hosts: files dns\n");
        tree.folder("/tmp");
        tree.folder("/weir/work");
        return tree.sealed();
    }

    // The path is kept: it is one of those that this machine's own loader searches.
    private Path find(String library) {
        return List.of("/lib/" + triplet, "/usr/lib/" + triplet, "/lib64", "/usr/lib64").stream()
                .map(folder -> Path.of(folder, library))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(
                        () ->
                                new ImagesException(
                                        "this machine has no "
                                                + library
                                                + ": install it, or name a base image with"
                                                + " --base"));
    }

    private Path busybox() {
        return shells.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () ->
                                new ImagesException(
                                        "this machine has no busybox: 'apt-get install"
                                                + " busybox-static', or name a base image with"
                                                + " --base"));
    }
}
