package dev.weir.runtime.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a program is told that sets an option of Weir's. */
class OwnedOptionsTest {

    private static final Path SCHEMA =
            Path.of("../crds/generated/streamjobs.weir.dev-v1alpha1.yml");
    private static final Pattern FIELD = Pattern.compile("spec((?:\\.\\w+)+)");

    @Test
    void aRemedyNamesOnlyFieldsThatTheSchemaHas() throws IOException {
        String schema = Files.readString(SCHEMA);

        assertThat(OwnedOptions.remedies())
                .flatMap(remedy -> FIELD.matcher(remedy).results().toList())
                .isNotEmpty()
                .flatMap(
                        field ->
                                Pattern.compile("\\.")
                                        .splitAsStream(field.group(1).substring(1))
                                        .toList())
                .allSatisfy(name -> assertThat(schema).containsPattern("\\n +" + name + ":\\n"));
    }
}
