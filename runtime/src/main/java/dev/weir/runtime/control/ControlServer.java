package dev.weir.runtime.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.weir.ledger.LedgerJson;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.Receipt.Outcome;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.SignedCommand;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.Executors;

/**
 * The pod's control port. Anyone in reach may read; only a signed command acts. Each exchange has
 * its own virtual thread, so a slow reader delays nobody.
 */
public final class ControlServer implements AutoCloseable {

    private static final int LARGEST_COMMAND = 64 * 1024;
    private static final int BACKLOG = 64;

    private final HttpServer server;
    private final StatusBoard board;
    private final CommandDesk desk;

    private ControlServer(HttpServer server, StatusBoard board, CommandDesk desk) {
        this.server = server;
        this.board = board;
        this.desk = desk;
    }

    /**
     * @param port 0 for any that is free
     */
    public static ControlServer start(int port, StatusBoard board, CommandDesk desk, Clock clock)
            throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(port), BACKLOG);
        var control = new ControlServer(http, board, desk);
        var events = new EventStream(board, clock);
        control.route("GET", "/v1/events", exchange -> stream(events, exchange));
        control.route("POST", "/v1/commands", control::command);
        control.route("GET", "/ready", control::ready);
        control.route("GET", "/live", exchange -> answer(exchange, 200, "live"));
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.start();
        return control;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void route(String method, String path, HttpHandler handler) {
        server.createContext(
                path,
                exchange -> {
                    try (exchange) {
                        if (!exchange.getRequestURI().getPath().equals(path)) {
                            answer(exchange, 404, "There is " + path + ", and not this.");
                        } else if (!exchange.getRequestMethod().equals(method)) {
                            answer(exchange, 405, "Use " + method + ".");
                        } else {
                            handler.handle(exchange);
                        }
                    }
                });
    }

    private static void stream(EventStream events, HttpExchange exchange) throws IOException {
        try {
            events.serve(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void command(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_COMMAND + 1);
        if (body.length > LARGEST_COMMAND) {
            answer(exchange, 413, "A command has at most " + LARGEST_COMMAND + " bytes.");
            return;
        }
        SignedCommand signed;
        try {
            signed = LedgerJson.mapper().readValue(body, SignedCommand.class);
        } catch (JsonProcessingException e) {
            answer(exchange, 400, "Not a signed command: " + e.getOriginalMessage());
            return;
        }
        Receipt receipt = desk.receive(signed);
        int status = receipt.outcome() == Outcome.FORBIDDEN ? 403 : 200;
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        answer(exchange, status, LedgerJson.mapper().writeValueAsString(receipt));
    }

    private void ready(HttpExchange exchange) throws IOException {
        boolean ready =
                switch (board.view().state()) {
                    case RuntimeState.Preparing(), RuntimeState.Unfit _ -> false;
                    case RuntimeState.Held _,
                            RuntimeState.Active _,
                            RuntimeState.GaveUp _,
                            RuntimeState.Ended _ ->
                            true;
                };
        answer(exchange, ready ? 200 : 503, board.view().state().getClass().getSimpleName());
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
