package dev.weir.e2e.node;

import dev.weir.ledger.LedgerJson;
import dev.weir.ledger.LedgerRecord;
import dev.weir.ledger.Seen;
import dev.weir.ledger.Slot;
import dev.weir.sandbox.servers.S3Credentials;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
        this.s3 =
                S3Client.builder()
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

    /** The ledger of a job, oldest record first. */
    public List<Entry> ledger(String namespace, String job) {
        String root = namespace + "/" + job + "/ledger/";
        return keys(root).stream()
                .filter(key -> key.endsWith(".json"))
                .flatMap(
                        key ->
                                text(key)
                                        .map(text -> entry(key.substring(root.length()), text))
                                        .stream())
                .toList();
    }

    @Override
    public void close() {
        s3.close();
    }

    private static Entry entry(String place, String text) {
        String[] parts = place.replace(".json", "").split("/");
        Slot slot = new Slot(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
        return switch (LedgerJson.read(text)) {
            case Seen.Present<LedgerRecord>(LedgerRecord record) -> new Entry(slot, record);
            case Seen.Absent<LedgerRecord>() ->
                    throw new IllegalStateException(place + " is empty");
            case Seen.Unreachable<LedgerRecord>(String cause) ->
                    throw new IllegalStateException(place + ": " + cause);
        };
    }

    /** One record and its place. */
    public record Entry(Slot slot, LedgerRecord record) {}
}
