package dev.weir.cli.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of Kubernetes' own test of HumanDuration. */
class AgesTest {

    @ParameterizedTest
    @CsvSource({
        "PT1S, 1s", "PT70S, 70s", "PT190S, 3m10s", "PT70M, 70m", "PT47H, 47h", "PT49H, 2d1h",
        "P8D, 8d", "P365D, 365d", "P370D, 370d", "P1460D, 4y", "P1830D, 5y5d", "P5475D, 15y",
        "PT119S, 119s", "PT120S, 2m", "PT10M, 10m", "PT179M, 179m", "PT3H, 3h", "PT3H5M, 3h5m",
        "PT8H, 8h", "P2D, 2d", "P2DT0H59M, 2d", "P7DT23H, 7d23h", "P729D, 729d", "P730D, 2y"
    })
    void aSpanIsWrittenAsKubectlDoes(Duration span, String text) {
        assertThat(Ages.of(span)).isEqualTo(text);
    }

    @Test
    void aMomentAheadIsNowWithinAClocksErrorAndInvalidBeyond() {
        var now = Instant.parse("2026-03-01T12:00:00Z");
        assertThat(Ages.since(now.plusMillis(1_999), now)).isEqualTo("0s");
        assertThat(Ages.since(now.plusSeconds(2), now)).isEqualTo("<invalid>");
    }
}
