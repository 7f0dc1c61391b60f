package dev.weir.e2e.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What the API server wrote down of who wrote what: not what the operator says of itself. */
public record AuditLog(Path file) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OPERATOR =
            "system:serviceaccount:" + WeirInstallation.NAMESPACE + ":";

    public static AuditLog of(Cluster cluster) {
        Path node =
                cluster.nodeDirectory()
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "the audit log of another cluster is out of reach; unset WEIR_KUBECONFIG to use the node's"));
        return new AuditLog(node.resolve("logs/audit.log"));
    }

    /** Writes of the operator's service account, from {@code begin} until before {@code end}. */
    public List<Write> operatorWrites(Instant begin, Instant end) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return ofOperator(lines, begin, end).map(AuditLog::write).toList();
        }
    }

    /** When the operator's service account wrote to what is in {@code namespace}. */
    public List<Instant> operatorWritesIn(String namespace, Instant begin, Instant end)
            throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return ofOperator(lines.filter(line -> line.contains(namespace)), begin, end)
                    .filter(
                            event ->
                                    event.path("objectRef")
                                            .path("namespace")
                                            .asText()
                                            .equals(namespace))
                    .map(AuditLog::at)
                    .toList();
        }
    }

    /** Lines are parsed only where they may be the operator's: the log is long. */
    private static Stream<JsonNode> ofOperator(Stream<String> lines, Instant begin, Instant end) {
        return lines.filter(line -> line.contains(OPERATOR))
                .map(AuditLog::parse)
                .filter(event -> event.path("user").path("username").asText().startsWith(OPERATOR))
                .filter(event -> within(event, begin, end));
    }

    private static boolean within(JsonNode event, Instant begin, Instant end) {
        return !at(event).isBefore(begin) && at(event).isBefore(end);
    }

    private static Instant at(JsonNode event) {
        return Instant.parse(event.path("requestReceivedTimestamp").asText());
    }

    private static Write write(JsonNode event) {
        JsonNode object = event.path("objectRef");
        return new Write(
                event.path("verb").asText(),
                object.path("resource").asText(),
                object.path("subresource").asText(""));
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException("not a line of an audit log: " + line, e);
        }
    }

    /** One request that changes something. */
    public record Write(String verb, String resource, String subresource) {

        public boolean isLease() {
            return resource.equals("leases");
        }

        public boolean isStatusOf(String kind) {
            return resource.equals(kind) && subresource.equals("status");
        }
    }
}
