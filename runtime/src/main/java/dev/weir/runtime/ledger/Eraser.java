package dev.weir.runtime.ledger;

import dev.weir.ledger.Bound;
import dev.weir.ledger.Erasable;
import dev.weir.ledger.Erasable.Area;
import dev.weir.ledger.JobStore;
import dev.weir.ledger.LedgerStore.Deletion;
import dev.weir.ledger.Seen;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Deletes a buried job's files, or a savepoint's (rule 10), a page at a time, so that it needs no
 * more memory for many than for few.
 *
 * <ol>
 *   <li>Nothing is remembered: what is gone is not listed again, so a sweep that broke off is gone
 *       on with by starting over, in this process or another.
 *   <li>A store that does not answer is asked again inside a bound; then the sweep is given up,
 *       with its cause.
 *   <li>The files are gone when a sweep finds none: one sweep alone would miss what a fenced owner
 *       wrote behind it, and believe a store that does not delete.
 * </ol>
 */
public final class Eraser {

    private final JobStore store;
    private final Bound bound;

    /**
     * @param bound how often a question is asked again, and how many sweeps may find something
     */
    public Eraser(JobStore store, Bound bound) {
        this.store = store;
        this.bound = bound;
    }

    /** How an erasure ended. */
    public sealed interface Erasure {}

    /** A whole sweep found nothing more. */
    public record Gone(long files) implements Erasure {}

    /** Some files may be left; to be asked again. */
    public record GaveUp(String cause) implements Erasure {}

    /**
     * @param tombstone the term that the tombstone stands in
     */
    public Erasure erase(long tombstone) throws InterruptedException {
        return sweeps(
                Arrays.stream(Area.values())
                        .map(
                                area ->
                                        new Part(
                                                area.prefix(),
                                                listed -> Erasable.page(area, listed, tombstone)))
                        .toList());
    }

    /** All attempts at a user's savepoint; of nothing else, whatever runs meanwhile. */
    public Erasure eraseSavepoint(String savepointUid) throws InterruptedException {
        return sweeps(List.of(new Part(SavepointPlace.prefix(savepointUid), Erasable::whole)));
    }

    /** What is below a prefix, and which of it goes. */
    private record Part(String prefix, Function<List<String>, Erasable.Page> choice) {}

    private Erasure sweeps(List<Part> parts) throws InterruptedException {
        long files = 0;
        for (int sweep = 0; sweep < bound.tries(); sweep++) {
            switch (sweep(parts)) {
                case Gone(var found) when found == 0 -> {
                    return new Gone(files);
                }
                case Gone(var found) -> files += found;
                case GaveUp gaveUp -> {
                    return gaveUp;
                }
            }
        }
        return new GaveUp(
                "after " + bound.tries() + " sweeps there still are files: " + files + " so far");
    }

    private Erasure sweep(List<Part> parts) throws InterruptedException {
        long files = 0;
        for (Part part : parts) {
            Optional<String> after = Optional.of("");
            while (after.isPresent()) {
                switch (page(part, after.get())) {
                    case Seen.Present<Erasable.Page>(var page) -> {
                        files += page.keys().size();
                        after = page.next();
                    }
                    case Seen.Absent<Erasable.Page>() -> {
                        return new GaveUp(part.prefix() + " was not listed");
                    }
                    case Seen.Unreachable<Erasable.Page>(var cause) -> {
                        return new GaveUp(cause);
                    }
                }
            }
        }
        return new Gone(files);
    }

    /** One page listed and deleted, asked again inside the bound. */
    private Seen<Erasable.Page> page(Part part, String after) throws InterruptedException {
        for (int left = bound.tries(); ; left--) {
            Seen<Erasable.Page> page =
                    store.listAfter(part.prefix(), after)
                            .flatMap(listed -> deleted(part.choice().apply(listed)));
            if (!(page instanceof Seen.Unreachable<Erasable.Page>) || left <= 1) {
                return page;
            }
            TimeUnit.NANOSECONDS.sleep(bound.pause().toNanos());
        }
    }

    private Seen<Erasable.Page> deleted(Erasable.Page page) {
        return switch (delete(page.keys())) {
            case Deletion.Deleted() -> Seen.present(page);
            case Deletion.Undecided(var cause) -> Seen.unreachable(cause);
        };
    }

    private Deletion delete(List<String> keys) {
        return keys.isEmpty() ? new Deletion.Deleted() : store.deleteAll(keys);
    }
}
