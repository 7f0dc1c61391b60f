package dev.weir.cli.kubernetes;

import dev.weir.cli.place.Place;
import dev.weir.cli.place.Places.ClusterAccess;
import dev.weir.cli.place.Places.Way;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the clusters are described that kubectl knows: the file that is named, else those of
 * KUBECONFIG, else the one in the home directory, else the pod that this runs in. Looks at files
 * alone; the client is loaded when a cluster is opened.
 */
public final class Kubeconfig {

    private static final String VARIABLE = "KUBECONFIG";

    private final ClusterAccess access;
    private final Map<String, String> environment;

    public Kubeconfig(ClusterAccess access, Map<String, String> environment) {
        this.access = access;
        this.environment = environment;
    }

    /** The way to the cluster that is meant. */
    public Way way() {
        return new Way(this::describesAny, this::open);
    }

    private boolean describesAny() {
        return !files().isEmpty() || isInPod();
    }

    private Place open() {
        return ClusterPlace.open(
                access.context(), access.kubeconfig().map(List::of).orElseGet(this::files));
    }

    /** Those that are there: kubectl passes over the others, too. */
    private List<Path> files() {
        return access.kubeconfig().map(List::of).orElseGet(this::byDefault).stream()
                .filter(Files::isRegularFile)
                .toList();
    }

    private List<Path> byDefault() {
        var named = environment.getOrDefault(VARIABLE, "");
        if (!named.isBlank()) {
            return Arrays.stream(named.split(File.pathSeparator))
                    .filter(file -> !file.isBlank())
                    .map(Path::of)
                    .toList();
        }
        return Optional.ofNullable(environment.get("HOME"))
                .map(home -> Path.of(home, ".kube", "config"))
                .stream()
                .toList();
    }

    private boolean isInPod() {
        return environment.containsKey("KUBERNETES_SERVICE_HOST");
    }
}
