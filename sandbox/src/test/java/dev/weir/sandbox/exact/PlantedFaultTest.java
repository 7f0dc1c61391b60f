package dev.weir.sandbox.exact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.sandbox.exact.ExactnessChecker.Fault;
import dev.weir.sandbox.kafka.KafkaServer;
import dev.weir.sandbox.servers.ListenAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Producer, reader, checker and planter on a real broker, with a job that writes in transactions.
 */
class PlantedFaultTest {

    private static final InputSequence INPUT = new InputSequence(42, 10);
    private static final long TOTAL = 1_000;
    private static final Duration BOUND = Duration.ofSeconds(30);

    private static KafkaServer kafka;
    private static ExactTopics topics;

    @BeforeAll
    static void aRunOfACorrectJob(@TempDir Path directory) throws Exception {
        kafka = KafkaServer.start(ListenAddress.free("127.0.0.1"), directory.resolve("kafka"));
        topics = ExactTopics.named(kafka.address().toString(), "numbers", 4);
        topics.create();
        try (InputProducer producer = InputProducer.start(INPUT, topics, 5_000, TOTAL)) {
            assertThat(producer.awaitEnd()).isEqualTo(TOTAL);
        }
        List<OutputRecord> rows = new CorrectJob(INPUT).rows(TOTAL);
        write(rows.subList(0, 400), true);
        write(rows.subList(400, 700), false);
        write(rows.subList(400, 1_000), true);
        awaitRows();
    }

    /** A commit is answered before its rows can be seen. */
    private static void awaitRows() {
        try (OutputReader reader = new OutputReader(topics, INPUT)) {
            assertThat(reader.readUntil(TOTAL, BOUND).behind()).isZero();
        }
    }

    @AfterAll
    static void end() {
        if (kafka != null) {
            kafka.close();
        }
    }

    @Test
    void theInputHoldsEveryRecordOnce() throws Exception {
        assertThat(topics.inputRecords()).isEqualTo(TOTAL);
    }

    @Test
    void rowsOfAbortedTransactionsAreNotSeen() {
        try (OutputReader reader = new OutputReader(topics, INPUT)) {
            Verdict verdict = reader.readAll(TOTAL, BOUND, Duration.ofMillis(500));
            assertThat(verdict.exact()).as(verdict.toString()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void theSameCheckerFailsOnAPlantedFault(Fault fault) throws Exception {
        ExactTopics copy = new FaultPlanter(topics, INPUT).plant(fault, TOTAL);
        Verdict verdict = OutputReader.judgeNow(copy, INPUT, TOTAL);
        assertThat(verdict.exact()).isFalse();
        assertThat(verdict.gaps()).isEqualTo(fault == Fault.GAP ? 1 : 0);
        assertThat(verdict.duplicates()).isEqualTo(fault == Fault.DUPLICATE ? 1 : 0);
        assertThat(verdict.resets()).isEqualTo(fault == Fault.RESET ? 51 : 0);
        assertThat(verdict.outOfOrder()).isEqualTo(fault == Fault.OUT_OF_ORDER ? 1 : 0);
        assertThat(verdict.examples().get(fault)).isNotEmpty();
    }

    private static void write(List<OutputRecord> rows, boolean commit) {
        Map<String, Object> settings =
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        topics.bootstrapServers(),
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        "correct-job");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            rows.forEach(
                    row ->
                            producer.send(
                                    new ProducerRecord<>(
                                            topics.output(),
                                            RowFormat.key(row.key()),
                                            RowFormat.output(row))));
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.flush();
                producer.abortTransaction();
            }
        }
    }
}
