package dev.weir.helm;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The manifests for those who install without Helm: what the chart renders, with the command key
 * left to a Secret that they make.
 */
public final class Kustomization {

    private static final Path FOLDER = Path.of("config");
    private static final Path CRDS = Path.of("helm/weir/crds");
    private static final String HEADER =
            "# Generated from helm/weir; write it anew with mvn -q -pl helm test-compile exec:java"
                    + " -Dexec.mainClass=dev.weir.helm.Kustomization\n";

    private Kustomization() {}

    /** Text of each file, by its path from the root of the repository. */
    static Map<Path, String> files(Path root) {
        Map<Path, String> files = new TreeMap<>();
        List<String> names = new ArrayList<>();
        crds(root)
                .forEach(
                        crd -> {
                            names.add(crd.getFileName().toString());
                            files.put(FOLDER.resolve(crd.getFileName()), read(crd));
                        });
        names.add("operator.yaml");
        files.put(FOLDER.resolve("operator.yaml"), HEADER + operator());
        files.put(FOLDER.resolve("kustomization.yaml"), HEADER + kustomization(names));
        return files;
    }

    private static String kustomization(List<String> resources) {
        return """
        # The operator signs its commands with a key that you make beside this file before you apply it:
        #   openssl genpkey -algorithm ed25519 -out command.key
        #   kubectl apply --server-side -k config
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        namespace: %s
        resources:
        %s
        secretGenerator:
          - name: %s
            files: [command.key]
            options:
              disableNameSuffixHash: true
        """
                .formatted(
                        Chart.NAMESPACE,
                        resources.stream()
                                .map(name -> "  - " + name)
                                .collect(Collectors.joining("\n")),
                        Chart.KEY_SECRET);
    }

    private static String operator() {
        KubernetesSerialization yaml = new KubernetesSerialization();
        HasMetadata namespace =
                new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(Chart.NAMESPACE)
                        .endMetadata()
                        .build();
        return Stream.concat(
                        Stream.of(namespace),
                        Chart.resources(Map.of()).stream().map(Kustomization::byKustomize))
                .map(yaml::asYaml)
                .collect(Collectors.joining());
    }

    private static HasMetadata byKustomize(HasMetadata resource) {
        resource.getMetadata()
                .getLabels()
                .replaceAll(
                        (name, value) ->
                                name.equals("app.kubernetes.io/managed-by") ? "kustomize" : value);
        return resource;
    }

    private static List<Path> crds(Path root) {
        try (Stream<Path> files = Files.list(root.resolve(CRDS))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes all files. Run from the module's folder, as Maven does for tests, or from the root.
     */
    public static void main(String[] args) throws IOException {
        Path root = Chart.root();
        for (Map.Entry<Path, String> file : files(root).entrySet()) {
            Path target = root.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.writeString(target, file.getValue());
            System.out.println("wrote " + target);
        }
    }
}
