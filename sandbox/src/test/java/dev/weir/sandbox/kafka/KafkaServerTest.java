package dev.weir.sandbox.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.sandbox.servers.ListenAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.clients.admin.TransactionState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a broker keeps in its directory, where it is reached, and what it leaves behind. */
class KafkaServerTest {

    private static final String TOPIC = "numbers";

    @TempDir Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost"})
    void clientsReachItWhereItListens(String host) throws Exception {
        ListenAddress address = ListenAddress.free(host);
        try (KafkaServer kafka = KafkaServer.start(address, directory);
                TestClient client = new TestClient(kafka)) {
            assertThat(client.broker()).isEqualTo(address);
            client.createTopic(TOPIC);
            client.commit("job", TOPIC, "row");
            assertThat(client.committed(TOPIC)).containsExactly("row");
        }
    }

    @Test
    void topicsRowsAndTransactionsAreThereAgainAfterAStartOnTheSameDirectory() throws Exception {
        String cluster;
        try (KafkaServer kafka = start(directory);
                TestClient client = new TestClient(kafka)) {
            cluster = client.clusterId();
            client.createTopic(TOPIC);
            client.commit("job", TOPIC, "first");
            client.abort("job", TOPIC, "aborted");
            client.leaveOpen("other", TOPIC, "undecided");
            client.storeOffset("group", TOPIC, 1);
        }
        try (KafkaServer kafka = start(directory);
                TestClient client = new TestClient(kafka)) {
            assertThat(client.clusterId()).isEqualTo(cluster);
            assertThat(client.topics()).containsExactly(TOPIC);
            assertThat(client.storedOffset("group", TOPIC)).isEqualTo(1);
            assertThat(client.stateOf("other")).isEqualTo(TransactionState.ONGOING);
            assertThat(client.openTransactions()).containsExactly("other");
            client.commit("other", TOPIC, "second");
            client.commit("job", TOPIC, "third");
            assertThat(client.openTransactions()).isEmpty();
            assertThat(client.committed(TOPIC)).containsExactly("first", "second", "third");
        }
    }

    @Test
    void aServerThatWasKilledLosesNothingThatWasAcknowledged() throws Exception {
        Path killed = directory.resolve("killed");
        try (KafkaServer kafka = start(directory.resolve("alive"));
                TestClient client = new TestClient(kafka)) {
            client.createTopic(TOPIC);
            client.commit("job", TOPIC, "row");
            client.leaveOpen("other", TOPIC, "undecided");
            // As a kill would leave it: nothing is closed, nothing is marked as clean.
            copy(directory.resolve("alive"), killed);
        }
        try (KafkaServer kafka = start(killed);
                TestClient client = new TestClient(kafka)) {
            assertThat(client.stateOf("other")).isEqualTo(TransactionState.ONGOING);
            assertThat(client.openTransactions()).containsExactly("other");
            client.commit("other", TOPIC, "second");
            assertThat(client.committed(TOPIC)).containsExactly("row", "second");
        }
    }

    @Test
    void aDirectoryThatIsServedIsRefusedToAnother() throws Exception {
        try (KafkaServer kafka = start(directory);
                TestClient client = new TestClient(kafka)) {
            assertThatThrownBy(() -> start(directory))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(directory.toString());
            client.createTopic(TOPIC);
            client.commit("job", TOPIC, "row");
            assertThat(client.committed(TOPIC)).containsExactly("row");
        }
    }

    @Test
    void noThreadOutlivesAServerThatWasClosedOrDidNotStart() throws Exception {
        serveOnce();
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        serveOnce();
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            ListenAddress address = new ListenAddress("127.0.0.1", taken.getLocalPort());
            assertThatThrownBy(() -> KafkaServer.start(address, directory))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(address.toString());
        }
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!before.contains(thread)) {
                assertThat(thread.join(Duration.ofSeconds(5))).as(thread.getName()).isTrue();
            }
        }
    }

    private void serveOnce() throws Exception {
        try (KafkaServer kafka = start(directory);
                TestClient client = new TestClient(kafka)) {
            if (client.topics().isEmpty()) {
                client.createTopic(TOPIC);
            }
            client.commit("job", TOPIC, "row");
        }
    }

    private static KafkaServer start(Path directory) throws IOException {
        return KafkaServer.start(ListenAddress.free("127.0.0.1"), directory);
    }

    /** Without drafts, which may be gone before they are copied. */
    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.filter(file -> !file.toString().endsWith(".tmp")).toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
