package dev.weir.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The committed page of the command line is the one that the verbs give. */
class GeneratedCliPageTest {

    @Test
    void theCommittedPageIsNotStale() throws IOException {
        var page = GeneratedCliPage.PAGE;

        assertThat(Files.readString(Path.of("..").resolve(page)))
                .as("%s is stale: its first line says how to write it anew", page)
                .isEqualTo(GeneratedCliPage.text());
    }
}
