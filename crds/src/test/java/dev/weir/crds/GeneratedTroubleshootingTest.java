package dev.weir.crds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The committed page of reasons is the one that the vocabulary gives. */
class GeneratedTroubleshootingTest {

    @Test
    void theCommittedPageIsNotStale() throws IOException {
        Path page = GeneratedTroubleshooting.PAGE;

        assertThat(Files.readString(Path.of("..").resolve(page)))
                .as("%s is stale: its first line says how to write it anew", page)
                .isEqualTo(GeneratedTroubleshooting.text());
    }

    @ParameterizedTest
    @EnumSource
    void everyReasonHasItsRowWithMessageAndRemedy(Reason reason) {
        assertThat(GeneratedTroubleshooting.text())
                .containsOnlyOnce("| `" + reason.word() + "` | " + reason.message() + ".")
                .containsIgnoringCase(reason.remedy());
    }
}
