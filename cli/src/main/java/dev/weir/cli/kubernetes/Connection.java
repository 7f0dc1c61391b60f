package dev.weir.cli.kubernetes;

import dev.weir.cli.place.DeniedException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Connects to the cluster of a kubeconfig, with bounds on every call: a person waits.
 *
 * @param title of the cluster, for people
 */
record Connection(KubernetesClient client, String title) {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration REQUEST = Duration.ofSeconds(20);

    /** A refused connection may be a server that restarts, for a moment. */
    private static final int RETRIES = 2;

    private static final int RETRY_AFTER_MILLIS = 200;

    static Connection of(Optional<String> context, List<Path> files) {
        var config = config(context, files);
        config.setConnectionTimeout((int) CONNECT.toMillis());
        config.setRequestTimeout((int) REQUEST.toMillis());
        config.setRequestRetryBackoffLimit(RETRIES);
        config.setRequestRetryBackoffInterval(RETRY_AFTER_MILLIS);
        // A watch that ends is begun again by us, from a list; plain HTTP passes every proxy.
        config.setWatchReconnectLimit(0);
        config.setOnlyHttpWatches(true);
        return new Connection(
                new KubernetesClientBuilder()
                        .withConfig(config)
                        .withHttpClientFactory(new JdkHttpClientFactory())
                        .build(),
                title(config));
    }

    private static Config config(Optional<String> context, List<Path> files) {
        for (var file : files) {
            if (!Files.isRegularFile(file)) {
                throw new DeniedException("the kubeconfig " + file + " is no file");
            }
        }
        // Of several files, and of a pod's own account, the client knows by itself.
        var config =
                files.size() == 1
                        ? Config.fromKubeconfig(context.orElse(null), files.getFirst().toFile())
                        : Config.autoConfigure(context.orElse(null));
        context.filter(name -> !contexts(config).contains(name))
                .ifPresent(
                        name -> {
                            throw new DeniedException(
                                    "the kubeconfig has no context "
                                            + name
                                            + "; it has "
                                            + String.join(", ", contexts(config)));
                        });
        return config;
    }

    private static List<String> contexts(Config config) {
        return Optional.ofNullable(config.getContexts()).orElse(List.of()).stream()
                .map(context -> context.getName())
                .sorted()
                .collect(Collectors.toList());
    }

    private static String title(Config config) {
        var url = config.getMasterUrl().replaceAll("/$", "");
        return "the cluster "
                + url
                + Optional.ofNullable(config.getCurrentContext())
                        .map(context -> " (context " + context.getName() + ")")
                        .orElse("");
    }
}
