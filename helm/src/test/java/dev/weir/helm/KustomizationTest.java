package dev.weir.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The committed manifests are the ones that the chart gives. */
class KustomizationTest {

    static Stream<Arguments> files() {
        Map<Path, String> files = Kustomization.files(Chart.root());
        return files.entrySet().stream().map(file -> Arguments.of(file.getKey(), file.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void aCommittedManifestIsNotStale(Path file, String expected) {
        assertThat(Chart.root().resolve(file))
                .as("%s is stale: config/kustomization.yaml says how to write it anew", file)
                .hasContent(expected);
    }
}
