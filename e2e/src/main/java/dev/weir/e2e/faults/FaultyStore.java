package dev.weir.e2e.faults;

import dev.weir.e2e.node.Await;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands between a job and its store, and does to requests what stores do on bad days. It counts
 * what it did, so that a test can show that the fault was there. Requests are passed on byte for
 * byte, each over a connection of its own.
 */
public final class FaultyStore implements AutoCloseable {

    private static final String SLOW_DOWN =
            "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>";

    private final URI store;
    private final Gate gate;
    private final AtomicReference<StoreFault> fault = new AtomicReference<>(new StoreFault.None());
    private final AtomicLong struck = new AtomicLong();

    private FaultyStore(URI store, String host) throws IOException {
        this.store = store;
        this.gate = Gate.somewhere(host, this::serve);
    }

    /** In front of the store at {@code endpoint}, on a port of its own of the same host. */
    public static FaultyStore before(String endpoint) throws IOException {
        URI store = URI.create(endpoint);
        return new FaultyStore(store, store.getHost());
    }

    public String endpoint() {
        return "http://" + gate.address();
    }

    /** For refusing connections. */
    public Gate gate() {
        return gate;
    }

    /** From the next request on. Those that are struck already stay so. */
    public void suffer(StoreFault next) {
        fault.set(next);
    }

    /** Requests that a fault has struck so far. */
    public long struck() {
        return struck.get();
    }

    @Override
    public void close() {
        gate.close();
    }

    private void serve(Socket client) throws IOException {
        InputStream in = new BufferedInputStream(client.getInputStream());
        OutputStream out = new BufferedOutputStream(client.getOutputStream());
        Optional<String> head = HttpMessage.readHead(in);
        while (head.isPresent() && answered(head.get(), in, out)) {
            head = HttpMessage.readHead(in);
        }
    }

    /** Whether the connection may be used for another request. */
    private boolean answered(String head, InputStream in, OutputStream out) throws IOException {
        switch (fault.get()) {
            case StoreFault.NeverAnswers() -> {
                struck.incrementAndGet();
                return leaveWaiting(in);
            }
            case StoreFault.None() -> pass(HttpMessage.request(head, in, out)).writeTo(out);
            case StoreFault.AnswersAfter(var delay) -> {
                HttpMessage answer = pass(HttpMessage.request(head, in, out));
                struck.incrementAndGet();
                Await.pass(delay);
                answer.writeTo(out);
            }
            case StoreFault.Overloaded() -> {
                HttpMessage request = HttpMessage.request(head, in, out);
                struck.incrementAndGet();
                refuse(request, out);
            }
            case StoreFault.AppendsUnanswered() -> {
                HttpMessage request = HttpMessage.request(head, in, out);
                HttpMessage answer = pass(request);
                if (isAppend(request)) {
                    struck.incrementAndGet();
                    return leaveWaiting(in);
                }
                answer.writeTo(out);
            }
        }
        return true;
    }

    private HttpMessage pass(HttpMessage request) throws IOException {
        try (Socket server = new Socket(store.getHost(), store.getPort())) {
            request.writeTo(server.getOutputStream());
            return HttpMessage.answer(
                    new BufferedInputStream(server.getInputStream()), request.method());
        }
    }

    /** Says nothing until the client has gone. */
    private static boolean leaveWaiting(InputStream in) throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
        return false;
    }

    private static boolean isAppend(HttpMessage request) {
        return request.method().equals("PUT")
                && request.target().contains("/ledger/")
                && request.field("if-none-match").isPresent();
    }

    private static void refuse(HttpMessage request, OutputStream out) throws IOException {
        String body = request.method().equals("HEAD") ? "" : SLOW_DOWN;
        String head =
                "HTTP/1.1 503 Slow Down\r\nContent-Type: application/xml\r\nContent-Length: %d\r\n\r\n"
                        .formatted(SLOW_DOWN.length());
        out.write((head + body).getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }
}
