package dev.weir.images;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * An S3 store for the time of a training, in this process: the trained one's class path must be the
 * image's own.
 */
final class TrainingStore implements AutoCloseable {

    private static final String BUCKET = "training";
    private static final String KEY = "training";

    private final URI endpoint;
    private final S3Proxy proxy;

    private TrainingStore(URI endpoint, S3Proxy proxy) {
        this.endpoint = endpoint;
        this.proxy = proxy;
    }

    /**
     * @param folder for its objects
     */
    static TrainingStore start(Path folder) throws IOException {
        var objects = new FilesystemNio2BlobStore(folder.toString());
        objects.createContainer(BUCKET);
        var endpoint = URI.create("http://127.0.0.1:" + freePort());
        var proxy =
                S3Proxy.builder()
                        .blobStore(objects)
                        .endpoint(endpoint)
                        .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, KEY, KEY)
                        .build();
        try {
            proxy.start();
        } catch (Exception failure) {
            throw new ImagesException("the store for the training does not start", failure);
        }
        return new TrainingStore(endpoint, proxy);
    }

    /** Where the training finds the store, and with which credentials. */
    Map<String, String> environment() {
        return Map.of(
                "WEIR_TRAINING_STORE",
                endpoint.toString(),
                "AWS_ACCESS_KEY_ID",
                KEY,
                "AWS_SECRET_ACCESS_KEY",
                KEY);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (Exception failure) {
            throw new ImagesException("the store for the training does not stop", failure);
        }
    }
}
