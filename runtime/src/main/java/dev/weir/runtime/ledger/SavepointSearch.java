package dev.weir.runtime.ledger;

import dev.weir.ledger.Bound;
import dev.weir.ledger.JobStore;
import dev.weir.ledger.Seen;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Looks for what an earlier attempt at a user's savepoint completed. Whoever asked for it may be
 * gone before Flink is done, so nobody's memory says it; the files do, by a metadata file that is
 * visible only when it is whole.
 *
 * <ol>
 *   <li>Where several are complete, the last one in the order of their keys is it, which is the
 *       newest term's: an older one is a zombie's, which finished it after the newer one was told.
 *   <li>A store that does not answer is asked again inside a bound. Then it is Unreachable, never
 *       Absent: a second savepoint would be taken otherwise.
 * </ol>
 */
public final class SavepointSearch {

    private static final String METADATA = "/_metadata";

    /** The character after a slash: greater than every key below a directory, and none of them. */
    private static final char AFTER_SLASH = '/' + 1;

    private final JobStore store;
    private final Bound bound;

    public SavepointSearch(JobStore store, Bound bound) {
        this.store = store;
        this.bound = bound;
    }

    /**
     * @return the directory that holds the metadata, below the job's root; Absent: none is complete
     */
    public Seen<String> complete(String savepointUid) throws InterruptedException {
        String prefix = SavepointPlace.prefix(savepointUid);
        Seen<String> newest = Seen.absent();
        String after = "";
        while (true) {
            switch (page(prefix, after)) {
                case Seen.Present<List<String>>(var keys) when !keys.isEmpty() -> {
                    String key = keys.getFirst();
                    String directory = key.substring(0, key.lastIndexOf('/'));
                    switch (metadata(directory)) {
                        case Seen.Present<String> found -> newest = found;
                        case Seen.Absent<String>() -> {}
                        case Seen.Unreachable<String> unknown -> {
                            return unknown;
                        }
                    }
                    boolean attempt = SavepointPlace.of(directory).isPresent();
                    after = attempt ? directory + AFTER_SLASH : key;
                }
                case Seen.Present<List<String>> _, Seen.Absent<List<String>> _ -> {
                    return newest;
                }
                case Seen.Unreachable<List<String>>(var cause) -> {
                    return Seen.unreachable(cause);
                }
            }
        }
    }

    private Seen<String> metadata(String directory) throws InterruptedException {
        String key = directory + METADATA;
        return page(key, "")
                .flatMap(keys -> keys.contains(key) ? Seen.present(directory) : Seen.absent());
    }

    private Seen<List<String>> page(String prefix, String after) throws InterruptedException {
        for (int left = bound.tries(); ; left--) {
            Seen<List<String>> page = store.listAfter(prefix, after);
            if (!(page instanceof Seen.Unreachable<List<String>>) || left <= 1) {
                return page;
            }
            TimeUnit.NANOSECONDS.sleep(bound.pause().toNanos());
        }
    }
}
