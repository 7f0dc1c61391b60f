package dev.weir.local.node;

import dev.weir.sandbox.servers.ListenAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The ports of one pod's process on the loopback interface. */
record Ports(int control, int rest, int rpc) {

    /** For whom no process is started. */
    static final Ports NONE = new Ports(0, 0, 0);

    /**
     * Three that nobody listens on. Somebody else may be faster than the process; it then ends, and
     * its next start has others.
     */
    static Ports free() {
        try {
            List<ListenAddress> free = ListenAddress.free(LocalNode.ADDRESS, 3);
            return new Ports(free.get(0).port(), free.get(1).port(), free.get(2).port());
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on the loopback interface", e);
        }
    }
}
