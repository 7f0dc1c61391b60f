package dev.weir.sandbox.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The server over HTTP: what it keeps, whom it lets in, and what it leaves behind. */
class S3ServerTest {

    private static final String BUCKET = "weir";

    @TempDir Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost"})
    void anObjectIsThereAgainAfterAStartOnTheSameDirectory(String host) throws Exception {
        ListenAddress address = ListenAddress.free(host);
        String tag;
        try (S3Server server = start(address);
                S3Client client = client(server, S3Credentials.TEST)) {
            server.createBucket(BUCKET);
            tag =
                    client.putObject(
                                    put -> put.bucket(BUCKET).key("a/b").contentType("text/weir"),
                                    RequestBody.fromString("kept"))
                            .eTag();
        }
        try (S3Server server = start(address);
                S3Client client = client(server, S3Credentials.TEST)) {
            server.createBucket(BUCKET);
            var kept = client.getObjectAsBytes(get -> get.bucket(BUCKET).key("a/b"));
            assertThat(kept.asUtf8String()).isEqualTo("kept");
            assertThat(kept.response().contentType()).isEqualTo("text/weir");
            assertThat(kept.response().eTag()).isEqualTo(tag);
            assertThatThrownBy(() -> client.getObjectAsBytes(get -> get.bucket(BUCKET).key("a/c")))
                    .isInstanceOf(NoSuchKeyException.class);
        }
    }

    @Test
    void anObjectIsCreatedOnceAlsoOverAStart() throws Exception {
        ListenAddress address = ListenAddress.free("127.0.0.1");
        try (S3Server server = start(address);
                S3Client client = client(server, S3Credentials.TEST)) {
            server.createBucket(BUCKET);
            create(client, "first");
        }
        try (S3Server server = start(address);
                S3Client client = client(server, S3Credentials.TEST)) {
            assertRefused(client, "second", 412);
            assertThat(
                            client.getObjectAsBytes(get -> get.bucket(BUCKET).key("slot"))
                                    .asUtf8String())
                    .isEqualTo("first");
        }
    }

    @Test
    void nobodyGetsInWithAnotherKey() throws Exception {
        try (S3Server server = start(ListenAddress.free("127.0.0.1"));
                S3Client client =
                        client(
                                server,
                                new S3Credentials(S3Credentials.TEST.accessKeyId(), "another"))) {
            server.createBucket(BUCKET);
            assertRefused(client, "first", 403);
        }
    }

    @Test
    void itMisbehavesForAsLongAsItIsToldTo() throws Exception {
        try (S3Server server = start(ListenAddress.free("127.0.0.1"));
                S3Client client = client(server, S3Credentials.TEST)) {
            server.createBucket(BUCKET);
            server.mood(StoreMood.DENIES_WRITES);
            assertRefused(client, "denied", 403);
            assertThat(client.listObjectsV2(list -> list.bucket(BUCKET)).contents()).isEmpty();
            server.mood(StoreMood.LETS_ALL_WIN);
            create(client, "first");
            create(client, "second");
            server.mood(StoreMood.SOUND);
            assertRefused(client, "third", 412);
        }
    }

    private static void assertRefused(S3Client client, String text, int status) {
        assertThatThrownBy(() -> create(client, text))
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        refusal -> assertThat(refusal.statusCode()).isEqualTo(status));
    }

    @Test
    void noThreadOutlivesAServerThatWasClosedOrDidNotStart() throws Exception {
        serveOnce();
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        serveOnce();
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            ListenAddress address = new ListenAddress("127.0.0.1", taken.getLocalPort());
            assertThatThrownBy(() -> start(address))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(address.toString());
        }
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!before.contains(thread)) {
                assertThat(thread.join(Duration.ofSeconds(5))).as(thread.getName()).isTrue();
            }
        }
    }

    private void serveOnce() throws IOException {
        try (S3Server server = start(ListenAddress.free("127.0.0.1"));
                S3Client client = client(server, S3Credentials.TEST)) {
            server.createBucket(BUCKET);
            client.listObjectsV2(list -> list.bucket(BUCKET));
        }
    }

    private S3Server start(ListenAddress address) throws IOException {
        return S3Server.start(address, directory, S3Credentials.TEST);
    }

    private static void create(S3Client client, String text) {
        client.putObject(
                put -> put.bucket(BUCKET).key("slot").ifNoneMatch("*"),
                RequestBody.fromString(text));
    }

    private static S3Client client(S3Server server, S3Credentials credentials) {
        return S3Client.builder()
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create(
                                        credentials.accessKeyId(), credentials.secretAccessKey())))
                .build();
    }
}
