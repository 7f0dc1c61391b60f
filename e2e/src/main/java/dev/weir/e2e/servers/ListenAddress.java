package dev.weir.e2e.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Where a test server listens, and where its clients reach it: one and the same place. The port is
 * a real one.
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
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return new ListenAddress(host, probe.getLocalPort());
        }
    }

    /** The inverse of {@link #toString}. */
    public static ListenAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        return new ListenAddress(
                text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
