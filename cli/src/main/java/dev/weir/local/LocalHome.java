package dev.weir.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a local world keeps all that it has: resources, the pods' scratch and logs, the data of its
 * store and broker. Nothing of it is anywhere else, so it is gone with this folder.
 *
 * @param root absolute
 */
public record LocalHome(Path root) {

    /**
     * @param project the folder in which Weir was built
     */
    public static LocalHome of(Map<String, String> environment, Path project) {
        String named = environment.getOrDefault("WEIR_HOME", "");
        Path root = named.isBlank() ? project.resolve(".weir/local") : Path.of(named);
        return new LocalHome(root.toAbsolutePath().normalize());
    }

    /** Whether a world was ever made here. */
    public boolean exists() {
        return Files.isDirectory(resources());
    }

    public Path resources() {
        return root.resolve("resources");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    Path worldLog() {
        return logs().resolve("world.log");
    }

    Path commandKey() {
        return root.resolve("command.key");
    }

    Path servers() {
        return root.resolve("servers");
    }

    /** The objects of the world's store, as files: the bucket is a folder. */
    public Path objects() {
        return servers().resolve("s3").resolve(WorldMain.BUCKET);
    }

    /** Written copies of the samples, with this world's addresses in them. */
    public Path samples() {
        return root.resolve("samples");
    }
}
