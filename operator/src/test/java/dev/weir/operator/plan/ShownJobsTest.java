package dev.weir.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.weir.crds.StreamJob;
import dev.weir.crds.StreamJobSpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every StreamJob that a page or a sample shows is one that the operator takes. */
class ShownJobsTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern BLOCK = Pattern.compile("(?s)```yaml\n(.*?)```");

    /** Jackson's default, said all the same: an unknown property is an error. */
    private static final YAMLMapper YAML =
            YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private static final OperatorDefaults DEFAULTS =
            new OperatorDefaults(
                    Optional.of(
                            new OperatorDefaults.Storage(
                                    "s3://jobs",
                                    "us-east-1",
                                    Optional.empty(),
                                    false,
                                    Optional.empty())),
                    "weir/runtime:1",
                    List.of("key"),
                    1000);

    /** A manifest, and where it is shown. */
    private record Shown(String where, String manifest) {
        @Override
        public String toString() {
            return where;
        }
    }

    static List<Shown> jobs() throws IOException {
        List<Shown> shown = new ArrayList<>();
        for (Path sample : below("config/samples", ".yaml")) {
            shown.add(new Shown(sample.getFileName().toString(), Files.readString(sample)));
        }
        List<Path> pages = new ArrayList<>(below("docs", ".md"));
        pages.add(ROOT.resolve("README.md"));
        for (Path page : pages) {
            BLOCK.matcher(Files.readString(page))
                    .results()
                    .map(block -> block.group(1))
                    .filter(block -> block.contains("kind: StreamJob"))
                    .forEach(block -> shown.add(new Shown(page.getFileName().toString(), block)));
        }
        return shown;
    }

    @Test
    void samplesAndPagesAreSeen() throws IOException {
        assertThat(jobs()).extracting(Shown::where).contains("delays.yaml", "README.md");
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void theOperatorTakesWhatIsShown(Shown shown) {
        assertThat(SpecReader.read(strictly(shown.manifest()), DEFAULTS))
                .isInstanceOf(SpecReader.Valid.class);
    }

    @Test
    void aFieldThatTheSchemaDoesNotHaveIsNotTaken() {
        assertThatThrownBy(
                        () ->
                                strictly(
                                        """
                                        apiVersion: weir.dev/v1alpha1
                                        kind: StreamJob
                                        metadata: {name: planted}
                                        spec: {program: {sql: "INSERT …"}, standby: 1}
                                        """))
                .hasMessageContaining("standby");
    }

    private static StreamJob strictly(String manifest) {
        try {
            JsonNode tree = YAML.readTree(manifest);
            assertThat(tree.fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder("apiVersion", "kind", "metadata", "spec");
            StreamJob job = new StreamJob();
            assertThat(tree.get("apiVersion").asText()).isEqualTo(job.getApiVersion());
            job.setMetadata(
                    new ObjectMetaBuilder()
                            .withNamespace("demo")
                            .withName(tree.get("metadata").get("name").asText())
                            .withUid("u-1")
                            .withGeneration(1L)
                            .build());
            job.setSpec(YAML.treeToValue(tree.get("spec"), StreamJobSpec.class));
            return job;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> below(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }
}
