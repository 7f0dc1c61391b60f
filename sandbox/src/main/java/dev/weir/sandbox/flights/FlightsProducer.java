package dev.weir.sandbox.flights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.sandbox.OneLine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Sends the sample's flights to Kafka, once, in their order, as JSON; makes the sample's two topics
 * if need be.
 */
@Command(
        name = "flights",
        description = "Sends a week of flights to the Kafka topic of config/samples/delays.yaml.",
        mixinStandardHelpOptions = true)
public final class FlightsProducer implements Callable<Integer> {

    public static final String INPUT_TOPIC = "flights";
    public static final String OUTPUT_TOPIC = "delays";
    public static final Path SAMPLE = Path.of("samples/flights/flights-2013-01-week1.csv.gz");

    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final int PARTITIONS = 2;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(
            names = "--bootstrap-servers",
            defaultValue = "10.77.0.1:9092",
            description = "Default: ${DEFAULT-VALUE}.")
    private String bootstrapServers;

    @Option(
            names = "--file",
            description = "Default: samples/flights/flights-2013-01-week1.csv.gz.")
    private Path file = SAMPLE;

    @Option(
            names = "--rate",
            description = "Flights a second. Default: as fast as Kafka takes them.")
    private Integer rate;

    public static void main(String[] arguments) {
        System.exit(
                new CommandLine(new FlightsProducer())
                        .setExecutionExceptionHandler(new OneLine())
                        .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (rate != null && rate < 1) {
            throw new IllegalArgumentException(
                    "--rate is " + rate + ": give at least 1 flight a second, or none");
        }
        try {
            createTopics(bootstrapServers);
            int sent =
                    send(
                            bootstrapServers,
                            Flight.readAll(file),
                            rate == null ? Duration.ZERO : pause(rate));
            System.out.println(sent + " flights sent to topic " + INPUT_TOPIC);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "Kafka at "
                            + bootstrapServers
                            + " does not answer; './weir servers up' starts one",
                    e);
        }
        return 0;
    }

    /** Makes the sample's topics where they are missing. */
    public static void createTopics(String bootstrapServers)
            throws InterruptedException, TimeoutException {
        try (Admin admin =
                Admin.create(
                        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            for (String topic : List.of(INPUT_TOPIC, OUTPUT_TOPIC)) {
                try {
                    admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                            .all()
                            .get(BOUND.toSeconds(), TimeUnit.SECONDS);
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw new IllegalStateException(
                                "topic " + topic + " could not be created", e.getCause());
                    }
                }
            }
        }
    }

    /**
     * Sends the flights with {@code pause} after each; returns their number once Kafka has
     * acknowledged all.
     */
    public static int send(String bootstrapServers, List<Flight> flights, Duration pause)
            throws InterruptedException, TimeoutException {
        List<Future<RecordMetadata>> acknowledgements = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer = producer(bootstrapServers)) {
            for (Flight flight : flights) {
                acknowledgements.add(producer.send(row(flight)));
                LockSupport.parkNanos(pause.toNanos());
            }
            for (Future<RecordMetadata> acknowledgement : acknowledgements) {
                acknowledgement.get(BOUND.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "a flight could not be sent to " + bootstrapServers, e.getCause());
        }
        return acknowledgements.size();
    }

    static KafkaProducer<byte[], byte[]> producer(String bootstrapServers) {
        Map<String, Object> settings =
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.LINGER_MS_CONFIG,
                        5);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    static ProducerRecord<byte[], byte[]> row(Flight flight) {
        return new ProducerRecord<>(
                INPUT_TOPIC, flight.origin().getBytes(StandardCharsets.UTF_8), json(flight));
    }

    private static Duration pause(int rate) {
        return Duration.ofSeconds(1).dividedBy(rate);
    }

    private static byte[] json(Flight flight) {
        ObjectNode row =
                JSON.createObjectNode()
                        .put("origin", flight.origin())
                        .put("carrier", flight.carrier())
                        .put("flight", flight.number())
                        .put("scheduled", flight.scheduled());
        flight.departureDelay()
                .ifPresentOrElse(
                        late -> row.put("dep_delay", late), () -> row.putNull("dep_delay"));
        try {
            return JSON.writeValueAsBytes(row);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a flight cannot be written as JSON: " + flight, e);
        }
    }
}
