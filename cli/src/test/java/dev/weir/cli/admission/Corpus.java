package dev.weir.cli.admission;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Manifests with what a real API server said of each. They hold two things to the same words: the
 * {@link Doorkeeper}, without a cluster, and the API server itself, on each run of the end-to-end
 * suites.
 *
 * <p>Of {@code 01-name.yaml} stands beside it what is stored before, if it is an update ({@code
 * 01-name.before.yaml}), and the verdict: the resource as it is stored ({@code
 * 01-name.admitted.yaml}), or what kubectl prints ({@code 01-name.refused.txt}). The API server
 * lists violations in no order, so here they are sorted.
 */
public final class Corpus {

    private static final String FOLDER = "/manifests/";

    private Corpus() {}

    /**
     * @param name of its file
     * @param before what is stored, as its user wrote it
     * @param verdict text of the file with the verdict
     */
    public record Entry(String name, String manifest, Optional<String> before, String verdict) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Those that are admitted. */
    public static List<Entry> good() {
        return entries("good", ".admitted.yaml");
    }

    /** Those that are refused. */
    public static List<Entry> bad() {
        return entries("bad", ".refused.txt");
    }

    private static List<Entry> entries(String folder, String verdict) {
        try {
            var place = Corpus.class.getResource(FOLDER + folder).toURI();
            if (place.getScheme().equals("jar")) {
                try (var jar = open(place)) {
                    return entries(jar.getPath(FOLDER + folder), verdict);
                }
            }
            return entries(Path.of(place), verdict);
        } catch (IOException e) {
            throw new UncheckedIOException("the corpus can't be read", e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the corpus has no place", e);
        }
    }

    private static FileSystem open(URI place) throws IOException {
        return FileSystems.newFileSystem(place, Map.of());
    }

    private static List<Entry> entries(Path folder, String verdict) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(verdict))
                    .map(name -> name.substring(0, name.length() - verdict.length()))
                    .sorted()
                    .map(name -> entry(folder, name, verdict))
                    .toList();
        }
    }

    private static Entry entry(Path folder, String name, String verdict) {
        var before = folder.resolve(name + ".before.yaml");
        return new Entry(
                name,
                read(folder.resolve(name + ".yaml")),
                Files.exists(before) ? Optional.of(read(before)) : Optional.empty(),
                read(folder.resolve(name + verdict)));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " can't be read", e);
        }
    }
}
