package dev.weir.simulation;

import dev.weir.crds.SavepointPhase;
import dev.weir.crds.SavepointStatus;
import dev.weir.operator.kubernetes.Written;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The Savepoints of the API server. Writes are as the operator's gateway makes them, with versions
 * checked; one that is deleted goes once our finalizer does not stand on it.
 */
final class SavepointShelf {

    /** Who is told of changes; empty: it is gone. */
    @FunctionalInterface
    interface Watcher {
        void savepointChanged(String uid, Optional<SavepointResource> now);
    }

    private final World world;
    private final Bucket bucket;
    private final SavepointOracle oracle;
    private final List<Watcher> watchers = new ArrayList<>();
    private final Map<String, SavepointResource> all = new TreeMap<>();
    private long version;
    private long uids;

    SavepointShelf(World world, Bucket bucket, SavepointOracle oracle) {
        this.world = world;
        this.bucket = bucket;
        this.oracle = oracle;
    }

    void watch(Watcher watcher) {
        watchers.add(watcher);
    }

    void forget(Watcher watcher) {
        watchers.remove(watcher);
    }

    List<SavepointResource> all() {
        return List.copyOf(all.values());
    }

    Optional<SavepointResource> of(String uid) {
        return Optional.ofNullable(all.get(uid));
    }

    /** The user asks for one. */
    void create(boolean erase, Duration patience) {
        var uid = "svp-%03d".formatted(++uids);
        world.trace().event("user", "asks for " + uid + (erase ? ", to be erased" : ""));
        oracle.asked(uid);
        all.put(uid, SavepointResource.created(uid, ++version, erase, patience));
        changed(uid);
    }

    /** The user changes the policy. */
    void turn(String uid) {
        change(uid, there -> there.erase(!there.erase(), ++version));
    }

    /** The user deletes it. */
    void delete(String uid) {
        change(
                uid,
                there ->
                        there.deletionAsked().isPresent()
                                ? there
                                : there.deleted(world.agenda().now(), ++version));
    }

    void wipeStatus(String uid) {
        change(uid, there -> there.status(Optional.empty(), ++version));
    }

    Written finalizer(SavepointResource known, boolean whether) {
        return write(known, there -> there.finalizer(whether, ++version));
    }

    Written status(SavepointResource known, SavepointStatus status) {
        var written = write(known, there -> there.status(Optional.of(status), ++version));
        if (written instanceof Written.Done) {
            oracle.told(known, status, bucket::snapshot);
        }
        return written;
    }

    private Written write(SavepointResource known, UnaryOperator<SavepointResource> changing) {
        var there = all.get(known.uid());
        if (there == null) {
            return new Written.Refused("not found");
        }
        if (there.version() != known.version()) {
            return new Written.Conflict();
        }
        change(known.uid(), changing);
        return new Written.Done();
    }

    private void change(String uid, UnaryOperator<SavepointResource> changing) {
        all.computeIfPresent(
                uid,
                (_, there) -> {
                    var now = changing.apply(there);
                    return now.deletionAsked().isPresent() && !now.finalizer() ? null : now;
                });
        changed(uid);
    }

    private void changed(String uid) {
        var now = of(uid);
        List.copyOf(watchers).forEach(w -> w.savepointChanged(uid, now));
    }

    /**
     * One that has not come to what it has to come to; a job that does not run keeps them waiting,
     * one that is gone lets those go that are deleted, and has those fail that wait no longer.
     */
    Optional<SavepointResource> unsettled(boolean running, boolean gone) {
        return all().stream()
                .filter(
                        one ->
                                one.deletionAsked().isPresent()
                                        ? running || gone
                                        : (running || gone && one.isImpatient()) && !isSettled(one))
                .findFirst();
    }

    private static boolean isSettled(SavepointResource one) {
        return one.status().map(SavepointStatus::phase).filter(SavepointPhase::settled).isPresent();
    }
}
