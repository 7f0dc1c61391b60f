package dev.weir.e2e.node;

import dev.weir.ledger.LedgerJson;
import dev.weir.ledger.LedgerRecord;
import dev.weir.ledger.Seen;
import dev.weir.ledger.Slot;
import dev.weir.sandbox.servers.S3Credentials;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The test store as an outsider sees it: what stands in it, and what a job's ledger says. Never
 * writes.
 */
public final class Bucket implements AutoCloseable {

    private final S3Client s3;
    private final String name;

    public Bucket(String endpoint, String name) {
        this.name = name;
        this.s3 = client(endpoint);
    }

    /** Of the test store, with its own credentials. */
    public static S3Client client(String endpoint) {
        return S3Client.builder()
                .endpointOverride(URI.create(endpoint))
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create(
                                        S3Credentials.TEST.accessKeyId(),
                                        S3Credentials.TEST.secretAccessKey())))
                .build();
    }

    /** All keys that begin with {@code prefix}, in order. */
    public List<String> keys(String prefix) {
        return s3
                .listObjectsV2Paginator(request -> request.bucket(name).prefix(prefix))
                .contents()
                .stream()
                .map(S3Object::key)
                .toList();
    }

    public Optional<String> text(String key) {
        try {
            return Optional.of(
                    s3.getObjectAsBytes(request -> request.bucket(name).key(key))
                            .asString(StandardCharsets.UTF_8));
        } catch (NoSuchKeyException _) {
            return Optional.empty();
        }
    }

    /** Whether an object of the bucket is there, by its URI. */
    public boolean exists(String uri) {
        String key = uri.substring(("s3://" + name + "/").length());
        return keys(key).contains(key);
    }

    /** The ledger of a job, oldest record first. */
    public List<Entry> ledger(String namespace, String job) {
        String root = root(namespace, job);
        return keys(root + "ledger/").stream()
                .filter(key -> key.endsWith(".json"))
                .flatMap(key -> at(root, slot(key.substring(root.length()))).stream())
                .toList();
    }

    /**
     * What stands behind a slot of it, and nothing else is read or listed: looks are many, and
     * ledgers long. A term's last record was there before the next term's claim was.
     */
    public List<Entry> ledgerAfter(String namespace, String job, Slot slot) {
        String root = root(namespace, job);
        List<Entry> found = new ArrayList<>();
        Slot last = slot;
        while (true) {
            Optional<Entry> next = at(root, last.next());
            if (next.isEmpty()) {
                Optional<Entry> claim = at(root, new Slot(last.term() + 1, 0));
                next = at(root, last.next()).or(() -> claim);
            }
            if (next.isEmpty()) {
                return List.copyOf(found);
            }
            found.add(next.get());
            last = next.get().slot();
        }
    }

    private Optional<Entry> at(String root, Slot slot) {
        return text(root + slot.key()).map(text -> new Entry(slot, record(slot, text)));
    }

    @Override
    public void close() {
        s3.close();
    }

    private static String root(String namespace, String job) {
        return namespace + "/" + job + "/";
    }

    private static Slot slot(String key) {
        String[] parts = key.replace(".json", "").split("/");
        return new Slot(Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    }

    private static LedgerRecord record(Slot slot, String text) {
        return switch (LedgerJson.read(text)) {
            case Seen.Present<LedgerRecord>(LedgerRecord record) -> record;
            case Seen.Absent<LedgerRecord>() -> throw new IllegalStateException(slot + " is empty");
            case Seen.Unreachable<LedgerRecord>(String cause) ->
                    throw new IllegalStateException(slot + ": " + cause);
        };
    }

    /** One record and its place. */
    public record Entry(Slot slot, LedgerRecord record) {}
}
