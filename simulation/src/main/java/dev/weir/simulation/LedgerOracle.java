package dev.weir.simulation;

import dev.weir.ledger.LedgerJson;
import dev.weir.ledger.LedgerRecord;
import dev.weir.ledger.LedgerRecord.Checkpoint;
import dev.weir.ledger.LedgerRecord.Claim;
import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.ledger.LedgerRecord.Closed;
import dev.weir.ledger.LedgerRecord.Ended;
import dev.weir.ledger.LedgerRecord.Finished;
import dev.weir.ledger.LedgerRecord.Rolled;
import dev.weir.ledger.LedgerRecord.Sealed;
import dev.weir.ledger.LedgerRecord.Tombstone;
import dev.weir.ledger.RestorePoint;
import dev.weir.ledger.Seen;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Judges each change of the ledger when it happens, by what the design promises and not by the
 * rules' own code: it keeps every record that was ever written, in plain lists, and looks at them
 * as a reader of the design would.
 */
final class LedgerOracle {

    private final World world;
    private final TreeMap<Long, List<LedgerRecord>> terms = new TreeMap<>();
    private final Map<String, Long> expected = new HashMap<>();
    private final Set<String> claimed = new HashSet<>();
    private final Map<Long, String> runs = new HashMap<>();
    private final Makers makers = new Makers();
    private final Rollouts rollouts = new Rollouts();
    private long highestId;

    LedgerOracle(World world) {
        this.world = world;
    }

    /** An operator sends this activate. */
    void asked(String command, long expectedTerm) {
        expected.put(command, expectedTerm);
    }

    /** A process deploys the term's job. */
    void deploys(long term, String boot) {
        var before = runs.putIfAbsent(term, boot);
        if (before != null) {
            throw Invariant.TERM_OWNED_ONCE.broken(
                    "term " + term + " runs in " + before + " and in " + boot);
        }
    }

    void created(String key, String content, boolean overwrites) {
        var parts = key.split("[/.]");
        long term = Long.parseLong(parts[1]);
        long slot = Long.parseLong(parts[2]);
        if (overwrites) {
            throw Invariant.SLOT_WRITTEN_ONCE.broken(key + " is overwritten by " + content);
        }
        if (!(LedgerJson.read(content) instanceof Seen.Present<LedgerRecord>(var record))) {
            throw Invariant.SLOTS_IN_ORDER.broken(key + " can't be read: " + content);
        }
        if (isErased(term, slot)) {
            return;
        }
        world.trace().event("ledger " + term + "/" + slot, brief(record));
        if (slot == 0) {
            begins(term, record);
            terms.put(term, new ArrayList<>(List.of(record)));
        } else {
            continues(term, slot, record);
            terms.get(term).add(record);
        }
    }

    /**
     * A late request that met a slot which was written and erased since: nobody reads that term any
     * more, and the next one's claim, which is never erased, tells its writer that it lost.
     */
    private boolean isErased(long term, long slot) {
        return slot < terms.getOrDefault(term, List.of()).size() && terms.containsKey(term + 1);
    }

    private void begins(long term, LedgerRecord record) {
        if (term > 1 && !terms.containsKey(term - 1)) {
            throw Invariant.SLOTS_IN_ORDER.broken("term " + term + " without the one before");
        }
        var before = Optional.ofNullable(terms.get(term - 1));
        if (before.isPresent() && !isOver(before.get())) {
            throw Invariant.TERM_ENDS_BEFORE_THE_NEXT.broken(
                    "term " + term + " begins while the one before is open");
        }
        switch (record) {
            case Claim claim -> {
                decided(term, claim, before);
                owned(claim, before);
                makers.claimed(term, claim);
                rollouts.claimed(term, claim);
                commanded(term, claim);
            }
            case Tombstone stone -> {
                if (before.isEmpty()
                        || !(before.get().getFirst() instanceof Claim claim)
                        || !claim.jobUid().equals(stone.jobUid())) {
                    throw Invariant.OWN_LEDGER.broken(
                            "a tombstone of " + stone.jobUid() + " after another job's term");
                }
                rollouts.buried();
            }
            case Checkpoint _, Sealed _, Rolled _, Ended _, Closed _, Finished _ ->
                    throw Invariant.SLOTS_IN_ORDER.broken("a term begins with " + record);
        }
    }

    private void decided(long term, Claim claim, Optional<List<LedgerRecord>> before) {
        var empty = before.isEmpty() || before.get().getFirst() instanceof Tombstone;
        if (empty) {
            return;
        }
        var right = decided(before.get());
        if (claim.from() instanceof RestorePoint.Fresh && !(right instanceof RestorePoint.Fresh)) {
            throw Invariant.FRESH_ONLY_WHEN_EMPTY.broken(
                    "term " + term + " begins afresh, " + right + " was decided");
        }
        if (!claim.from().equals(right)) {
            throw Invariant.RESTORE_POINT_DECIDED.broken(
                    "term " + term + " restores " + claim.from() + ", decided was " + right);
        }
    }

    private static void owned(Claim claim, Optional<List<LedgerRecord>> before) {
        if (before.isPresent()
                && before.get().getFirst() instanceof Claim earlier
                && !earlier.jobUid().equals(claim.jobUid())
                && !isDeleted(before.get())) {
            throw Invariant.OWN_LEDGER.broken(
                    claim.jobUid() + " claims the ledger of " + earlier.jobUid());
        }
    }

    /** A roll carries the command of the claim that it goes on with. */
    private void commanded(long term, Claim claim) {
        if (claim.jobIdTerm() != term) {
            return;
        }
        var asked = expected.get(claim.command());
        if (asked != null && asked + 1 != term || !claimed.add(claim.command())) {
            throw Invariant.EXPECTED_TERM_CLAIMED.broken(
                    "term " + term + " by a command that expected " + asked);
        }
    }

    private void continues(long term, long slot, LedgerRecord record) {
        var records = terms.get(term);
        if (records == null || records.size() != slot) {
            throw Invariant.SLOTS_IN_ORDER.broken("slot " + slot + " of term " + term);
        }
        var last = records.getLast();
        var mayFollow =
                isOver(records)
                        ? last instanceof Closed && record instanceof Finished
                        : !(record instanceof Finished);
        if (!mayFollow) {
            throw Invariant.ENDED_TERM_IS_QUIET.broken(
                    "term " + term + ": " + brief(record) + " after " + brief(last));
        }
        var owner = records.getFirst().writer();
        switch (record) {
            case Checkpoint c -> {
                owners(owner, record);
                grows(c.id());
                makers.made(c.restorePoint(), term);
                rollouts.made();
            }
            case Rolled _, Finished _, Ended _ -> owners(owner, record);
            case Closed c when c.reason() != CloseReason.DELETION || c.writer().equals(owner) -> {
                owners(owner, record);
                c.savepoint()
                        .filter(s -> !s.equals(decided(records)))
                        .ifPresent(
                                s -> {
                                    grows(s.id());
                                    makers.made(s, term);
                                    rollouts.made();
                                });
            }
            case Closed _, Sealed _ -> {
                // Anybody who may claim or delete.
            }
            case Claim _, Tombstone _ ->
                    throw Invariant.SLOTS_IN_ORDER.broken(record + " in slot " + slot);
        }
    }

    private static void owners(String owner, LedgerRecord record) {
        if (!record.writer().equals(owner)) {
            throw Invariant.OWNER_ALONE_APPENDS.broken(record + " in a term of " + owner);
        }
    }

    private void grows(long id) {
        if (id <= highestId) {
            throw Invariant.IDS_GROW.broken(id + " after " + highestId);
        }
        highestId = id;
    }

    /**
     * Rules 7 and 10: claims and what ended a term stay; the rest only goes once a term follows.
     */
    void deletes(String key) {
        var parts = key.split("[/.]");
        long term = Long.parseLong(parts[1]);
        long slot = Long.parseLong(parts[2]);
        var records = terms.get(term);
        var ends = records.getLast() instanceof Finished ? 2 : 1;
        if (slot == 0 || slot >= records.size() - ends || !terms.containsKey(term + 1)) {
            throw Invariant.CLAIMS_KEPT.broken("deletes " + key);
        }
    }

    private boolean isBuried() {
        return !terms.isEmpty() && terms.lastEntry().getValue().getFirst() instanceof Tombstone;
    }

    /** State is about to be deleted: no claim may need it. */
    void discards(
            String location,
            Collection<String> unshared,
            Function<String, Optional<Snapshot>> snapshots) {
        if (terms.isEmpty() || isBuried()) {
            return;
        }
        location(decided(terms.lastEntry().getValue()))
                .filter(
                        needed ->
                                needed.equals(location)
                                        || snapshots
                                                .apply(needed)
                                                .filter(
                                                        s ->
                                                                s.files().stream()
                                                                        .anyMatch(
                                                                                unshared::contains))
                                                .isPresent())
                .ifPresent(
                        needed -> {
                            throw Invariant.NOTHING_NEEDED_DELETED.broken(
                                    location + " goes with " + unshared + "; decided is " + needed);
                        });
    }

    /**
     * The restore point that a claim of the next term has to take; empty: none, or none any more.
     */
    Optional<RestorePoint> decided() {
        return terms.isEmpty() || isBuried()
                ? Optional.empty()
                : Optional.of(decided(terms.lastEntry().getValue()));
    }

    /** Whether the ledger ends as a deletion leaves it, or never was this job's. */
    boolean isClosedFor(String jobUid, boolean erased) {
        if (terms.isEmpty()) {
            return true;
        }
        var newest = terms.lastEntry().getValue();
        return switch (newest.getFirst()) {
            case Tombstone _ -> true;
            case Claim c when !c.jobUid().equals(jobUid) -> true;
            case LedgerRecord _ -> !erased && isDeleted(newest);
        };
    }

    boolean isClaimedBy(String jobUid) {
        return !terms.isEmpty()
                && terms.lastEntry().getValue().getFirst() instanceof Claim c
                && c.jobUid().equals(jobUid);
    }

    /** Whether the newest claim is another job's, and its ledger open to nobody else. */
    boolean isForeignTo(String jobUid) {
        return !terms.isEmpty()
                && terms.lastEntry().getValue().getFirst() instanceof Claim c
                && !c.jobUid().equals(jobUid)
                && !isDeleted(terms.lastEntry().getValue());
    }

    Rollouts rollouts() {
        return rollouts;
    }

    long newestTerm() {
        return terms.isEmpty() ? 0 : terms.lastKey();
    }

    static Optional<String> location(RestorePoint point) {
        return switch (point) {
            case RestorePoint.Fresh() -> Optional.empty();
            case RestorePoint.Checkpoint(_, var location) -> Optional.of(location);
            case RestorePoint.Savepoint(_, var location) -> Optional.of(location);
        };
    }

    private static RestorePoint decided(List<LedgerRecord> records) {
        for (var record : records.reversed()) {
            if (record instanceof Checkpoint(_, _, var id, var location, _)) {
                return new RestorePoint.Checkpoint(id, location);
            }
            if (record instanceof Closed closed && closed.savepoint().isPresent()) {
                return closed.savepoint().get();
            }
            if (record instanceof Claim claim) {
                return claim.from();
            }
        }
        return new RestorePoint.Fresh();
    }

    private static boolean isOver(List<LedgerRecord> records) {
        return switch (records.getLast()) {
            case Sealed _, Rolled _, Ended _, Closed _, Finished _, Tombstone _ -> true;
            case Claim _, Checkpoint _ -> false;
        };
    }

    private static boolean isDeleted(List<LedgerRecord> records) {
        return records.getFirst() instanceof Tombstone
                || records.stream()
                        .anyMatch(r -> r instanceof Closed c && c.reason() == CloseReason.DELETION);
    }

    private static String brief(LedgerRecord record) {
        return switch (record) {
            case Claim c ->
                    "claim by "
                            + c.podUid()
                            + " ("
                            + c.writer()
                            + ") of "
                            + c.revision()
                            + " from "
                            + c.from();
            case Checkpoint c -> "checkpoint " + c.id();
            case Sealed s -> "sealed by " + s.by();
            case Rolled _ -> "rolled";
            case Ended e -> "ended: " + e.how();
            case Closed c -> "closed for " + c.reason() + " with " + c.savepoint();
            case Finished _ -> "finished";
            case Tombstone _ -> "tombstone";
        };
    }
}
