package dev.weir.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ledger.Appending;
import dev.weir.ledger.Bound;
import dev.weir.ledger.LedgerRecord.Rolled;
import dev.weir.ledger.LedgerStore.Creation;
import dev.weir.ledger.LedgerStore.Deletion;
import dev.weir.ledger.Seen;
import dev.weir.ledger.Slot;
import dev.weir.ledger.StepRunner;
import dev.weir.ledger.s3.S3Access;
import dev.weir.ledger.s3.S3LedgerStore;
import dev.weir.sandbox.servers.ListenAddress;
import dev.weir.sandbox.servers.S3Credentials;
import dev.weir.sandbox.servers.S3Server;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;

/** Each fault is one that the ledger's own client meets, and none but that. */
class FaultyStoreTest {

    private static final String HOST = "127.0.0.1";

    private S3Server s3;
    private FaultyStore faulty;
    private S3Client client;
    private S3LedgerStore store;

    @BeforeEach
    void aStoreBehindIt(@TempDir Path directory) throws Exception {
        s3 = S3Server.start(ListenAddress.free(HOST), directory, S3Credentials.TEST);
        s3.createBucket("weir");
        faulty = FaultyStore.before(s3.endpoint().toString());
        client =
                new S3Access("us-east-1", Optional.of(URI.create(faulty.endpoint())), true)
                        .client(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create(
                                                S3Credentials.TEST.accessKeyId(),
                                                S3Credentials.TEST.secretAccessKey())));
        store = S3LedgerStore.at(URI.create("s3://weir/job"), client);
    }

    @AfterEach
    void end() {
        client.close();
        faulty.close();
        s3.close();
    }

    @Test
    void withoutAFaultTheStoreIsAsItIs() {
        assertThat(store.create("ledger/a", "one")).isEqualTo(new Creation.Created());
        assertThat(store.create("ledger/a", "two")).isEqualTo(new Creation.Exists());
        assertThat(store.read("ledger/a")).isEqualTo(Seen.present("one"));
        assertThat(store.list("ledger/", 10)).isEqualTo(Seen.present(List.of("ledger/a")));
        assertThat(store.metadataSize("s3://weir/job/ledger")).isEqualTo(Seen.absent());
        assertThat(store.delete("ledger/a")).isEqualTo(new Deletion.Deleted());
        assertThat(store.read("ledger/a")).isEqualTo(Seen.absent());
        assertThat(faulty.struck()).isZero();
    }

    @Test
    void aShutGateRefusesAndLetsInAgain() throws Exception {
        faulty.gate().shut();
        assertThat(unreachable("ledger/a")).contains("refused");
        assertThat(faulty.gate().knockFor(Duration.ofMillis(600))).isPositive();
        faulty.gate().open();
        assertThat(store.read("ledger/a")).isEqualTo(Seen.absent());
    }

    @Test
    void anOverloadedStoreSaysSo() {
        faulty.suffer(new StoreFault.Overloaded());
        assertThat(unreachable("ledger/a")).contains("503 SlowDown");
        assertThat(store.create("ledger/a", "one")).isInstanceOf(Creation.Undecided.class);
        assertThat(store.metadataSize("s3://weir/job/chk-1")).isInstanceOf(Seen.Unreachable.class);
        assertThat(faulty.struck()).isEqualTo(3);
        faulty.suffer(new StoreFault.None());
        assertThat(store.read("ledger/a")).isEqualTo(Seen.absent());
    }

    @Test
    void aStoreThatNeverAnswersIsGivenUpAndHasDoneNothing() {
        faulty.suffer(new StoreFault.NeverAnswers());
        assertThat(store.create("ledger/a", "one")).isInstanceOf(Creation.Undecided.class);
        faulty.suffer(new StoreFault.None());
        assertThat(store.read("ledger/a")).isEqualTo(Seen.absent());
        assertThat(faulty.struck()).isEqualTo(1);
    }

    @Test
    void aStoreThatAnswersLateHasDoneWhatItWasAsked() {
        faulty.suffer(new StoreFault.AnswersAfter(Duration.ofSeconds(3)));
        assertThat(store.create("ledger/a", "one")).isInstanceOf(Creation.Undecided.class);
        faulty.suffer(new StoreFault.AnswersAfter(Duration.ofMillis(200)));
        assertThat(store.read("ledger/a")).isEqualTo(Seen.present("one"));
        assertThat(faulty.struck()).isEqualTo(2);
    }

    @Test
    void rule1_anAppendWhoseAnswerIsLostIsFoundWritten() throws Exception {
        faulty.suffer(new StoreFault.AppendsUnanswered());
        var append =
                Appending.append(
                        new Slot(1, 7), new Rolled("writer", Instant.EPOCH), Bound.standard());
        assertThat(new StepRunner(store).run(append)).isEqualTo(new Appending.Written());
        assertThat(faulty.struck()).isEqualTo(1);
    }

    private String unreachable(String key) {
        return store.read(key) instanceof Seen.Unreachable<String>(var cause) ? cause : "";
    }
}
