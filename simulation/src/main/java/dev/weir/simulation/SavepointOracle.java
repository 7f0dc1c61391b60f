package dev.weir.simulation;

import dev.weir.crds.Reason;
import dev.weir.crds.SavepointPhase;
import dev.weir.crds.SavepointStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Judges what becomes of users' savepoints when it happens: what is written into the bucket, what
 * the ledger names, and what statuses say.
 */
final class SavepointOracle {

    /** What the locations of users' savepoints begin with; no stop's does. */
    static final String PREFIX = "savepoints/svp-";

    /** What a process may miss that looked just before. */
    private static final long LOOK = 5_000;

    private final World world;
    private final LedgerOracle ledger;
    private final TreeMap<String, Long> whole = new TreeMap<>();
    private final Map<String, String> told = new HashMap<>();
    private final Map<String, Instant> asked = new HashMap<>();

    SavepointOracle(World world, LedgerOracle ledger) {
        this.world = world;
        this.ledger = ledger;
    }

    /** Where a resource's attempt of one term stands. */
    static String directory(String uid, long term) {
        return prefix(uid) + "%019d/".formatted(term);
    }

    static String prefix(String uid) {
        return "savepoints/" + uid + "/";
    }

    static long term(String location) {
        return Long.parseLong(location.split("/")[2]);
    }

    /** The user has created the resource. */
    void asked(String uid) {
        asked.put(uid, world.agenda().now());
    }

    /** A job begins to take one; a zombie is not asked what it has missed. */
    void begins(String location) {
        var all = location.substring(0, location.indexOf('/', PREFIX.length()) + 1);
        var since = world.agenda().millis() - LOOK;
        whole.tailMap(all).entrySet().stream()
                .filter(known -> known.getKey().startsWith(all) && known.getValue() < since)
                .filter(_ -> term(location) == ledger.newestTerm())
                .findFirst()
                .ifPresent(
                        known -> {
                            throw Invariant.SAVEPOINT_TAKEN_ONCE.broken(
                                    location + " though there is " + known.getKey());
                        });
    }

    /** State was written whole. */
    void written(String location) {
        if (location.startsWith(PREFIX)) {
            whole.put(location, world.agenda().millis());
        }
    }

    void erased(String location) {
        whole.remove(location);
    }

    /** A record of the ledger was written. */
    void recorded(String key, String content) {
        if (content.contains(PREFIX)) {
            throw Invariant.SAVEPOINT_IN_NO_LEDGER.broken(key + " holds " + content);
        }
    }

    /** A status was written. */
    void told(
            SavepointResource resource,
            SavepointStatus status,
            Function<String, Optional<Snapshot>> there) {
        if (saysOverdue(status)
                && world.agenda()
                        .now()
                        .isBefore(asked.get(resource.uid()).plus(resource.patience()))) {
            throw Invariant.SAVEPOINT_WAITED_FOR.broken(
                    resource.uid() + " was asked for at " + asked.get(resource.uid()));
        }
        if (status.phase() != SavepointPhase.COMPLETED) {
            return;
        }
        var before = told.putIfAbsent(resource.uid(), status.location());
        if (before != null && !before.equals(status.location())) {
            throw Invariant.SAVEPOINT_TOLD_ONCE.broken(
                    resource.uid() + " was at " + before + ", is at " + status.location());
        }
        if (resource.deletionAsked().isEmpty() && there.apply(status.location()).isEmpty()) {
            throw Invariant.SAVEPOINT_THERE_WHEN_SAID.broken(
                    resource.uid() + " is not at " + status.location());
        }
    }

    private static boolean saysOverdue(SavepointStatus status) {
        return status.conditions().stream()
                .anyMatch(claim -> claim.reason().equals(Reason.SAVEPOINT_OVERDUE.word()));
    }
}
