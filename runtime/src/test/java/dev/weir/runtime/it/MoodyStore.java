package dev.weir.runtime.it;

import java.io.InputStream;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** A store that can be told to misbehave in the ways that the ledger is on its guard against. */
final class MoodyStore extends ForwardingBlobStore {

    /** How it takes what is put into it. */
    enum Mood {
        SOUND,
        /** 403 on PUT, while everything may be read. */
        DENIES_WRITES,
        /** {@code If-None-Match} is overlooked, so that every creator wins. */
        LETS_ALL_WIN
    }

    private static final int FORBIDDEN = 403;

    private volatile Mood mood = Mood.SOUND;

    MoodyStore(BlobStore sound) {
        super(sound);
    }

    void mood(Mood now) {
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
