package dev.weir.ledger.s3;

import dev.weir.ledger.JobStore;
import dev.weir.ledger.Seen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * One job's root in an S3-compatible bucket. Needs of the store: {@code PutObject} with {@code
 * If-None-Match: *}, {@code GetObject}, {@code HeadObject}, {@code ListObjectsV2}, {@code
 * DeleteObject}. The client must not retry and must have a time-out ({@link S3Access}).
 *
 * <p>Absent is said only where the store itself said that there is no such key in a bucket that it
 * knows; everything else that is no success is Unreachable or Undecided, with a message that names
 * bucket and key in the words of a {@link StoreFault}.
 */
public final class S3LedgerStore implements JobStore {

    /** Records have hundreds of bytes; what is larger is not ours, and is not read. */
    private static final long MAX_RECORD = 1 << 20;

    private static final int PAGE = 1_000;

    /** Deletions on their way at the same time. */
    private static final int DELETERS = 16;

    private final S3Client client;
    private final String bucket;
    private final String root;

    /**
     * @param client closed by whoever made it
     * @param prefix the job's root in the bucket, without slashes at its ends
     */
    public S3LedgerStore(S3Client client, String bucket, String prefix) {
        this.client = client;
        this.bucket = bucket;
        this.root = prefix.isEmpty() ? "" : prefix + "/";
    }

    /**
     * @param root {@code s3://bucket/prefix}, without a slash at the end
     * @throws IllegalArgumentException if it is none
     */
    public static S3LedgerStore at(URI root, S3Client client) {
        return switch (Place.of(root.toString())) {
            case Seen.Present<Place>(var place) ->
                    new S3LedgerStore(client, place.bucket(), place.key());
            case Seen.Absent<Place>() -> throw new IllegalArgumentException("no root given");
            case Seen.Unreachable<Place>(var cause) -> throw new IllegalArgumentException(cause);
        };
    }

    @Override
    public Creation create(String key, String content) {
        var place = new Place(bucket, root + key);
        try {
            client.putObject(
                    put ->
                            put.bucket(place.bucket())
                                    .key(place.key())
                                    .ifNoneMatch("*")
                                    .contentType("application/json"),
                    RequestBody.fromString(content, StandardCharsets.UTF_8));
            return new Creation.Created();
        } catch (SdkException e) {
            return status(e).filter(code -> code == 412).isPresent()
                    ? new Creation.Exists()
                    : new Creation.Undecided(Trouble.message("write", place, e));
        }
    }

    @Override
    public Seen<String> read(String key) {
        var place = new Place(bucket, root + key);
        try (var answer = client.getObject(get -> get.bucket(place.bucket()).key(place.key()))) {
            if (answer.response().contentLength() > MAX_RECORD) {
                return Seen.unreachable(
                        place + " has more than " + MAX_RECORD + " bytes: it is no ledger record");
            }
            return Seen.present(new String(answer.readAllBytes(), StandardCharsets.UTF_8));
        } catch (NoSuchKeyException _) {
            return Seen.absent();
        } catch (SdkException e) {
            return Seen.unreachable(Trouble.message("read", place, e));
        } catch (IOException | UncheckedIOException e) {
            return Seen.unreachable(
                    "the answer of " + place + " broke off: " + e.getMessage() + "; tried again");
        }
    }

    @Override
    public Seen<List<String>> list(String prefix, int limit) {
        return keys(prefix, Optional.empty(), limit);
    }

    @Override
    public Seen<List<String>> listAfter(String prefix, String after) {
        return keys(prefix, Optional.of(root + after).filter(_ -> !after.isEmpty()), MOST);
    }

    /** Goes on until there are {@code limit} keys or no more: a store may answer with fewer. */
    private Seen<List<String>> keys(String prefix, Optional<String> after, int limit) {
        var place = new Place(bucket, root + prefix);
        var keys = new ArrayList<String>();
        Optional<String> next = Optional.empty();
        try {
            do {
                var token = next;
                var page =
                        client.listObjectsV2(
                                l ->
                                        l.bucket(place.bucket())
                                                .prefix(place.key())
                                                .maxKeys(Math.min(PAGE, limit - keys.size()))
                                                .startAfter(after.orElse(null))
                                                .continuationToken(token.orElse(null)));
                page.contents().stream()
                        .map(S3Object::key)
                        .map(key -> key.substring(root.length()))
                        .limit(limit - (long) keys.size())
                        .forEach(keys::add);
                next =
                        Boolean.TRUE.equals(page.isTruncated())
                                ? Optional.ofNullable(page.nextContinuationToken())
                                : Optional.empty();
            } while (next.isPresent() && keys.size() < limit);
            return Seen.present(List.copyOf(keys));
        } catch (SdkException e) {
            return Seen.unreachable(Trouble.message("list", place, e));
        }
    }

    @Override
    public Seen<Long> metadataSize(String location) {
        return switch (Place.of(location + "/_metadata")) {
            case Seen.Present<Place>(var place) -> size(place);
            case Seen.Absent<Place>() -> Seen.absent();
            case Seen.Unreachable<Place>(var cause) -> Seen.unreachable(cause);
        };
    }

    private Seen<Long> size(Place place) {
        try {
            return Seen.present(
                    client.headObject(h -> h.bucket(place.bucket()).key(place.key()))
                            .contentLength());
        } catch (SdkException e) {
            return status(e).filter(code -> code == 404).isPresent()
                    ? missing(place)
                    : Seen.unreachable(Trouble.message("read", place, e));
        }
    }

    /**
     * The answer to HEAD has no body, so its 404 does not say whether key or bucket is missing: the
     * bucket is asked.
     */
    private Seen<Long> missing(Place place) {
        try {
            client.headBucket(h -> h.bucket(place.bucket()));
            return Seen.absent();
        } catch (SdkException e) {
            return Seen.unreachable(Trouble.message("read", place, e));
        }
    }

    @Override
    public Deletion delete(String key) {
        var place = new Place(bucket, root + key);
        try {
            client.deleteObject(d -> d.bucket(place.bucket()).key(place.key()));
            return new Deletion.Deleted();
        } catch (SdkException e) {
            return new Deletion.Undecided(Trouble.message("delete", place, e));
        }
    }

    /**
     * One request an object, many at once: DeleteObjects needs a checksum that stores disagree
     * about, and a thousand keys in one request may take longer than the client waits.
     */
    @Override
    public Deletion deleteAll(List<String> keys) {
        try (var deleters = Executors.newFixedThreadPool(DELETERS, Thread.ofVirtual().factory())) {
            var answers = keys.stream().map(key -> deleters.submit(() -> delete(key))).toList();
            for (var answer : answers) {
                if (answer.get() instanceof Deletion.Undecided undecided) {
                    // The rest would wait for the same silent store, each for its own time-out.
                    deleters.shutdownNow();
                    return undecided;
                }
            }
            return new Deletion.Deleted();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Deletion.Undecided("interrupted while deleting");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a deletion answers, and throws nothing", e);
        }
    }

    private static Optional<Integer> status(SdkException e) {
        return e instanceof AwsServiceException service
                ? Optional.of(service.statusCode())
                : Optional.empty();
    }
}
