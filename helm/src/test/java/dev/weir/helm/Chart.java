package dev.weir.helm;

import com.marcnuri.helm.DryRun;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The chart, rendered as Helm renders it. */
final class Chart {

    static final String NAMESPACE = "weir-system";
    static final String KEY_SECRET = "weir-command-key";

    /** Rendered away from a cluster, Helm assumes an old one. */
    private static final String KUBERNETES = "1.34.4";

    private static final Path FOLDER = Path.of("helm/weir");

    private Chart() {}

    /** The root of the repository, from there or from a module's folder. */
    static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve(FOLDER)) ? here : here.getParent();
    }

    static LintResult lint() {
        return new Helm(root().resolve(FOLDER)).lint().strict().call();
    }

    /** A first installation, as far as it goes without a cluster. */
    static void install() {
        Helm.install(root().resolve(FOLDER).toString())
                .withName("weir")
                .withNamespace(NAMESPACE)
                .withKubeVersion(KUBERNETES)
                .dryRun()
                .withDryRunOption(DryRun.CLIENT)
                .clientOnly()
                .call();
    }

    /** With a command key that is there already, as a made one is looked for in a cluster first. */
    static String render(Map<String, Object> values) {
        TemplateCommand command =
                new Helm(root().resolve(FOLDER))
                        .template()
                        .withName("weir")
                        .withNamespace(NAMESPACE)
                        .withKubeVersion(KUBERNETES)
                        .skipCrds()
                        .set("commandKey.existingSecret", KEY_SECRET);
        values.forEach(command::set);
        return command.call();
    }

    static List<HasMetadata> resources(Map<String, Object> values) {
        KubernetesSerialization yaml = new KubernetesSerialization();
        return Arrays.stream(render(values).split("(?m)^---$"))
                .filter(one -> one.contains("kind:"))
                .map(one -> (HasMetadata) yaml.unmarshal(one))
                .toList();
    }

    static <T extends HasMetadata> List<T> resources(Class<T> type, Map<String, Object> values) {
        return resources(values).stream().filter(type::isInstance).map(type::cast).toList();
    }
}
