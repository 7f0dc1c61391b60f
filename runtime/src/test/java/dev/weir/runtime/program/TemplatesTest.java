package dev.weir.runtime.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The programs of the manifests that {@code weir init} writes compile. */
class TemplatesTest {

    private static final Path FOLDER = Path.of("../cli/src/main/resources/dev/weir/cli/templates");

    /** The lines that stand deeper than the key, as a literal text in YAML. */
    private static final Pattern SQL = Pattern.compile("(?m)^    sql: \\|\n((?: {6}.*\n|\n)+)");

    static List<Path> templates() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    @Test
    void thereAreTemplates() throws IOException {
        assertThat(templates()).hasSizeGreaterThan(2);
    }

    @ParameterizedTest
    @MethodSource("templates")
    void aTemplatesProgramCompiles(Path template) throws Exception {
        var sql = SQL.matcher(Files.readString(template));
        assertThat(sql.find()).isTrue();

        var graph =
                SqlProgram.compile(
                                sql.group(1).replace("${name}", "named"),
                                "named",
                                new Configuration())
                        .graph();

        assertThat(graph.getStreamNodes()).isNotEmpty();
    }
}
