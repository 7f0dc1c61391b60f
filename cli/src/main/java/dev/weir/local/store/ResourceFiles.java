package dev.weir.local.store;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Resources as files, shared by the processes of one local world: what etcd and the API server's
 * optimistic locking are to a cluster.
 *
 * <ol>
 *   <li>A file is always whole: it is written elsewhere and moved in place.
 *   <li>Changes are serial over all processes: each is decided and written under one lock.
 *   <li>Each change has a number of its own that only grows, as the resource's {@code
 *       resourceVersion}.
 *   <li>Readers take no lock. They see the state before a change or after it.
 * </ol>
 */
public final class ResourceFiles {

    private final Path root;
    private final WorldLock lock;
    private final KubernetesSerialization yaml = new KubernetesSerialization();

    /** Makes the folders that are missing. */
    public ResourceFiles(Path root) {
        this.root = root;
        try {
            for (Kind<?> kind : Kind.ALL) {
                Files.createDirectories(folder(kind));
            }
            Files.createDirectories(root.resolve("drafts"));
        } catch (IOException e) {
            throw new UncheckedIOException("the local world can't be kept in " + root, e);
        }
        this.lock = new WorldLock(root.resolve("lock"));
    }

    Path folder(Kind<?> kind) {
        return root.resolve(kind.folder());
    }

    public <T extends HasMetadata> Optional<T> get(Kind<T> kind, Key key) {
        return read(kind, folder(kind).resolve(key.file()));
    }

    /** All of a kind, by namespace and name. */
    public <T extends HasMetadata> List<T> list(Kind<T> kind) {
        List<T> found = new ArrayList<>();
        for (Path file : files(kind)) {
            read(kind, file).ifPresent(found::add);
        }
        return found;
    }

    /** Keys of all of a kind; cheaper than the resources. */
    public List<Key> keys(Kind<?> kind) {
        return files(kind).stream().map(file -> Key.ofFile(file.getFileName().toString())).toList();
    }

    /**
     * Looks at a resource and changes it in one step, which no other change comes between.
     *
     * @return what is there now: the resource with its new version, or nothing
     */
    public <T extends HasMetadata> Optional<T> change(
            Kind<T> kind, Key key, Function<Optional<T>, Edit<T>> decision) {
        return lock.with(
                () -> {
                    Path file = folder(kind).resolve(key.file());
                    Optional<T> before = read(kind, file);
                    return switch (decision.apply(before)) {
                        case Edit.Keep<T>() -> before;
                        case Edit.Put<T>(T resource) -> Optional.of(write(file, resource));
                        case Edit.Remove<T>() -> {
                            Files.deleteIfExists(file);
                            yield Optional.<T>empty();
                        }
                    };
                });
    }

    private List<Path> files(Kind<?> kind) {
        try (Stream<Path> files = Files.list(folder(kind))) {
            return files.filter(file -> Key.names(file.getFileName().toString()))
                    .sorted(Comparator.comparing(file -> file.getFileName().toString()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("resources can't be listed in " + folder(kind), e);
        }
    }

    private <T extends HasMetadata> Optional<T> read(Kind<T> kind, Path file) {
        try {
            return Optional.of(yaml.unmarshal(Files.readString(file), kind.type()));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("a resource can't be read from " + file, e);
        }
    }

    private <T extends HasMetadata> T write(Path file, T resource) throws IOException {
        resource.getMetadata().setResourceVersion(String.valueOf(nextVersion()));
        move(yaml.asYaml(resource), file);
        return resource;
    }

    private long nextVersion() throws IOException {
        Path file = root.resolve("version");
        long next = Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) + 1 : 1;
        move(next + "\n", file);
        return next;
    }

    private void move(String text, Path file) throws IOException {
        Path draft = root.resolve("drafts").resolve(file.getFileName());
        Files.writeString(draft, text);
        Files.move(
                draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
