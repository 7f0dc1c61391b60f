package dev.weir.sandbox.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ports are there to be listened on. */
class ListenAddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost"})
    void aFreePortCanBeListenedOn(String host) throws Exception {
        ListenAddress address = ListenAddress.free(host);
        assertThat(address).hasToString(host + ":" + address.port());
        try (var socket =
                new ServerSocket(address.port(), 1, InetAddress.getByName(address.host()))) {
            assertThat(socket.getLocalPort()).isEqualTo(address.port());
        }
    }

    @Test
    void freePortsThatAreAskedForTogetherDiffer() throws Exception {
        assertThat(ListenAddress.free("127.0.0.1", 50)).hasSize(50).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65_536})
    void aPortThatNobodyCanConnectToIsRefused(int port) {
        assertThatThrownBy(() -> new ListenAddress("localhost", port))
                .hasMessageContaining("port " + port);
    }

    @Test
    void anEmptyHostIsRefused() {
        assertThatThrownBy(() -> new ListenAddress(" ", 9000)).hasMessageContaining("host");
    }
}
