package dev.weir.cli.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;

/**
 * What becomes of the metadata that a manifest has, once it is known to fit its type.
 *
 * <ol>
 *   <li>Only name, labels, annotations, finalizers and owners are the user's to say; the rest is
 *       the store's, and what the manifest says of it counts for nothing.
 *   <li>After an update labels and annotations are the manifest's, and so are finalizers and owners
 *       if it names any; else they stay, since they are the controllers'.
 *   <li>The generation is one at first, and grows with each change of anything but metadata.
 * </ol>
 */
final class Metadata {

    private static final List<String> USERS = List.of("name", "labels", "annotations");
    private static final List<String> CONTROLLERS = List.of("finalizers", "ownerReferences");

    private Metadata() {}

    static ObjectNode ofNew(JsonNode given, String namespace) {
        var metadata = JsonNodeFactory.instance.objectNode();
        take(USERS, given, metadata);
        metadata.put("namespace", namespace);
        metadata.put("generation", 1L);
        take(CONTROLLERS, given, metadata);
        return metadata;
    }

    /**
     * @param changed whether anything but the metadata is to change
     */
    static ObjectNode ofUpdated(JsonNode given, JsonNode stored, boolean changed) {
        var metadata = Canonical.of((ObjectNode) stored);
        metadata.remove(USERS);
        take(USERS, given, metadata);
        take(CONTROLLERS, given, metadata);
        if (changed) {
            metadata.put("generation", stored.path("generation").longValue() + 1);
        }
        return metadata;
    }

    /** What is empty is not there. */
    private static void take(List<String> fields, JsonNode given, ObjectNode metadata) {
        for (var name : fields) {
            var field = given.path(name);
            if (!isEmpty(field)) {
                metadata.set(name, withoutNulls(field));
            }
        }
    }

    private static boolean isEmpty(JsonNode field) {
        return field.isContainerNode()
                ? field.isEmpty()
                : !field.isTextual() || field.textValue().isEmpty();
    }

    /** In a map of text a null is the empty text. */
    private static JsonNode withoutNulls(JsonNode field) {
        if (field instanceof ObjectNode object) {
            var texts = JsonNodeFactory.instance.objectNode();
            object.forEachEntry(
                    (key, text) -> texts.set(key, text.isNull() ? TextNode.valueOf("") : text));
            return texts;
        }
        return field;
    }
}
