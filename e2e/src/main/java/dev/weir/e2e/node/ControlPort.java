package dev.weir.e2e.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.ledger.LedgerJson;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.RuntimeEvent;
import dev.weir.protocol.RuntimeView;
import dev.weir.protocol.SignedCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** A runtime pod's control port, as curl would use it. */
public final class ControlPort implements AutoCloseable {

    private static final int PORT = 8480;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final URI base;

    public ControlPort(String podIp) {
        this.base = URI.create("http://" + podIp + ":" + PORT);
    }

    /** What the pod says of itself now; empty while nobody answers. */
    public Optional<RuntimeView> view() {
        return follow(Optional::of, TIMEOUT);
    }

    /**
     * Follows the stream until {@code wanted} finds something in a snapshot; empty if the stream
     * ends before.
     */
    public <T> Optional<T> follow(Function<RuntimeView, Optional<T>> wanted, Duration bound) {
        HttpRequest request =
                HttpRequest.newBuilder(base.resolve("/v1/events")).timeout(bound).build();
        try (Stream<String> lines = http.send(request, BodyHandlers.ofLines()).body()) {
            return lines.filter(line -> line.startsWith("data:"))
                    .map(line -> event(line.substring("data:".length()).strip()))
                    .flatMap(
                            event ->
                                    event instanceof RuntimeEvent.Snapshot snapshot
                                            ? wanted.apply(snapshot.view()).stream()
                                            : Stream.empty())
                    .findFirst();
        } catch (IOException | UncheckedIOException _) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading " + base, e);
        }
    }

    public Receipt send(SignedCommand command) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(base.resolve("/v1/commands"))
                        .timeout(TIMEOUT)
                        .header("Content-Type", "application/json")
                        .POST(
                                BodyPublishers.ofString(
                                        LedgerJson.mapper().writeValueAsString(command)))
                        .build();
        try {
            String answer = http.send(request, BodyHandlers.ofString()).body();
            return LedgerJson.mapper().readValue(answer, Receipt.class);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a command went to " + base, e);
        }
    }

    @Override
    public void close() {
        http.close();
    }

    private static RuntimeEvent event(String json) {
        try {
            return LedgerJson.mapper().readValue(json, RuntimeEvent.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not an event: " + json, e);
        }
    }
}
