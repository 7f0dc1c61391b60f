package dev.weir.runtime.it;

import dev.weir.ledger.s3.S3Access;
import dev.weir.sandbox.servers.ListenAddress;
import dev.weir.sandbox.servers.S3Credentials;
import dev.weir.sandbox.servers.S3Server;
import dev.weir.sandbox.servers.StoreMood;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;

/** The store of one test: an S3 server of this JVM with one bucket, and a client that gets in. */
final class LocalS3 implements AutoCloseable {

    static final String BUCKET = "weir";
    static final S3Credentials CREDENTIALS = S3Credentials.TEST;

    private final S3Server server;

    private LocalS3(S3Server server) {
        this.server = server;
    }

    static LocalS3 start(Path directory) throws IOException {
        LocalS3 s3 = start(directory, ListenAddress.free("127.0.0.1"));
        s3.createBucket();
        return s3;
    }

    /** Without the bucket. */
    static LocalS3 start(Path directory, ListenAddress address) throws IOException {
        return new LocalS3(S3Server.start(address, directory, CREDENTIALS));
    }

    /** Does nothing where it is there already. */
    void createBucket() {
        server.createBucket(BUCKET);
    }

    void mood(StoreMood mood) {
        server.mood(mood);
    }

    URI endpoint() {
        return server.endpoint();
    }

    S3Client client() {
        var keys =
                AwsBasicCredentials.create(
                        CREDENTIALS.accessKeyId(), CREDENTIALS.secretAccessKey());
        return new S3Access("us-east-1", Optional.of(endpoint()), true)
                .client(StaticCredentialsProvider.create(keys));
    }

    @Override
    public void close() {
        server.close();
    }
}
