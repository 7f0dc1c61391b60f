package dev.weir.e2e.suites;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the suite of mistakes applies is what it means to apply. */
class BadGroundTest {

    private static final Path REPOSITORY = Path.of("").toAbsolutePath().getParent();

    @Test
    void aScriptArrivesAsItIsWrittenSoThatItsPlacesAreRight() throws IOException {
        List<Path> scripts;
        try (var files = Files.list(REPOSITORY.resolve("samples/mistakes"))) {
            scripts = files.filter(file -> file.toString().endsWith(".sql")).toList();
        }
        assertThat(scripts).isNotEmpty();
        for (Path script : scripts) {
            String text = Files.readString(script);
            assertThat(field(BadGround.spec(text, ""), "program", "sql")).isEqualTo(text);
        }
    }

    @Test
    void whatARowAddsTakesTheSmallDefaultsPlace() {
        String more = "resources: {cpu: 1k, memory: 640Mi}\n";
        assertThat(field(BadGround.spec(more), "resources", "cpu")).isEqualTo("1k");
        assertThat(field(BadGround.spec(""), "resources", "cpu")).isEqualTo("10m");
    }

    @Test
    void theRowsAreAsManyAsTheyAreNamed() {
        List<BadRows.BadRow> rows = BadRows.all(REPOSITORY);
        assertThat(rows).hasSizeGreaterThanOrEqualTo(14);
        assertThat(rows).extracting(BadRows.BadRow::name).doesNotHaveDuplicates();
        assertThat(rows)
                .as("a namespace's name, with its suffix, is a bucket's as well")
                .allSatisfy(row -> assertThat("bad-" + row.name()).hasSizeLessThan(50));
    }

    private static Object field(String spec, String part, String name) {
        var job =
                new KubernetesSerialization()
                        .unmarshal(BadGround.manifest(spec), GenericKubernetesResource.class);
        var whole = (Map<?, ?>) job.getAdditionalProperties().get("spec");
        return ((Map<?, ?>) whole.get(part)).get(name);
    }
}
