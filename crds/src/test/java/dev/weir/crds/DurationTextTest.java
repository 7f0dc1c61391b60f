package dev.weir.crds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Durations read as they were meant, and nothing else reads at all. */
class DurationTextTest {

    @Test
    void unitsAddUp() {
        assertThat(DurationText.parse("1h30m5s250ms"))
                .contains(Duration.ofMinutes(90).plusSeconds(5).plusMillis(250));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "1ms", "10s", "1m", "1h30m", "166h39m59s999ms"})
    void whatIsWrittenIsReadBack(String text) {
        assertThat(DurationText.parse(text).map(DurationText::format)).contains(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "10", "10 s", "-1s", "1.5s", "1s1h", "1d", "1234567s"})
    void whatIsOutsideTheGrammarIsNotGuessedAt(String text) {
        assertThat(DurationText.parse(text)).isEmpty();
    }

    @Test
    void aNegativeDurationIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DurationText.format(Duration.ofSeconds(-1)));
    }
}
