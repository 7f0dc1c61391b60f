package dev.weir.e2e.faults;

import dev.weir.e2e.servers.TestServers;
import dev.weir.sandbox.servers.ListenAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/**
 * Stands between a job and Kafka, and can be gone. The broker tells clients that come through here
 * that it is to be found here, so none gets around it; the test itself speaks to the broker.
 */
public final class FaultyBroker implements AutoCloseable {

    private final ListenAddress broker;
    private final Gate gate;

    private FaultyBroker(ListenAddress broker, ListenAddress relay) throws IOException {
        this.broker = broker;
        this.gate = Gate.at(relay, this::relay);
    }

    /** At the one place where the broker's second listener says that it is. */
    public static FaultyBroker before(TestServers servers) throws IOException {
        return new FaultyBroker(
                ListenAddress.parse(servers.kafkaBehindRelay()),
                ListenAddress.parse(servers.kafkaRelay()));
    }

    public String bootstrapServers() {
        return gate.address().toString();
    }

    /** For being gone. */
    public Gate gate() {
        return gate;
    }

    @Override
    public void close() {
        gate.close();
    }

    private void relay(Socket client) throws IOException {
        try (Socket server = new Socket(broker.host(), broker.port())) {
            InputStream answers = server.getInputStream();
            OutputStream out = client.getOutputStream();
            Thread.ofVirtual().start(() -> pump(answers, out, client));
            client.getInputStream().transferTo(server.getOutputStream());
        }
    }

    /** Ends the client's connection as soon as the broker's has ended, or cannot be written to. */
    private static void pump(InputStream from, OutputStream to, Socket client) {
        try (client) {
            from.transferTo(to);
        } catch (IOException _) {
            // One side has gone; closing the other tells it so.
        }
    }
}
