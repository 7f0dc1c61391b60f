package dev.weir.cli.admission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One document that somebody hands in, read as Kubernetes reads it and not judged yet. */
public sealed interface Manifest {

    /**
     * @param content what it says; canonical
     * @param repeatedKeys what it says twice, in the words of the API server
     */
    record Parsed(JsonNode content, List<String> repeatedKeys) implements Manifest {
        public Parsed {
            content = Canonical.of(content);
            repeatedKeys = List.copyOf(repeatedKeys);
        }

        public Optional<String> name() {
            return text("name");
        }

        /** Empty: that of whoever hands it in. */
        public Optional<String> namespace() {
            return text("namespace");
        }

        private Optional<String> text(String field) {
            return Optional.ofNullable(content.path("metadata").path(field).textValue())
                    .filter(text -> !text.isEmpty());
        }
    }

    /** Neither YAML nor JSON. */
    record Unreadable(String why) implements Manifest {}

    static Manifest of(JsonNode content) {
        return new Parsed(content, List.of());
    }

    /**
     * The documents of a file of YAML or JSON, without those that are empty; a list of resources,
     * as {@code kubectl get -o yaml} writes it, counts as its items.
     */
    static List<Manifest> read(String text) {
        if (text.stripLeading().startsWith("{")) {
            return items(json(text)).toList();
        }
        return documents(text).stream().flatMap(Manifest::items).toList();
    }

    private static Manifest json(String text) {
        try {
            return of(new JsonMapper().readTree(text));
        } catch (JsonProcessingException e) {
            return new Unreadable("error parsing JSON: " + e.getOriginalMessage());
        }
    }

    /** Cut at the separators, before anything is parsed: one bad document spoils no other. */
    private static List<Manifest> documents(String text) {
        var documents = new ArrayList<Manifest>();
        var current = new StringBuilder();
        for (var line : text.split("(?<=\n)")) {
            if (!line.startsWith("---")) {
                current.append(line);
                continue;
            }
            documents.add(GoYaml.read(current.toString()));
            current.setLength(0);
            var rest = line.substring("---".length()).strip();
            if (!rest.isEmpty() && !rest.startsWith("#")) {
                documents.add(new Unreadable("invalid Yaml document separator: " + rest));
            }
        }
        documents.add(GoYaml.read(current.toString()));
        return documents;
    }

    private static Stream<Manifest> items(Manifest manifest) {
        return switch (manifest) {
            case Unreadable unreadable -> Stream.of(unreadable);
            case Parsed(var content, _) when content.isNull() -> Stream.empty();
            case Parsed(var content, var repeated)
                    when repeated.isEmpty()
                            && content.path("kind").asText().equals("List")
                            && content.path("items").isArray() ->
                    content.path("items").valueStream().map(Manifest::of);
            case Parsed parsed -> Stream.of(parsed);
        };
    }
}
