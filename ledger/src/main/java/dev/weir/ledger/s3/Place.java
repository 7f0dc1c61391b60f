package dev.weir.ledger.s3;

import dev.weir.ledger.Seen;
import java.util.regex.Pattern;

/** A key in a bucket. */
record Place(String bucket, String key) {

    private static final Pattern LOCATION = Pattern.compile("s3[an]?://([^/]+)(?:/(.*))?");

    /** What is no {@code s3://bucket/key} can't be looked at: Unreachable. */
    static Seen<Place> of(String location) {
        var match = LOCATION.matcher(location);
        return match.matches()
                ? Seen.present(
                        new Place(match.group(1), match.group(2) == null ? "" : match.group(2)))
                : Seen.unreachable("a location is s3://bucket/key, this is not: " + location);
    }

    @Override
    public String toString() {
        return "s3://" + bucket + "/" + key;
    }
}
