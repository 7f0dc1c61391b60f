package dev.weir.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The summary that benchmarks print. */
class MeasurementsTest {

    @Test
    void aQuantileIsAValueThatWasMeasured() {
        List<Double> values = List.of(1.0, 2.0, 3.0, 4.0);
        assertThat(Measurements.quantile(values, 0.5)).isEqualTo(2.0);
        assertThat(Measurements.quantile(values, 0.95)).isEqualTo(4.0);
        assertThat(Measurements.quantile(List.of(7.0), 0.5)).isEqualTo(7.0);
    }

    @Test
    void oneObjectALineHasTheFieldsOfEveryBenchmark() throws Exception {
        Measurements measurements = new Measurements("start");
        measurements.add("operator_added_ms", Duration.ofMillis(120));
        measurements.add("operator_added_ms", Duration.ofMillis(80));
        JsonNode line = new ObjectMapper().readTree(measurements.summary(true));
        assertThat(line.fieldNames())
                .toIterable()
                .containsExactly("bench", "metric", "unit", "n", "p50", "p95", "max", "where");
        assertThat(line.get("n").intValue()).isEqualTo(2);
        assertThat(line.get("p50").doubleValue()).isEqualTo(80.0);
        assertThat(line.get("max").doubleValue()).isEqualTo(120.0);
    }
}
