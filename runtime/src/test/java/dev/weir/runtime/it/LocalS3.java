package dev.weir.runtime.it;

import dev.weir.ledger.s3.S3Access;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;

/** A real S3 endpoint of this JVM, on a directory, with one bucket. */
final class LocalS3 implements AutoCloseable {

    static final String BUCKET = "weir";
    static final String USER = "runtime";

    private final URI endpoint;
    private final S3Proxy proxy;
    private final MoodyStore store;

    private LocalS3(URI endpoint, S3Proxy proxy, MoodyStore store) {
        this.endpoint = endpoint;
        this.proxy = proxy;
        this.store = store;
    }

    static LocalS3 start(Path directory) throws Exception {
        LocalS3 s3 = start(directory, freePort());
        s3.createBucket();
        return s3;
    }

    /** Without the bucket. */
    static LocalS3 start(Path directory, int port) throws Exception {
        var store = new MoodyStore(new FilesystemNio2BlobStore(directory.toString()));
        var endpoint = URI.create("http://127.0.0.1:" + port);
        var proxy =
                S3Proxy.builder()
                        .blobStore(store)
                        .endpoint(endpoint)
                        .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, USER, USER)
                        .build();
        proxy.start();
        return new LocalS3(endpoint, proxy, store);
    }

    /** Does nothing where it is there already. */
    void createBucket() {
        if (!store.containerExists(BUCKET)) {
            store.createContainer(BUCKET);
        }
    }

    void mood(MoodyStore.Mood mood) {
        store.mood(mood);
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    URI endpoint() {
        return endpoint;
    }

    S3Client client() {
        return new S3Access("us-east-1", Optional.of(endpoint), true)
                .client(StaticCredentialsProvider.create(AwsBasicCredentials.create(USER, USER)));
    }

    @Override
    public void close() throws Exception {
        proxy.stop();
    }
}
