package dev.weir.e2e.suites;

import dev.weir.e2e.servers.ListenAddress;
import dev.weir.e2e.servers.S3Credentials;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** An S3 endpoint of this JVM, with one bucket, that can be told to misbehave. */
final class MoodyS3 implements AutoCloseable {

    static final String BUCKET = "jobs";

    /** How it takes what is put into it. */
    enum Mood {
        SOUND,
        /** 403 on PUT, while everything may be read. */
        DENIES_WRITES,
        /** {@code If-None-Match} is overlooked, so that every creator wins. */
        LETS_ALL_WIN
    }

    private final Store store;
    private final S3Proxy proxy;

    private MoodyS3(Store store, S3Proxy proxy) {
        this.store = store;
        this.proxy = proxy;
    }

    static MoodyS3 start(ListenAddress address, Path directory, Mood mood) throws Exception {
        Store store = new Store(new FilesystemNio2BlobStore(directory.toString()), mood);
        store.createContainer(BUCKET);
        S3Proxy proxy =
                S3Proxy.builder()
                        .blobStore(store)
                        .endpoint(URI.create("http://" + address))
                        .awsAuthentication(
                                AuthenticationType.AWS_V2_OR_V4,
                                S3Credentials.TEST.accessKeyId(),
                                S3Credentials.TEST.secretAccessKey())
                        .build();
        proxy.start();
        return new MoodyS3(store, proxy);
    }

    void mend() {
        store.mood = Mood.SOUND;
    }

    @Override
    public void close() throws Exception {
        proxy.stop();
    }

    /** The store behind it, which is sound. */
    private static final class Store extends ForwardingBlobStore {

        private static final int FORBIDDEN = 403;

        private volatile Mood mood;

        Store(BlobStore sound, Mood mood) {
            super(sound);
            this.mood = mood;
        }

        @Override
        public PutObjectResponse putBlob(PutObjectRequest put, InputStream content) {
            return switch (mood) {
                case SOUND -> super.putBlob(put, content);
                case DENIES_WRITES -> throw S3Exceptions.fromStatusCode(FORBIDDEN);
                case LETS_ALL_WIN ->
                        super.putBlob(put.toBuilder().ifNoneMatch(null).build(), content);
            };
        }
    }
}
