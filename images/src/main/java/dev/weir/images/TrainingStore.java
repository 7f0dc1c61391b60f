package dev.weir.images;

import dev.weir.sandbox.servers.ListenAddress;
import dev.weir.sandbox.servers.S3Credentials;
import dev.weir.sandbox.servers.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * An S3 store for the time of a training, in this process: the trained one's class path must be the
 * image's own.
 */
final class TrainingStore implements AutoCloseable {

    private static final String BUCKET = "training";

    private final S3Server server;

    private TrainingStore(S3Server server) {
        this.server = server;
    }

    /**
     * @param folder for its objects
     */
    static TrainingStore start(Path folder) throws IOException {
        var server = S3Server.start(ListenAddress.free("127.0.0.1"), folder, S3Credentials.TEST);
        server.createBucket(BUCKET);
        return new TrainingStore(server);
    }

    /** Where the training finds the store, and with which credentials. */
    Map<String, String> environment() {
        return Map.of(
                "WEIR_TRAINING_STORE",
                server.endpoint().toString(),
                "AWS_ACCESS_KEY_ID",
                S3Credentials.TEST.accessKeyId(),
                "AWS_SECRET_ACCESS_KEY",
                S3Credentials.TEST.secretAccessKey());
    }

    @Override
    public void close() {
        server.close();
    }
}
