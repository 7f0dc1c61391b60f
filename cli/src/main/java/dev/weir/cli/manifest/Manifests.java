package dev.weir.cli.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.place.JobDocument;
import dev.weir.cli.show.Trees;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads the StreamJobs that files, folders or standard input hold, in YAML or JSON, several
 * documents or a list to a file. What can't be used is named with its place, and keeps nothing else
 * from being read.
 */
public final class Manifests {

    /** Stands for standard input. */
    public static final String STANDARD_INPUT = "-";

    /** Documents are parted before they are parsed, so that one's error is not the next one's. */
    private static final Pattern SEPARATOR = Pattern.compile("(?m)^---(?:[ \\t].*)?$");

    private static final Pattern MANIFEST = Pattern.compile(".*\\.(yaml|yml|json)");
    private static final LoadSettings STRICT =
            LoadSettings.builder().setAllowDuplicateKeys(false).build();

    private final InputStream standardInput;
    private final Optional<String> namespace;
    private final String defaultNamespace;
    private final List<Found> found = new ArrayList<>();

    /**
     * @param namespace the one that was asked for: a document of another is unusable
     * @param defaultNamespace for documents that name none, where none was asked for
     */
    public Manifests(
            InputStream standardInput, Optional<String> namespace, String defaultNamespace) {
        this.standardInput = standardInput;
        this.namespace = namespace;
        this.defaultNamespace = defaultNamespace;
    }

    /** What a source holds. */
    public sealed interface Found {}

    public record Job(JobDocument document) implements Found {}

    /**
     * @param where for people: the file, and which document of it
     */
    public record Unusable(String where, String problem) implements Found {
        @Override
        public String toString() {
            return where + ": " + problem;
        }
    }

    /**
     * In the order of the sources; a folder's files by name.
     *
     * @throws IOException where a source can't be read at all
     */
    public List<Found> read(List<String> sources) throws IOException {
        for (var source : sources) {
            if (source.equals(STANDARD_INPUT)) {
                var text = new String(standardInput.readAllBytes(), StandardCharsets.UTF_8);
                readText("standard input", text);
            } else {
                readPath(Path.of(source));
            }
        }
        return List.copyOf(found);
    }

    private void readPath(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            readText(path.toString(), Files.readString(path));
            return;
        }
        List<Path> files;
        try (var entries = Files.list(path)) {
            files =
                    entries.filter(Files::isRegularFile)
                            .filter(file -> MANIFEST.matcher(file.toString()).matches())
                            .sorted()
                            .toList();
        }
        if (files.isEmpty()) {
            found.add(
                    new Unusable(
                            path.toString(), "holds no file that ends in .yaml, .yml or .json"));
        }
        for (var file : files) {
            readText(file.toString(), Files.readString(file));
        }
    }

    private void readText(String source, String text) {
        var documents = SEPARATOR.splitAsStream(text).toList();
        int before = found.size();
        for (int i = 0; i < documents.size(); i++) {
            var where = documents.size() == 1 ? source : source + ", document " + (i + 1);
            try {
                parse(documents.get(i)).ifPresent(tree -> take(where, tree));
            } catch (UnparsableException e) {
                found.add(new Unusable(where, e.getMessage()));
            }
        }
        if (found.size() == before) {
            found.add(new Unusable(source, "holds no document"));
        }
    }

    /**
     * One document's tree; empty where it holds nothing but comments.
     *
     * @throws UnparsableException saying where in the text
     */
    public static Optional<JsonNode> parse(String document) throws UnparsableException {
        try {
            // Of YAML's, JSON's tabs are none.
            var tree =
                    document.stripLeading().startsWith("{")
                            ? Trees.ofJson(document)
                            : Trees.of(new Load(STRICT).loadFromString(document));
            return Optional.ofNullable(tree).filter(node -> !node.isNull());
        } catch (YamlEngineException e) {
            throw new UnparsableException("no YAML: " + e.getMessage().strip(), e);
        } catch (JsonProcessingException e) {
            throw new UnparsableException("no JSON: " + e.getMessage().strip(), e);
        }
    }

    /** Text that is no YAML and no JSON. */
    public static final class UnparsableException extends Exception {

        private static final long serialVersionUID = 1L;

        UnparsableException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private void take(String where, JsonNode tree) {
        if (tree.path("kind").asText().equals("List") && tree.path("items").isArray()) {
            int number = 0;
            for (var item : tree.get("items")) {
                number++;
                take(where + ", item " + number, item);
            }
            return;
        }
        if (!(tree instanceof ObjectNode object)) {
            found.add(new Unusable(where, "is no mapping of fields"));
            return;
        }
        found.add(document(where, object));
    }

    private Found document(String where, ObjectNode object) {
        if (object.path("metadata") instanceof ObjectNode metadata
                && metadata.path("namespace").asText().isBlank()) {
            metadata.put("namespace", namespace.orElse(defaultNamespace));
        }
        try {
            var document = new JobDocument(object);
            return namespace
                    .filter(asked -> !asked.equals(document.key().namespace()))
                    .<Found>map(
                            asked ->
                                    new Unusable(
                                            where,
                                            "metadata.namespace is "
                                                    + document.key().namespace()
                                                    + ", and --namespace asks for "
                                                    + asked))
                    .orElseGet(() -> new Job(document));
        } catch (IllegalArgumentException e) {
            return new Unusable(where, e.getMessage());
        }
    }
}
