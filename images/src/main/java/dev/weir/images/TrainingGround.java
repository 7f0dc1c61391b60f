package dev.weir.images;

import dev.weir.sandbox.servers.ListenAddress;
import dev.weir.sandbox.servers.S3Credentials;
import dev.weir.sandbox.servers.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a training finds around it, for as long as it runs: an S3 store in this process and ports
 * that are free. Nothing of it may stand in the trained process, whose class path must be the
 * image's own.
 */
final class TrainingGround implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final String BUCKET = "training";

    private final S3Server store;
    private final List<ListenAddress> ports;

    private TrainingGround(S3Server store, List<ListenAddress> ports) {
        this.store = store;
        this.ports = ports;
    }

    /**
     * @param folder for the store's objects
     */
    static TrainingGround open(Path folder) throws IOException {
        var free = ListenAddress.free(HOST, 4);
        var store = S3Server.start(free.getFirst(), folder, S3Credentials.TEST);
        store.createBucket(BUCKET);
        return new TrainingGround(store, free.subList(1, 4));
    }

    /** Where the training finds the store, with which credentials, and where it may listen. */
    Map<String, String> environment() {
        return Map.of(
                "WEIR_TRAINING_STORE", store.endpoint().toString(),
                "AWS_ACCESS_KEY_ID", S3Credentials.TEST.accessKeyId(),
                "AWS_SECRET_ACCESS_KEY", S3Credentials.TEST.secretAccessKey(),
                "WEIR_CONTROL_PORT", port(0),
                "WEIR_REST_PORT", port(1),
                "WEIR_RPC_PORT", port(2));
    }

    private String port(int index) {
        return String.valueOf(ports.get(index).port());
    }

    @Override
    public void close() {
        store.close();
    }
}
