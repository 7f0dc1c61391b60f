package dev.weir.simulation;

import dev.weir.ledger.LedgerStore.Creation;
import dev.weir.ledger.LedgerStore.Deletion;
import dev.weir.ledger.Seen;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The object store as it truly is; what goes wrong on the way to it is {@link StoreLink}'s. The
 * oracles see each change of the ledger and of users' savepoints, and each deletion of state before
 * it is done.
 */
final class Bucket {

    private record Stored(String content, long since) {}

    private final World world;
    private final LedgerOracle oracle;
    private final SavepointOracle savepoints;
    private final TreeMap<String, Stored> objects = new TreeMap<>();
    private final Map<String, Snapshot> snapshots = new HashMap<>();
    private final Set<String> files = new HashSet<>();
    private boolean unsound;
    private long outageUntil;

    Bucket(World world, LedgerOracle oracle, SavepointOracle savepoints) {
        this.world = world;
        this.oracle = oracle;
        this.savepoints = savepoints;
    }

    /** Whether it knows no condition: whoever creates has created. */
    void unsound(boolean now) {
        unsound = now;
    }

    void outage(long millis) {
        outageUntil = Math.max(outageUntil, world.agenda().millis() + millis);
    }

    void mend() {
        unsound = false;
        outageUntil = 0;
    }

    boolean isOut() {
        return world.agenda().millis() < outageUntil;
    }

    Creation create(String key, String content) {
        var there = objects.get(key);
        if (there != null && !unsound) {
            return new Creation.Exists();
        }
        objects.put(key, new Stored(content, world.agenda().millis()));
        if (there != null) {
            world.faults().struck(Fault.STORE_UNSOUND, key);
        }
        if (key.startsWith("ledger/")) {
            oracle.created(key, content, there != null);
            savepoints.recorded(key, content);
        }
        return new Creation.Created();
    }

    Seen<String> read(String key) {
        var there = objects.get(key);
        return there == null ? Seen.absent() : Seen.present(there.content());
    }

    /**
     * @param blindFor keys younger than this many milliseconds are not listed yet
     */
    Seen<List<String>> list(String prefix, int limit, long blindFor) {
        var before = world.agenda().millis() - blindFor;
        return Seen.present(
                objects.tailMap(prefix, true).entrySet().stream()
                        .takeWhile(e -> e.getKey().startsWith(prefix))
                        .filter(e -> e.getValue().since() <= before)
                        .map(Map.Entry::getKey)
                        .limit(limit)
                        .toList());
    }

    Seen<Long> metadataSize(String location) {
        return snapshots.containsKey(location) ? Seen.present(100L) : Seen.absent();
    }

    Deletion delete(String key) {
        if (key.startsWith("ledger/")) {
            oracle.deletes(key);
        }
        objects.remove(key);
        return new Deletion.Deleted();
    }

    /** The last of those that are whole and begin with the prefix, in the order of their keys. */
    Seen<String> find(String prefix) {
        return snapshots().stream()
                .map(Snapshot::location)
                .filter(location -> location.startsWith(prefix))
                .max(Comparator.naturalOrder())
                .map(Seen::present)
                .orElseGet(Seen::absent);
    }

    /** A user's savepoint is about to be taken. */
    void begins(String location) {
        savepoints.begins(location);
    }

    void put(Snapshot snapshot) {
        savepoints.written(snapshot.location());
        snapshots.put(snapshot.location(), snapshot);
        files.addAll(snapshot.files());
    }

    /** Empty if it, or a file that it needs, is gone. */
    Optional<Snapshot> snapshot(String location) {
        return Optional.ofNullable(snapshots.get(location))
                .filter(found -> files.containsAll(found.files()));
    }

    void discard(String location, Collection<String> unshared) {
        oracle.discards(location, unshared, this::snapshot);
        savepoints.erased(location);
        snapshots.remove(location);
        files.removeAll(unshared);
    }

    /** Keys of the ledger, in order. */
    List<String> ledgerKeys() {
        return objects.tailMap("ledger/", true).keySet().stream()
                .takeWhile(key -> key.startsWith("ledger/"))
                .toList();
    }

    Collection<Snapshot> snapshots() {
        return List.copyOf(new TreeMap<>(snapshots).values());
    }
}
