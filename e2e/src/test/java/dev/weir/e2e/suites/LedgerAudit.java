package dev.weir.e2e.suites;

import dev.weir.e2e.node.Bucket;
import dev.weir.ledger.LedgerRecord;
import dev.weir.ledger.LedgerRecord.Checkpoint;
import dev.weir.ledger.LedgerRecord.Claim;
import dev.weir.ledger.LedgerRecord.Closed;
import dev.weir.ledger.LedgerRecord.Ended;
import dev.weir.ledger.LedgerRecord.Finished;
import dev.weir.ledger.LedgerRecord.Rolled;
import dev.weir.ledger.LedgerRecord.Sealed;
import dev.weir.ledger.LedgerRecord.Tombstone;
import dev.weir.ledger.RestorePoint;
import dev.weir.ledger.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a whole ledger as an outsider, and says where it is not what the rules make of it.
 *
 * <ol>
 *   <li>Terms and their slots follow each other without a hole; slot 0 is a claim, and no other is.
 *   <li>A term is ended, and has no further checkpoint, before the next one is claimed (rule 2).
 *   <li>A claim goes on from exactly the newest restore point before it (rule 2).
 *   <li>Checkpoint ids only grow, over all terms (rule 6).
 * </ol>
 */
final class LedgerAudit {

    private final List<String> breaches = new ArrayList<>();
    private RestorePoint newest = new RestorePoint.Fresh();
    private Optional<Slot> last = Optional.empty();
    private boolean ended = true;

    private LedgerAudit() {}

    /** Every breach of an unpruned ledger of a job that was not deleted; none if all is well. */
    static List<String> breaches(List<Bucket.Entry> ledger) {
        LedgerAudit audit = new LedgerAudit();
        ledger.forEach(audit::read);
        return List.copyOf(audit.breaches);
    }

    /** The newest state that it names: what a claim would go on from. */
    static RestorePoint newest(List<Bucket.Entry> ledger) {
        LedgerAudit audit = new LedgerAudit();
        ledger.forEach(audit::read);
        return audit.newest;
    }

    private void read(Bucket.Entry entry) {
        Slot due =
                entry.record() instanceof Claim
                        ? new Slot(last.map(Slot::term).orElse(0L) + 1, 0)
                        : last.map(Slot::next).orElse(new Slot(1, 0));
        expect(entry.slot().equals(due), entry, "expected in " + due);
        last = Optional.of(entry.slot());
        follow(entry);
    }

    private void follow(Bucket.Entry entry) {
        LedgerRecord record = entry.record();
        switch (record) {
            case Claim claim -> {
                expect(ended, entry, "claimed while the term before is open");
                expect(claim.from().equals(newest), entry, "does not go on from " + newest);
                ended = false;
            }
            case Checkpoint checkpoint -> {
                expect(!ended, entry, "a checkpoint after the end of its term");
                expect(checkpoint.id() > newest.lastId(), entry, "an id used before: " + newest);
                newest = checkpoint.restorePoint();
            }
            case Closed closed -> {
                expect(!ended, entry, "closed after its end");
                newest = closed.savepoint().<RestorePoint>map(point -> point).orElse(newest);
                ended = true;
            }
            case Sealed _, Rolled _, Ended _ -> {
                expect(!ended, entry, "ended twice");
                ended = true;
            }
            case Finished _ -> expect(ended, entry, "finished without being closed");
            case Tombstone _ -> expect(false, entry, "nobody deleted this job");
        }
    }

    private void expect(boolean holds, Bucket.Entry entry, String otherwise) {
        if (!holds) {
            breaches.add(entry + ": " + otherwise);
        }
    }
}
