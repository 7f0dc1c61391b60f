package dev.weir.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.protocol.Problem;
import dev.weir.protocol.Problem.Kind;
import dev.weir.runtime.program.KafkaTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a look at a program's Kafka objects to, and what it leaves to the job. */
@Timeout(60)
class KafkaLookTest {

    private static final String CHECK =
            "check the table's option 'properties.bootstrap.servers', and that the brokers run and"
                    + " can be reached from the pod";

    private FakeBroker broker;

    @BeforeEach
    void aBrokerWithTheTopicOfFlights() throws IOException {
        broker = FakeBroker.start(0);
        broker.createTopic("flights");
    }

    @AfterEach
    void itGoes() throws IOException {
        broker.close();
    }

    @Test
    void nothingIsObjectedToWhereAllIsThere() throws Exception {
        assertThat(KafkaLook.at(List.of(read("flights"), written("flights", "900000")))).isEmpty();
        assertThat(KafkaLook.at(List.of())).isEmpty();
    }

    @Test
    void aTopicThatIsMissingIsNamedWithItsTableAndPlace() throws Exception {
        Problem problem = KafkaLook.at(List.of(read("flights;delays"))).orElseThrow();
        assertThat(problem)
                .isEqualTo(
                        new Problem(
                                Kind.TOPIC_MISSING,
                                "Topic 'delays' of table 'flights' does not exist in Kafka at "
                                        + broker.address(),
                                "create the topic, or correct the table's option 'topic'",
                                Optional.of(3),
                                Optional.of(1)));
        broker.createTopic("delays");
        assertThat(KafkaLook.at(List.of(read("flights;delays")))).isEmpty();
    }

    @Test
    void aTopicThatTheBrokersCreateMayBeMissingWhereItIsWritten() throws Exception {
        assertThat(KafkaLook.at(List.of(written("delays", "900000")))).isPresent();
        broker.set("auto.create.topics.enable", "true");
        assertThat(KafkaLook.at(List.of(written("delays", "900000")))).isEmpty();
        assertThat(KafkaLook.at(List.of(read("delays")))).isPresent();
    }

    @Test
    void transactionsThatTheBrokersDoNotAllowAreRefusedTheConnectorsDefaultAmongThem()
            throws Exception {
        assertThat(KafkaLook.at(List.of(written("flights", "900001"))))
                .map(Problem::kind)
                .contains(Kind.CONFIGURATION_INVALID);
        Problem byDefault =
                KafkaLook.at(List.of(table("flights", true, broker.address()))).orElseThrow();
        assertThat(byDefault.message())
                .isEqualTo(
                        "Table 'delays' has transactions of up to 3600000 ms"
                                + " ('properties.transaction.timeout.ms'), and its brokers allow 900000"
                                + " ms (transaction.max.timeout.ms)");
        assertThat(byDefault.remedy()).contains("at most 900000");
        broker.set("transaction.max.timeout.ms", "3600000");
        assertThat(KafkaLook.at(List.of(table("flights", true, broker.address())))).isEmpty();
    }

    @Test
    void aBrokerThatIsAwayIsToldAsThat() throws Exception {
        String away;
        try (var port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            away = "127.0.0.1:" + port.getLocalPort();
        }
        assertUnreachable(away, "does not answer");
        assertUnreachable("kafka.nowhere.invalid:9092", "has no address that resolves");
    }

    @Test
    void aBrokerThatTakesConnectionsAndSaysNothingIsGivenUp() throws Exception {
        try (var mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertUnreachable("127.0.0.1:" + mute.getLocalPort(), "does not answer");
        }
    }

    @Test
    void aPatternNeedsNoTopicButABroker() throws Exception {
        assertThat(KafkaLook.at(List.of(table("", false, broker.address())))).isEmpty();
        broker.close();
        assertThat(KafkaLook.at(List.of(table("", false, broker.address()))))
                .map(Problem::kind)
                .contains(Kind.KAFKA_UNREACHABLE);
    }

    @Test
    void aSettingThatNoClientTakesIsTheTablesFault() throws Exception {
        KafkaTable table = read("flights");
        var options = new HashMap<>(table.options());
        options.put("properties.security.protocol", "CARRIER_PIGEON");
        Problem problem =
                KafkaLook.at(List.of(new KafkaTable("flights", false, options, 3, 1)))
                        .orElseThrow();
        assertThat(problem.kind()).isEqualTo(Kind.PROGRAM_INVALID);
        assertThat(problem.message()).startsWith("Table 'flights': ").contains("CARRIER_PIGEON");
    }

    private static void assertUnreachable(String brokers, String how) throws InterruptedException {
        assertThat(KafkaLook.at(List.of(table("flights", false, brokers))))
                .contains(
                        new Problem(
                                Kind.KAFKA_UNREACHABLE,
                                "Kafka at " + brokers + " (table 'flights') " + how,
                                CHECK,
                                Optional.of(3),
                                Optional.of(1)));
    }

    private KafkaTable read(String topics) {
        return table(topics, false, broker.address());
    }

    private KafkaTable written(String topic, String timeout) {
        KafkaTable table = table(topic, true, broker.address());
        var options = new HashMap<>(table.options());
        options.put("properties.transaction.timeout.ms", timeout);
        return new KafkaTable(table.name(), true, options, table.line(), table.column());
    }

    private static KafkaTable table(String topics, boolean written, String brokers) {
        Map<String, String> options =
                Map.of(
                        "connector", "kafka",
                        "topic", topics,
                        "properties.bootstrap.servers", brokers,
                        "sink.delivery-guarantee", "exactly-once",
                        "sink.transactional-id-prefix", "delays");
        return new KafkaTable(written ? "delays" : "flights", written, options, 3, 1);
    }
}
