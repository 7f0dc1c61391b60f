package dev.weir.crds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The committed schema is the one that the types give. */
class GeneratedCrdTest {

    static Iterable<GeneratedCrd.Copy> copies() {
        return GeneratedCrd.copies();
    }

    @ParameterizedTest
    @MethodSource("copies")
    void aCommittedCopyIsNotStale(GeneratedCrd.Copy copy) throws IOException {
        assertThat(Files.readString(Path.of("..").resolve(copy.path())))
                .as("%s is stale: its first line says how to write it anew", copy)
                .isEqualTo(copy.text());
    }
}
