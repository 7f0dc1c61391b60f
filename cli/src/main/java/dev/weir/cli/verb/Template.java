package dev.weir.cli.verb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Manifests to begin with, commented and valid as they are. */
enum Template {
    SQL("sql", "made-up records, counted: runs anywhere, needs neither Kafka nor a table of yours"),
    KAFKA_TO_KAFKA(
            "kafka-to-kafka", "reads a topic, filters and reshapes, writes another, exactly once"),
    UPSERT("upsert", "keeps a result per key up to date in a compacted topic, exactly once");

    private static final String NAME = "${name}";

    private final String word;
    private final String purpose;

    Template(String word, String purpose) {
        this.word = word;
        this.purpose = purpose;
    }

    String word() {
        return word;
    }

    /** For people. */
    String purpose() {
        return purpose;
    }

    /** The manifest of a job of that name. */
    String manifest(String name) {
        var resource = "/dev/weir/cli/templates/" + word + ".yaml";
        try (var text = Template.class.getResourceAsStream(resource)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).replace(NAME, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
