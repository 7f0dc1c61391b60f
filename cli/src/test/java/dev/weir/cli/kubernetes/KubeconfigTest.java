package dev.weir.cli.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.place.Places.ClusterAccess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigTest {

    @TempDir private Path folder;

    private boolean describesAny(Optional<Path> named, Map<String, String> environment) {
        return new Kubeconfig(new ClusterAccess(Optional.empty(), named), environment)
                .way()
                .exists()
                .getAsBoolean();
    }

    private boolean describesAny(Map<String, String> environment) {
        return describesAny(Optional.empty(), environment);
    }

    @Test
    void aClusterIsConfiguredByAFileThatIsThere() throws IOException {
        var file = Files.writeString(folder.resolve("config"), "");
        var gone = folder.resolve("gone");
        assertThat(describesAny(Map.of())).isFalse();
        assertThat(describesAny(Map.of("KUBECONFIG", file.toString()))).isTrue();
        assertThat(describesAny(Map.of("KUBECONFIG", gone.toString()))).isFalse();
        assertThat(describesAny(Map.of("KUBECONFIG", gone + File.pathSeparator + file))).isTrue();
        assertThat(describesAny(Optional.of(file), Map.of())).isTrue();
    }

    @Test
    void theFileOfTheHomeDirectoryCountsWhereNoneIsNamed() throws IOException {
        Files.createDirectories(folder.resolve(".kube"));
        Files.writeString(folder.resolve(".kube/config"), "");
        var home = Map.of("HOME", folder.toString());
        assertThat(describesAny(home)).isTrue();
        assertThat(describesAny(Map.of("HOME", folder.toString(), "KUBECONFIG", folder + "/gone")))
                .isFalse();
    }

    @Test
    void insideAPodTheClusterIsItsOwn() {
        assertThat(describesAny(Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1"))).isTrue();
    }
}
