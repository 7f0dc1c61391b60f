package dev.weir.cli.show;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.weir.cli.place.JobDocument;
import java.util.List;

/** Trees of values, and their text in JSON and YAML as kubectl writes it. */
public final class Trees {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Trees() {}

    /** A tree of maps, lists and scalars, as a YAML engine makes it. */
    public static JsonNode of(Object value) {
        return JSON.valueToTree(value);
    }

    public static JsonNode ofJson(String text) throws JsonProcessingException {
        return JSON.readTree(text);
    }

    /**
     * One job for itself, several as a list. What only the API server's bookkeeping needs is left
     * out.
     */
    public static JsonNode ofJobs(List<JobDocument> jobs, boolean single) {
        var shown = jobs.stream().map(Trees::withoutBookkeeping).toList();
        if (single) {
            return shown.getFirst();
        }
        var items = new ArrayNode(JSON.getNodeFactory(), List.copyOf(shown));
        return JSON.createObjectNode()
                .put("apiVersion", "v1")
                .put("kind", "List")
                .set("items", items);
    }

    public static ObjectNode withoutBookkeeping(JobDocument job) {
        var tree = job.json();
        ((ObjectNode) tree.get("metadata")).remove("managedFields");
        return tree;
    }

    /** Without a line's end after it. */
    public static String json(JsonNode tree) {
        return write(JSON.writer(new Json()), tree);
    }

    /** Texts of several lines stand as such; without a line's end after it. */
    public static String yaml(JsonNode tree) {
        return write(Yaml.WRITER, tree).stripTrailing();
    }

    private static String write(ObjectWriter writer, JsonNode tree) {
        try {
            return writer.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that can't be written", e);
        }
    }

    /** As kubectl indents. */
    private static final class Json extends DefaultPrettyPrinter {

        private static final long serialVersionUID = 1L;

        Json() {
            super(
                    Separators.createDefaultInstance()
                            .withObjectFieldValueSpacing(Separators.Spacing.AFTER));
            var indent = new DefaultIndenter("    ", "\n");
            indentObjectsWith(indent);
            indentArraysWith(indent);
        }

        @Override
        public DefaultPrettyPrinter createInstance() {
            return new Json();
        }
    }

    /** Loaded only by those who write YAML. */
    private static final class Yaml {

        static final ObjectWriter WRITER =
                YAMLMapper.builder()
                        .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                        .disable(YAMLGenerator.Feature.SPLIT_LINES)
                        .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                        .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                        .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
                        .build()
                        .writer();
    }
}
