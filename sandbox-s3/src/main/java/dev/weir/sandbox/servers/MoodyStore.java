package dev.weir.sandbox.servers;

import java.io.InputStream;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * The objects behind an {@link S3Server}, which can be told to misbehave in the ways that the
 * ledger is on its guard against. It begins sound, and what it holds stays as it is.
 */
final class MoodyStore extends ForwardingBlobStore {

    private static final int FORBIDDEN = 403;

    private volatile StoreMood mood = StoreMood.SOUND;

    MoodyStore(BlobStore sound) {
        super(sound);
    }

    void mood(StoreMood now) {
        mood = now;
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest put, InputStream content) {
        return switch (mood) {
            case SOUND -> super.putBlob(put, content);
            case DENIES_WRITES -> throw S3Exceptions.fromStatusCode(FORBIDDEN);
            case LETS_ALL_WIN -> super.putBlob(put.toBuilder().ifNoneMatch(null).build(), content);
        };
    }
}
