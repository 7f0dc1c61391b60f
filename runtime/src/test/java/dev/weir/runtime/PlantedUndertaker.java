package dev.weir.runtime;

import io.fabric8.planted.Client;
import org.apache.flink.configuration.Configuration;

/** Does what nothing of a storekeeper may: each fence is shown to find it. */
public final class PlantedUndertaker {

    public void bury(Client client, Configuration settings) {
        client.delete(settings.toString());
    }
}
