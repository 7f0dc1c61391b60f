package dev.weir.sandbox.exact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Input and output rows as the JSON that the job's tables declare. A row that is not of that form
 * is an error.
 */
final class RowFormat {

    private static final ObjectMapper JSON = new ObjectMapper();

    private RowFormat() {}

    static byte[] key(long key) {
        return bytes(JSON.createObjectNode().put("k", key));
    }

    static byte[] input(InputRecord row) {
        return bytes(
                JSON.createObjectNode()
                        .put("k", row.key())
                        .put("seq", row.sequence())
                        .put("v", row.value()));
    }

    static byte[] output(OutputRecord row) {
        return bytes(
                JSON.createObjectNode()
                        .put("k", row.key())
                        .put("seq", row.sequence())
                        .put("v", row.value())
                        .put("n", row.count())
                        .put("h", row.hash()));
    }

    static OutputRecord output(byte[] json) {
        try {
            JsonNode row = JSON.readTree(json);
            return new OutputRecord(
                    row.required("k").longValue(),
                    row.required("seq").longValue(),
                    row.required("v").longValue(),
                    row.required("n").longValue(),
                    row.required("h").longValue());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "not a row: " + new String(json, StandardCharsets.UTF_8), e);
        }
    }

    private static byte[] bytes(ObjectNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
