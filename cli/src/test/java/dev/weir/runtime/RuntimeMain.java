package dev.weir.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * Stands in for the runtime in tests of what starts it: a process of that name that is live and
 * ready, tells its environment, and ends when it is told to.
 */
public final class RuntimeMain {

    private RuntimeMain() {}

    public static void main(String[] arguments) throws IOException {
        var port = Integer.parseInt(System.getenv("WEIR_CONTROL_PORT"));
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/live", exchange -> answer(exchange, "live"));
        server.createContext("/ready", exchange -> answer(exchange, "ready"));
        server.createContext("/env", exchange -> answer(exchange, System.getenv().toString()));
        server.createContext("/exit", _ -> Runtime.getRuntime().halt(3));
        server.start();
        System.out.println("started with revision " + System.getenv("WEIR_ROLE"));
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
