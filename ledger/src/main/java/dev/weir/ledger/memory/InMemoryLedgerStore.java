package dev.weir.ledger.memory;

import dev.weir.ledger.JobStore;
import dev.weir.ledger.Seen;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A store without faults, in memory: keeps the port's contract to the letter, and is safe for many
 * threads. What Flink would write ({@code _metadata}) is put in by {@link #putMetadata}.
 */
public final class InMemoryLedgerStore implements JobStore {

    private final ConcurrentNavigableMap<String, String> objects = new ConcurrentSkipListMap<>();
    private final ConcurrentNavigableMap<String, Long> metadata = new ConcurrentSkipListMap<>();

    @Override
    public Creation create(String key, String content) {
        return objects.putIfAbsent(key, content) == null
                ? new Creation.Created()
                : new Creation.Exists();
    }

    @Override
    public Seen<String> read(String key) {
        var content = objects.get(key);
        return content == null ? Seen.absent() : Seen.present(content);
    }

    @Override
    public Seen<List<String>> list(String prefix, int limit) {
        return Seen.present(
                objects.tailMap(prefix, true).keySet().stream()
                        .takeWhile(key -> key.startsWith(prefix))
                        .limit(limit)
                        .toList());
    }

    @Override
    public Seen<Long> metadataSize(String location) {
        var size = metadata.get(location);
        return size == null ? Seen.absent() : Seen.present(size);
    }

    @Override
    public Deletion delete(String key) {
        objects.remove(key);
        return new Deletion.Deleted();
    }

    @Override
    public Seen<List<String>> listAfter(String prefix, String after) {
        return Seen.present(
                objects.tailMap(prefix, true).keySet().stream()
                        .takeWhile(key -> key.startsWith(prefix))
                        .filter(key -> key.compareTo(after) > 0)
                        .limit(MOST)
                        .toList());
    }

    @Override
    public Deletion deleteAll(List<String> keys) {
        keys.forEach(objects::remove);
        return new Deletion.Deleted();
    }

    /** The {@code _metadata} under {@code location} is there from now on. */
    public void putMetadata(String location, long size) {
        metadata.put(location, size);
    }

    /** The {@code _metadata} under {@code location} is gone. */
    public void removeMetadata(String location) {
        metadata.remove(location);
    }
}
