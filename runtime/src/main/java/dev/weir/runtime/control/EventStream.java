package dev.weir.runtime.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.sun.net.httpserver.HttpExchange;
import dev.weir.ledger.LedgerJson;
import dev.weir.protocol.RuntimeEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;

/**
 * Server-sent events to one reader: the snapshot as it stands, then each newer one, and a heartbeat
 * every second. Ends when the reader goes; the thread that calls it is the reader's own.
 */
final class EventStream {

    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private final StatusBoard board;
    private final Clock clock;

    EventStream(StatusBoard board, Clock clock) {
        this.board = board;
        this.clock = clock;
    }

    void serve(HttpExchange exchange) throws IOException, InterruptedException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            long seen = 0;
            long beatAt = System.nanoTime() + HEARTBEAT.toNanos();
            while (!Thread.currentThread().isInterrupted()) {
                var newer =
                        board.after(
                                seen, Duration.ofNanos(Math.max(0, beatAt - System.nanoTime())));
                if (newer.isPresent()) {
                    seen = newer.get().sequence();
                    send(out, newer.get());
                }
                if (System.nanoTime() >= beatAt) {
                    send(out, new RuntimeEvent.Heartbeat(seen, clock.instant()));
                    beatAt = System.nanoTime() + HEARTBEAT.toNanos();
                }
            }
        }
    }

    private static void send(OutputStream out, RuntimeEvent event) throws IOException {
        out.write(("data: " + json(event) + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static String json(RuntimeEvent event) {
        try {
            return LedgerJson.mapper().writerFor(RuntimeEvent.class).writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("an event has no JSON form: " + event, e);
        }
    }
}
