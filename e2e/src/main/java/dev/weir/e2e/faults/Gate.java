package dev.weir.e2e.faults;

import dev.weir.e2e.node.Await;
import dev.weir.sandbox.servers.ListenAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A port that can be shut and opened again, as that of a server that goes away and comes back.
 *
 * <ul>
 *   <li>Open: each connection is accepted, and held by the conversation on a virtual thread of its
 *       own; when the conversation ends, the connection is closed.
 *   <li>Shut: nobody listens, so that the kernel itself refuses; connections there were are reset.
 * </ul>
 */
public final class Gate implements AutoCloseable {

    /**
     * Below the ports that the kernel gives to outgoing connections: one of those could take this
     * port while the gate is shut.
     */
    private static final int FIRST_PORT = 9_100;

    private static final int LAST_PORT = 9_199;
    private static final int BACKLOG = 128;
    private static final Duration KNOCK_INTERVAL = Duration.ofMillis(500);

    private final ListenAddress address;
    private final Conversation conversation;
    private final Set<Socket> guests = ConcurrentHashMap.newKeySet();
    private Optional<ServerSocket> door;

    private Gate(ListenAddress address, Conversation conversation, ServerSocket door) {
        this.address = address;
        this.conversation = conversation;
        this.door = Optional.of(door);
        listen(door);
    }

    /** What is done with a connection, until either side has had enough of it. */
    @FunctionalInterface
    interface Conversation {
        void hold(Socket guest) throws IOException;
    }

    static Gate at(ListenAddress address, Conversation conversation) throws IOException {
        return new Gate(address, conversation, bind(address));
    }

    /** At a port of {@code host} that is free and stays this gate's while it is shut. */
    static Gate somewhere(String host, Conversation conversation) throws IOException {
        for (int port = FIRST_PORT; port <= LAST_PORT; port++) {
            ListenAddress address = new ListenAddress(host, port);
            try {
                return at(address, conversation);
            } catch (BindException _) {
                // Another gate's, or another program's: the next one is tried.
            }
        }
        throw new IOException(
                "no port of "
                        + host
                        + " from "
                        + FIRST_PORT
                        + " to "
                        + LAST_PORT
                        + " is free; end what listens there");
    }

    public ListenAddress address() {
        return address;
    }

    /** Nobody listens from now on; returns how many connections were cut. */
    public synchronized int shut() {
        door.ifPresent(Gate::closeQuietly);
        door = Optional.empty();
        Set<Socket> present = Set.copyOf(guests);
        present.forEach(Gate::reset);
        return present.size();
    }

    public synchronized void open() throws IOException {
        if (door.isEmpty()) {
            ServerSocket opened = bind(address);
            door = Optional.of(opened);
            listen(opened);
        }
    }

    /**
     * Lets time pass while the gate is shut, and tries it twice a second, as a client would: each
     * attempt has to be refused, or this fails. Returns how many there were.
     */
    public int knockFor(Duration span) throws IOException {
        Instant end = Instant.now().plus(span);
        int refused = 0;
        while (Instant.now().isBefore(end)) {
            try (Socket knock = new Socket(address.host(), address.port())) {
                throw new AssertionError(address + " is shut, and let " + knock + " in");
            } catch (ConnectException _) {
                refused++;
            }
            Await.pass(KNOCK_INTERVAL);
        }
        return refused;
    }

    @Override
    public void close() {
        shut();
    }

    private static ServerSocket bind(ListenAddress address) throws IOException {
        return new ServerSocket(address.port(), BACKLOG, InetAddress.getByName(address.host()));
    }

    private void listen(ServerSocket server) {
        Thread.ofVirtual()
                .name("gate-" + address)
                .start(
                        () -> {
                            while (!server.isClosed()) {
                                accept(server);
                            }
                        });
    }

    private void accept(ServerSocket server) {
        try {
            Socket guest = server.accept();
            guests.add(guest);
            Thread.ofVirtual().name("guest-of-" + address).start(() -> serve(guest));
            if (server.isClosed()) {
                reset(guest);
            }
        } catch (SocketException _) {
            // The gate was shut, which the loop finds by itself.
        } catch (IOException e) {
            throw new UncheckedIOException(address + " accepts nothing any more", e);
        }
    }

    private void serve(Socket guest) {
        try (guest) {
            conversation.hold(guest);
        } catch (IOException _) {
            // One side has gone, or was cut off: that is what this class is for.
        } finally {
            guests.remove(guest);
        }
    }

    private static void reset(Socket guest) {
        try {
            guest.setSoLinger(true, 0);
            guest.close();
        } catch (IOException _) {
            // It has ended by itself in the meantime.
        }
    }

    private static void closeQuietly(ServerSocket server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a port could not be given back", e);
        }
    }
}
