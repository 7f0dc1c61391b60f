package dev.weir.cli.verb;

import io.fabric8.kubernetes.client.KubernetesClient;

/** A verb that goes past the port: the fence must see it. */
public final class PlantedVerb {

    private final KubernetesClient client;

    PlantedVerb(KubernetesClient client) {
        this.client = client;
    }

    String version() {
        return client.getApiVersion();
    }
}
