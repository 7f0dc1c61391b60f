package dev.weir.sandbox.servers;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * An S3 endpoint on a directory, inside this JVM. Conditional creates ({@code If-None-Match: *})
 * are atomic; what was stored is there again when a server is started on the same directory. It is
 * sound until it is told to be otherwise.
 */
public final class S3Server implements AutoCloseable {

    private final ListenAddress address;
    private final S3Proxy proxy;
    private final MoodyStore store;

    private S3Server(ListenAddress address, S3Proxy proxy, MoodyStore store) {
        this.address = address;
        this.proxy = proxy;
        this.store = store;
    }

    /**
     * Serves {@code directory}, with what stands in it. Paths name the bucket, as there are no
     * names to resolve.
     */
    public static S3Server start(ListenAddress address, Path directory, S3Credentials credentials)
            throws IOException {
        Files.createDirectories(directory);
        MoodyStore store = new MoodyStore(new FilesystemNio2BlobStore(directory.toString()));
        S3Proxy proxy =
                S3Proxy.builder()
                        .blobStore(store)
                        .endpoint(URI.create("http://" + address))
                        .awsAuthentication(
                                AuthenticationType.AWS_V2_OR_V4,
                                credentials.accessKeyId(),
                                credentials.secretAccessKey())
                        .build();
        try {
            proxy.start();
        } catch (Exception e) {
            throw new IOException("the S3 server did not start on " + address, e);
        }
        return new S3Server(address, proxy, store);
    }

    /** Does nothing where the bucket is there already. */
    public void createBucket(String bucket) {
        if (!store.containerExists(bucket)) {
            store.createContainer(bucket);
        }
    }

    /** From the next request on. */
    public void mood(StoreMood now) {
        store.mood(now);
    }

    public URI endpoint() {
        return URI.create("http://" + address);
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException("the S3 server on " + address + " did not stop", e);
        }
    }
}
