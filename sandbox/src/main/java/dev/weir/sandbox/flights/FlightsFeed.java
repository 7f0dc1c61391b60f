package dev.weir.sandbox.flights;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the sample's flights over and over, at a steady pace, until it is closed: something for a
 * job to do. What a broker does not take is lost here, and nobody counts it.
 */
public final class FlightsFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FlightsFeed.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final String bootstrapServers;
    private final List<Flight> flights;
    private final Duration pause;
    private final Thread thread;
    private volatile boolean closed;

    private FlightsFeed(String bootstrapServers, List<Flight> flights, Duration pause) {
        this.bootstrapServers = bootstrapServers;
        this.flights = flights;
        this.pause = pause;
        this.thread = Thread.ofPlatform().daemon().name("flights-feed").unstarted(this::run);
    }

    /**
     * Makes the sample's topics if need be, and begins.
     *
     * @param project the folder in which {@link FlightsProducer#SAMPLE} stands
     */
    public static FlightsFeed start(String bootstrapServers, Path project, int flightsPerSecond)
            throws IOException, InterruptedException, TimeoutException {
        FlightsProducer.createTopics(bootstrapServers);
        FlightsFeed feed =
                new FlightsFeed(
                        bootstrapServers,
                        Flight.readAll(project.resolve(FlightsProducer.SAMPLE)),
                        Duration.ofSeconds(1).dividedBy(flightsPerSecond));
        feed.thread.start();
        return feed;
    }

    private void run() {
        while (!closed) {
            try (KafkaProducer<byte[], byte[]> producer =
                    FlightsProducer.producer(bootstrapServers)) {
                send(producer);
            } catch (KafkaException e) {
                LOG.warn("Flights could not be sent; it is tried again", e);
                LockSupport.parkNanos(AFTER_FAILURE.toNanos());
            }
        }
    }

    private void send(KafkaProducer<byte[], byte[]> producer) {
        for (int next = 0; !closed; next = (next + 1) % flights.size()) {
            producer.send(FlightsProducer.row(flights.get(next)));
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
