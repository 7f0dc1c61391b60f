package dev.weir.runtime.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.protocol.Problem;
import dev.weir.runtime.Mistake;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mistake that is shown is found when the script is compiled, and told as it is shown. */
class MistakesTest {

    static List<Mistake> mistakes() {
        return Mistake.all();
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void itsAuthorIsToldWhatIsWrongWhereAndWhatHelps(Mistake mistake) {
        var settings = new Configuration();
        settings.setString("execution.checkpointing.interval", "10 s");

        Problem problem =
                catchThrowableOfType(
                                PreparationException.class,
                                () -> SqlProgram.compile(mistake.script(), "test", settings))
                        .problem();

        assertThat(Mistake.word(problem.kind())).isEqualTo(mistake.reason());
        assertThat(Mistake.says(problem)).isEqualTo(mistake.says());
        assertThat(problem.remedy()).isEqualTo(mistake.remedy());
    }
}
