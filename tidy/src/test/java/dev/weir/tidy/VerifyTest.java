package dev.weir.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What {@code ./weir verify} takes for a passed build: one that Maven says has passed, and no
 * other.
 */
class VerifyTest {

    private static final String SCRIPT =
            """
            set -euo pipefail
            say() { echo "$*"; }
            logs=$1
            eval "$(sed -n '/^maven() {/,/^}/p' "$2")"
            maven stage goal
            """;

    @TempDir Path folder;

    @ParameterizedTest(name = "Maven prints \"{1}\" and ends with {0}")
    @CsvSource({"0, Tests run: 3", "0, nothing of note", "1, Tests run: 3", "1, nothing of note"})
    void aStagePassesIfMavenDoesAndOnlyThen(int code, String output) throws Exception {
        standInForMaven(code, output);
        var builder =
                new ProcessBuilder(
                                "bash",
                                "-c",
                                SCRIPT,
                                "verify",
                                folder.toString(),
                                Path.of("../build/verify").toAbsolutePath().toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("output").toFile());
        builder.environment().merge("PATH", folder + ":", (path, first) -> first + path);
        var stage = builder.start();
        assertThat(stage.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(stage.exitValue() == 0)
                .as(Files.readString(folder.resolve("output")))
                .isEqualTo(code == 0);
    }

    private void standInForMaven(int code, String output) throws IOException {
        var maven = folder.resolve("mvn");
        Files.writeString(maven, "#!/bin/sh\necho '%s'\nexit %d\n".formatted(output, code));
        assertThat(maven.toFile().setExecutable(true)).isTrue();
    }
}
