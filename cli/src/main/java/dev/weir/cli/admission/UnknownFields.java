package dev.weir.cli.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The fields of a resource that its schema does not name. */
final class UnknownFields {

    private final TreeSet<String> paths = new TreeSet<>();

    private UnknownFields() {}

    /** Their paths, sorted; of an unknown field's own fields none. */
    static List<String> of(Schema schema, JsonNode value) {
        var unknown = new UnknownFields();
        unknown.collect(Optional.of(schema), value, "");
        return List.copyOf(unknown.paths);
    }

    private void collect(Optional<Schema> schema, JsonNode value, String path) {
        switch (value) {
            case ObjectNode object ->
                    object.forEachEntry(
                            (name, field) -> {
                                var below = path.isEmpty() ? name : path + "." + name;
                                var property = schema.flatMap(one -> one.property(name));
                                if (property.isPresent()) {
                                    collect(property, field, below);
                                } else {
                                    paths.add(below);
                                }
                            });
            case ArrayNode array -> {
                for (var i = 0; i < array.size(); i++) {
                    collect(schema.flatMap(Schema::items), array.get(i), path + "[" + i + "]");
                }
            }
            case JsonNode _ -> {}
        }
    }
}
