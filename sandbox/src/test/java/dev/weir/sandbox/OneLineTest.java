package dev.weir.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What is said of a failure, however it was wrapped. */
class OneLineTest {

    @Test
    void eachCauseAddsWhatWasNotSaidYet() {
        assertThat(
                        OneLine.of(
                                new IllegalStateException(
                                        "no topic: refused",
                                        new IOException("refused", new IOException("port 9")))))
                .isEqualTo("no topic: refused: port 9");
    }

    @Test
    void linesBecomeOne() {
        assertThat(OneLine.of(new IOException("replicas:\n  - too many\n")))
                .isEqualTo("replicas: - too many");
    }

    @Test
    void aFailureWithoutAMessageIsNamedUnlessAnotherSaidWhatItIs() {
        assertThat(OneLine.of(new TimeoutException())).isEqualTo("TimeoutException");
        assertThat(OneLine.of(new IOException("no answer", new TimeoutException())))
                .isEqualTo("no answer");
    }
}
