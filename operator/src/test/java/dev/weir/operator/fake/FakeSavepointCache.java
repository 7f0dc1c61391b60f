package dev.weir.operator.fake;

import dev.weir.crds.Savepoint;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The framework's cache of Savepoints, with its indexes worked out at each question. */
public final class FakeSavepointCache implements IndexerResourceCache<Savepoint> {

    private final List<Savepoint> all = new ArrayList<>();
    private final Map<String, Function<Savepoint, List<String>>> indexers = new HashMap<>();

    public void put(Savepoint savepoint) {
        all.add(savepoint);
    }

    @Override
    public void addIndexers(Map<String, Function<Savepoint, List<String>>> more) {
        indexers.putAll(more);
    }

    @Override
    public List<Savepoint> byIndex(String name, String key) {
        return all.stream().filter(one -> indexers.get(name).apply(one).contains(key)).toList();
    }

    @Override
    public Stream<Savepoint> list(String namespace, Predicate<Savepoint> which) {
        return list(which).filter(one -> one.getMetadata().getNamespace().equals(namespace));
    }

    @Override
    public Stream<Savepoint> list(Predicate<Savepoint> which) {
        return all.stream().filter(which);
    }

    @Override
    public Optional<Savepoint> get(ResourceID id) {
        return all.stream().filter(one -> ResourceID.fromResource(one).equals(id)).findFirst();
    }

    @Override
    public Stream<ResourceID> keys() {
        return all.stream().map(ResourceID::fromResource);
    }
}
