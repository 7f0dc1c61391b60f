package dev.weir.images;

import java.util.List;

/**
 * What an image consists of, whatever it is written to.
 *
 * @param name its last part, such as {@code runtime}
 * @param layers from the one that changes least to the one that changes most
 * @param entrypoint the command
 * @param ports that the program listens on
 */
record Image(String name, List<Layer> layers, List<String> entrypoint, List<Integer> ports) {

    static final String VERSION = "0.1.0";

    Image {
        layers = List.copyOf(layers);
        entrypoint = List.copyOf(entrypoint);
        ports = List.copyOf(ports);
    }

    /** In {@code registry}, with this project's name in between. */
    String reference(String registry) {
        return registry + "/weir/" + name + ":" + VERSION;
    }
}
