package dev.weir.images;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/**
 * Writes images as archives that {@code docker load} and containerd's import read, or pushes them.
 *
 * @param base an image to stand on, instead of an empty one
 * @param architecture as image manifests call it
 * @param cache where packed layers are kept for the next time
 */
record ImageWriter(Optional<String> base, String architecture, Path cache) {

    private static final FilePermissions EXECUTABLE = FilePermissions.fromOctalString("755");
    private static final FilePermissions READABLE = FilePermissions.fromOctalString("644");
    // Whoever the container runs as may write here; in a pod volumes are mounted over them.
    private static final FilePermissions SCRATCH = FilePermissions.fromOctalString("777");
    private static final Set<String> SCRATCH_FOLDERS = Set.of("/tmp", "/weir/work");

    /** Writes {@code image} to {@code archive}, under its name at Docker's registry. */
    void archive(Image image, Path archive) throws IOException {
        Files.createDirectories(archive.getParent());
        var half = archive.resolveSibling(archive.getFileName() + ".part");
        var name = image.reference("docker.io");
        write(image, name, Containerizer.to(TarImage.at(half).named(reference(name))));
        Files.move(half, archive, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    /** Pushes {@code image} and returns its full name. */
    String push(Image image, String registry) throws IOException {
        var name = image.reference(registry);
        write(image, name, Containerizer.to(withCredentials(reference(name))));
        return name;
    }

    private void write(Image image, String name, Containerizer containerizer) throws IOException {
        try {
            builder(image)
                    .containerize(
                            containerizer
                                    .setBaseImageLayersCache(cache)
                                    .setApplicationLayersCache(cache)
                                    .setAllowInsecureRegistries(isLocal(name))
                                    .setToolName("weir"));
        } catch (RegistryException | ExecutionException | CacheDirectoryCreationException failure) {
            var cause = failure instanceof ExecutionException ? failure.getCause() : failure;
            throw new ImagesException(
                    "could not write " + name + ": " + cause.getMessage(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ImagesException("was interrupted while writing " + name, interrupted);
        }
    }

    private JibContainerBuilder builder(Image image) throws IOException {
        var builder = base.isPresent() ? from(base.get()) : Jib.fromScratch();
        for (var layer : image.layers()) {
            builder.addFileEntriesLayer(entries(layer));
        }
        for (var port : image.ports()) {
            builder.addExposedPort(Port.tcp(port));
        }
        return builder.setPlatforms(Set.of(new Platform(architecture, "linux")))
                .setEntrypoint(image.entrypoint())
                .setEnvironment(
                        Map.of(
                                "JAVA_HOME",
                                HostJdk.PATH,
                                "PATH",
                                HostJdk.PATH + "/bin:/usr/bin:/bin",
                                "LANG",
                                "C.UTF-8"))
                .setUser(HostSystem.USER + ":" + HostSystem.USER)
                .setWorkingDirectory(AbsoluteUnixPath.get("/tmp"));
    }

    private static JibContainerBuilder from(String base) {
        if (base.startsWith(Jib.TAR_IMAGE_PREFIX)) {
            return Jib.from(TarImage.at(Path.of(base.substring(Jib.TAR_IMAGE_PREFIX.length()))));
        }
        return Jib.from(withCredentials(reference(base)));
    }

    private FileEntriesLayer entries(Layer layer) throws IOException {
        var entries = FileEntriesLayer.builder().setName(layer.name());
        var source = byContent(layer);
        for (var path : layer.paths()) {
            var inside = layer.tree().root().relativize(path);
            var target = "/" + inside;
            entries.addEntry(
                    source.resolve(inside),
                    AbsoluteUnixPath.get(target),
                    permissions(path, target),
                    FileTree.TIME);
        }
        return entries.build();
    }

    /**
     * The layer's tree under a name that its content decides. Jib knows a packed layer again by the
     * paths and times of its files, and all of ours have one time.
     */
    private Path byContent(Layer layer) throws IOException {
        var files = layer.paths().stream().filter(Files::isRegularFile).toList();
        var link = cache.resolveSibling("by-content").resolve(Digest.of(files));
        Files.createDirectories(link.getParent());
        Files.deleteIfExists(link);
        return Files.createSymbolicLink(link, layer.tree().root().toAbsolutePath());
    }

    private static FilePermissions permissions(Path path, String target) {
        if (SCRATCH_FOLDERS.contains(target)) {
            return SCRATCH;
        }
        return Files.isDirectory(path) || Files.isExecutable(path) ? EXECUTABLE : READABLE;
    }

    // What 'docker login' left, or a credential helper in PATH.
    private static RegistryImage withCredentials(ImageReference reference) {
        try {
            var credentials = CredentialRetrieverFactory.forImage(reference, event -> {});
            return RegistryImage.named(reference)
                    .addCredentialRetriever(credentials.dockerConfig())
                    .addCredentialRetriever(credentials.wellKnownCredentialHelpers());
        } catch (IllegalArgumentException broken) {
            throw new ImagesException("no credentials for " + reference, broken);
        }
    }

    private static ImageReference reference(String name) {
        try {
            return ImageReference.parse(name);
        } catch (InvalidImageReferenceException invalid) {
            throw new ImagesException(
                    "'" + name + "' is no image name: expected REGISTRY/NAME:TAG", invalid);
        }
    }

    private static boolean isLocal(String name) {
        return name.startsWith("localhost:") || name.startsWith("127.0.0.1:");
    }
}
