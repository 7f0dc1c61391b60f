package dev.weir.ledger;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Rules 7 and 10: which files of a buried job may go. Pure: keys in, keys out.
 *
 * <ol>
 *   <li>Only files that name a term before the tombstone. A later job of the same name goes on in
 *       the terms after it, so an eraser that slept and wakes can't touch what is that job's.
 *   <li>Of the ledger, each term's slot 0 and its last two slots stay: the claim, and what ended
 *       the term, which {@code finished} may follow.
 *   <li>A file whose name has no term is not the job's own: a savepoint that was made by hand
 *       stays.
 * </ol>
 */
public final class Erasable {

    /** What a term's last record and the one before it are kept by. */
    private static final int LAST_SLOTS = 2;

    private static final Pattern SLOT = Pattern.compile("ledger/(\\d{19})/(\\d{19})\\.json");
    private static final Pattern CHECKPOINT = Pattern.compile("checkpoints/(\\d{19})/.+");
    private static final Pattern SAVEPOINT = Pattern.compile("savepoints/(\\d{19})-[^/]*/.+");

    private Erasable() {}

    /** Where a buried job's files are, in the order in which they go: the ledger is last. */
    public enum Area {
        CHECKPOINTS("checkpoints/"),
        SAVEPOINTS("savepoints/"),
        LEDGER("ledger/");

        private final String prefix;

        Area(String prefix) {
            this.prefix = prefix;
        }

        public String prefix() {
            return prefix;
        }
    }

    /** A page of what goes as a whole, whatever its names say. */
    public static Page whole(List<String> listed) {
        return new Page(
                listed,
                listed.size() < JobStore.MOST ? Optional.empty() : Optional.of(listed.getLast()));
    }

    /**
     * What one page of a listing comes to.
     *
     * @param keys those that may go
     * @param next where the next page begins; empty: this was the last one
     */
    public record Page(List<String> keys, Optional<String> next) {
        public Page {
            keys = List.copyOf(keys);
        }
    }

    /**
     * @param listed keys of the area, in order, as {@link JobStore#listAfter} gave them
     * @param tombstone the term that the tombstone stands in
     */
    public static Page page(Area area, List<String> listed, long tombstone) {
        boolean last = listed.size() < JobStore.MOST;
        return switch (area) {
            case CHECKPOINTS -> files(CHECKPOINT, listed, tombstone, last);
            case SAVEPOINTS -> files(SAVEPOINT, listed, tombstone, last);
            case LEDGER -> slots(listed, tombstone, last);
        };
    }

    private static Page files(Pattern name, List<String> listed, long tombstone, boolean last) {
        return new Page(
                listed.stream().filter(key -> isBefore(name.matcher(key), tombstone)).toList(),
                last ? Optional.empty() : Optional.of(listed.getLast()));
    }

    private static boolean isBefore(Matcher name, long tombstone) {
        return name.matches() && Long.parseLong(name.group(1)) < tombstone;
    }

    /**
     * Whether a slot is one of its term's last is known once the next two keys are: where more
     * pages follow, the last two keys of this one wait for the next.
     */
    private static Page slots(List<String> listed, long tombstone, boolean last) {
        int decided = last ? listed.size() : listed.size() - LAST_SLOTS;
        var keys =
                IntStream.range(0, decided)
                        .filter(i -> isMiddle(listed, i, tombstone))
                        .mapToObj(listed::get)
                        .toList();
        return new Page(keys, last ? Optional.empty() : Optional.of(listed.get(decided - 1)));
    }

    private static boolean isMiddle(List<String> listed, int at, long tombstone) {
        var slot = SLOT.matcher(listed.get(at));
        if (!isBefore(slot, tombstone) || Long.parseLong(slot.group(2)) == 0) {
            return false;
        }
        var later = at + LAST_SLOTS;
        return later < listed.size()
                && listed.get(later).startsWith(Slot.prefix(Long.parseLong(slot.group(1))));
    }
}
