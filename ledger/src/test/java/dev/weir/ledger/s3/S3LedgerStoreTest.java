package dev.weir.ledger.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ledger.JobStore;
import dev.weir.ledger.LedgerStore.Creation;
import dev.weir.ledger.LedgerStore.Deletion;
import dev.weir.ledger.LedgerStoreContract;
import dev.weir.ledger.Seen;
import dev.weir.ledger.Seen.Unreachable;
import dev.weir.sandbox.servers.ListenAddress;
import dev.weir.sandbox.servers.S3Credentials;
import dev.weir.sandbox.servers.S3Server;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The contract over HTTP, and what each refusal of a store is read as. */
final class S3LedgerStoreTest implements LedgerStoreContract {

    private static final String BUCKET = "weir";

    @TempDir static Path directory;
    private static S3Server s3;
    private static S3Client client;

    private final String root = "prefix/" + UUID.randomUUID();
    private final JobStore store =
            S3LedgerStore.at(URI.create("s3://" + BUCKET + "/" + root), client);

    @BeforeAll
    static void serve() throws Exception {
        s3 = S3Server.start(ListenAddress.free("127.0.0.1"), directory, S3Credentials.TEST);
        s3.createBucket(BUCKET);
        client = client(S3Credentials.TEST.secretAccessKey());
    }

    @AfterAll
    static void stop() {
        client.close();
        s3.close();
    }

    private static S3Client client(String secret) {
        var keys = AwsBasicCredentials.create(S3Credentials.TEST.accessKeyId(), secret);
        return new S3Access("us-east-1", Optional.of(s3.endpoint()), true)
                .client(StaticCredentialsProvider.create(keys));
    }

    @Override
    public JobStore store() {
        return store;
    }

    @Override
    public String writeMetadata(String checkpoint, int size) {
        var key = root + "/" + checkpoint;
        client.putObject(
                put -> put.bucket(BUCKET).key(key + "/_metadata"),
                RequestBody.fromBytes(new byte[size]));
        return "s3://" + BUCKET + "/" + key;
    }

    @Test
    void aListGoesOnOverPages() {
        IntStream.range(0, 1_005)
                .mapToObj(n -> store.create("ledger/%019d".formatted(n), Integer.toString(n)))
                .forEach(creation -> assertThat(creation).isEqualTo(new Creation.Created()));
        assertThat(store.list("ledger/", 1_003))
                .isInstanceOfSatisfying(
                        Seen.Present.class,
                        seen -> assertThat((List<?>) seen.value()).hasSize(1_003));
    }

    @Test
    void rule12_aMissingBucketIsUnreachableNotAbsentAndTheMessageSaysSo() {
        var elsewhere = new S3LedgerStore(client, "nowhere", "a/b");
        assertThat(elsewhere.create("k", "x")).isInstanceOf(Creation.Undecided.class);
        assertUnreachable(
                elsewhere.read("ledger/1"),
                "s3://nowhere/a/b/ledger/1",
                "there is no bucket nowhere");
        assertUnreachable(elsewhere.list("ledger/", 1), "nowhere", "there is no bucket nowhere");
        assertUnreachable(
                elsewhere.metadataSize("s3://nowhere/x"), "nowhere", "there is no bucket nowhere");
    }

    @Test
    void rule12_deniedIsUnreachableNotAbsentAndTheMessageSaysSo() {
        try (var denied = client("a wrong secret")) {
            var locked = new S3LedgerStore(denied, BUCKET, root);
            assertThat(locked.create("k", "x")).isInstanceOf(Creation.Undecided.class);
            assertUnreachable(locked.read("k"), BUCKET, "credentials (Signature");
            assertUnreachable(locked.list("", 1), BUCKET, "credentials (Signature");
            assertUnreachable(locked.listAfter("", ""), BUCKET, "credentials (Signature");
            assertThat(locked.deleteAll(List.of("k", "l"))).isInstanceOf(Deletion.Undecided.class);
            assertUnreachable(locked.metadataSize("s3://" + BUCKET + "/x"), "denies it");
        }
    }

    @Test
    void rule12_aLocationThatIsNoneIsUnreachable() {
        assertUnreachable(store.metadataSize("file:/tmp/x"), "s3://bucket/key");
    }

    @Test
    void rule1_aStoreThatNeverAnswersIsGivenUpInTimeAndAskedOnce() throws Exception {
        try (var silent = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
                var patient =
                        new S3Access(
                                        "us-east-1",
                                        Optional.of(
                                                URI.create(
                                                        "http://127.0.0.1:"
                                                                + silent.getLocalPort())),
                                        true)
                                .client(AnonymousCredentialsProvider.create())) {
            var mute = new S3LedgerStore(patient, BUCKET, root);
            var began = Instant.now();
            assertThat(mute.create("k", "x")).isInstanceOf(Creation.Undecided.class);
            assertThat(Duration.between(began, Instant.now()))
                    .isLessThan(S3Access.TIMEOUT.multipliedBy(2));
        }
    }

    private static void assertUnreachable(Seen<?> seen, String... words) {
        assertThat(seen)
                .isInstanceOfSatisfying(
                        Unreachable.class, u -> assertThat(u.cause()).contains(words));
    }
}
