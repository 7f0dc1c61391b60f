package dev.weir.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.weir.crds.Savepoint;
import dev.weir.crds.SavepointSpec;
import dev.weir.crds.StreamJob;
import dev.weir.crds.StreamJobSpec;
import dev.weir.operator.observe.SavepointObserver;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
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

/** Every StreamJob and Savepoint that a page or a sample shows is one that the operator takes. */
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
        return shown("StreamJob");
    }

    static List<Shown> savepoints() throws IOException {
        return shown("Savepoint");
    }

    private static List<Shown> shown(String kind) throws IOException {
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
                    .forEach(block -> shown.add(new Shown(page.getFileName().toString(), block)));
        }
        shown.removeIf(one -> !one.manifest().contains("kind: " + kind + "\n"));
        return shown;
    }

    @Test
    void samplesAndPagesAreSeen() throws IOException {
        assertThat(jobs()).extracting(Shown::where).contains("delays.yaml", "README.md");
        assertThat(savepoints()).extracting(Shown::where).contains("savepoint.yaml", "README.md");
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void theOperatorTakesWhatIsShown(Shown shown) {
        assertThat(SpecReader.read(job(shown.manifest()), DEFAULTS))
                .isInstanceOf(SpecReader.Valid.class);
    }

    @ParameterizedTest
    @MethodSource("savepoints")
    void theSavepointThatIsShownIsTakenOfTheJobThatRuns(Shown shown) {
        var wanted = SavepointObserver.wanted(savepoint(shown.manifest()));
        var running = Scenario.current("a", Scenario.running(3), Scenario.open(3));
        assertThat(
                        SavepointPlanner.plan(
                                wanted,
                                RecordedSavepoint.nothing(),
                                SavepointScenes.scene(running)))
                .isInstanceOfSatisfying(
                        SavepointPlan.Act.class,
                        act -> assertThat(act.action()).isInstanceOf(SavepointAction.Take.class));
    }

    @Test
    void aFieldThatTheSchemaDoesNotHaveIsNotTaken() {
        assertThatThrownBy(
                        () ->
                                job(
                                        """
                                        apiVersion: weir.dev/v1alpha1
                                        kind: StreamJob
                                        metadata: {name: planted}
                                        spec: {program: {sql: "INSERT …"}, standby: 1}
                                        """))
                .hasMessageContaining("standby");
    }

    private static StreamJob job(String manifest) {
        return strictly(manifest, new StreamJob(), StreamJobSpec.class);
    }

    private static Savepoint savepoint(String manifest) {
        return strictly(manifest, new Savepoint(), SavepointSpec.class);
    }

    private static <S, R extends CustomResource<S, ?>> R strictly(
            String manifest, R resource, Class<S> spec) {
        try {
            JsonNode tree = YAML.readTree(manifest);
            assertThat(tree.fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder("apiVersion", "kind", "metadata", "spec");
            assertThat(tree.get("apiVersion").asText()).isEqualTo(resource.getApiVersion());
            resource.setMetadata(
                    new ObjectMetaBuilder()
                            .withNamespace("demo")
                            .withName(tree.get("metadata").get("name").asText())
                            .withUid("u-1")
                            .withGeneration(1L)
                            .build());
            resource.setSpec(YAML.treeToValue(tree.get("spec"), spec));
            return resource;
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
