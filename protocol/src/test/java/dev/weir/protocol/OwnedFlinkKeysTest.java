package dev.weir.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.protocol.OwnedFlinkKeys.Owned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a user is told who sets a key of Weir's. */
class OwnedFlinkKeysTest {

    private static final Path SCHEMA =
            Path.of("../crds/generated/streamjobs.weir.dev-v1alpha1.yml");
    private static final Pattern FIELD = Pattern.compile("spec((?:\\.\\w+)+)");

    @Test
    void aRemedyNamesOnlyFieldsThatTheSchemaHas() throws IOException {
        String schema = Files.readString(SCHEMA);

        assertThat(OwnedFlinkKeys.remedies())
                .flatMap(remedy -> FIELD.matcher(remedy).results().toList())
                .isNotEmpty()
                .flatMap(
                        field ->
                                Pattern.compile("\\.")
                                        .splitAsStream(field.group(1).substring(1))
                                        .toList())
                .allSatisfy(name -> assertThat(schema).containsPattern("\\n +" + name + ":\\n"));
    }

    @Test
    void betterAdviceIsGivenOnlyAboutKeysThatAreRefused() {
        assertThat(OwnedFlinkKeys.CLOSER)
                .isNotEmpty()
                .allSatisfy(
                        closer ->
                                assertThat(OwnedFlinkKeys.inConfiguration(closer.prefix()))
                                        .contains(closer));
    }

    @Test
    void whatTheConfigurationMayNotSetAProgramMayNotEither() {
        assertThat(OwnedFlinkKeys.ALL)
                .allSatisfy(
                        owned ->
                                assertThat(OwnedFlinkKeys.inProgram(owned.prefix()))
                                        .isPresent()
                                        .isEqualTo(OwnedFlinkKeys.inConfiguration(owned.prefix())));
    }

    @Test
    void aScriptIsTooLateForKeysOfTheClusterThatTheConfigurationMaySet() {
        String key = "state.backend.rocksdb.memory.write-buffer-ratio";

        assertThat(OwnedFlinkKeys.inConfiguration(key)).isEmpty();
        assertThat(OwnedFlinkKeys.inProgram(key))
                .contains(
                        new Owned(
                                "state.backend",
                                "set spec.state or spec.flinkConfiguration instead"));
        assertThat(OwnedFlinkKeys.inProgram("table.exec.state.ttl")).isEmpty();
    }
}
