package dev.weir.cli.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Answers one request after the other as was written down before, the last answer for ever. */
final class ScriptedApiServer implements AutoCloseable {

    private final HttpServer server;
    private final Queue<Reply> ahead = new ConcurrentLinkedQueue<>();
    private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();

    ScriptedApiServer() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    private record Reply(int code, String body) {}

    /** One request. */
    record Asked(String method, String path, String query, String body) {}

    ScriptedApiServer then(int code, String body) {
        ahead.add(new Reply(code, body));
        return this;
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Connected as a user is: by a kubeconfig. */
    ClusterPlace place(Path folder) throws IOException {
        return ClusterPlace.open(Optional.empty(), List.of(kubeconfig(folder)));
    }

    Path kubeconfig(Path folder) throws IOException {
        return Files.writeString(
                folder.resolve("kubeconfig"),
                """
                apiVersion: v1
                kind: Config
                current-context: here
                clusters: [{name: c, cluster: {server: "%s"}}]
                users: [{name: u, user: {token: t}}]
                contexts:
                  - {name: here, context: {cluster: c, user: u, namespace: demo}}
                  - {name: there, context: {cluster: c, user: u}}
                """
                        .formatted(url()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(
                new Asked(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().getPath(),
                        Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse(""),
                        new String(
                                exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        var reply = ahead.size() > 1 ? ahead.remove() : ahead.element();
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(reply.code(), 0);
        try (var body = exchange.getResponseBody()) {
            body.write(reply.body().getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
