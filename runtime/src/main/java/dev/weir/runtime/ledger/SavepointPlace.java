package dev.weir.runtime.ledger;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a user's savepoint stands below the job's root, by the UID of its resource and the term it
 * is taken in. Every attempt of one resource is found under one prefix, and no two terms write into
 * one directory. Names of closing savepoints begin with a term of 19 digits, which no UID does.
 */
public record SavepointPlace(String savepointUid, long term) {

    private static final Pattern DIRECTORY =
            Pattern.compile(".*(?:^|/)savepoints/([^/]+)/(\\d{19})(?:/[^/]*)*");

    /** What the keys of all attempts of a resource begin with. */
    public static String prefix(String savepointUid) {
        return "savepoints/" + savepointUid + "/";
    }

    /**
     * The directory that the engine makes its own directory in.
     *
     * @param root of the job, without a slash at the end
     */
    public String directory(String root) {
        return root + "/" + prefix(savepointUid) + "%019d".formatted(term);
    }

    /** Read off that directory, or one or a key below it; empty: it is none of a user's. */
    public static Optional<SavepointPlace> of(String directory) {
        var match = DIRECTORY.matcher(directory);
        return match.matches()
                ? Optional.of(new SavepointPlace(match.group(1), Long.parseLong(match.group(2))))
                : Optional.empty();
    }
}
