package dev.weir.sandbox.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a server of this machine listens, and where its clients reach it: one and the same place.
 * The port is a real one.
 */
public record ListenAddress(String host, int port) {

    public ListenAddress {
        if (host == null || host.isBlank()) {
            throw new IllegalArgumentException(
                    "host is empty: give the address of a local interface");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not between 1 and 65535");
        }
    }

    /**
     * A port of {@code host} that nobody listens on now. Another program may take it before it is
     * used.
     */
    public static ListenAddress free(String host) throws IOException {
        return free(host, 1).getFirst();
    }

    /** The same for several, no two of them alike. */
    public static List<ListenAddress> free(String host, int howMany) throws IOException {
        List<ServerSocket> probes = new ArrayList<>();
        try {
            while (probes.size() < howMany) {
                probes.add(new ServerSocket(0, 1, InetAddress.getByName(host)));
            }
            return probes.stream()
                    .map(probe -> new ListenAddress(host, probe.getLocalPort()))
                    .toList();
        } finally {
            // All at the end: a port that is given back is given out again.
            for (ServerSocket probe : probes) {
                probe.close();
            }
        }
    }

    /** Whether nobody listens there now. */
    public boolean isFree() {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
