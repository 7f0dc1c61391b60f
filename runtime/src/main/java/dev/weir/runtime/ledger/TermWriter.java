package dev.weir.runtime.ledger;

import dev.weir.ledger.LedgerRecord;
import dev.weir.ledger.LedgerRecord.Closed;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.Owned;
import dev.weir.ledger.RestorePoint;
import dev.weir.runtime.flink.EngineEvent;
import dev.weir.runtime.flink.RunningTerm;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one writer of a term that this process owns.
 *
 * <ul>
 *   <li>Appends are one after the other, each to the slot after the last (rule 1).
 *   <li>After {@code closed} nothing is appended but {@code finished} (rule 3).
 *   <li>A stop that was given up closes nothing any more: giving up and closing exclude each other.
 * </ul>
 */
public final class TermWriter implements RunningTerm {

    /** Who hears of what was appended and what the engine tells; must not block. */
    public interface Listener {
        /**
         * @param end open, or closed by the savepoint that was just written
         */
        void appended(Owned owned, Durable written, LedgerView.End end);

        void told(EngineEvent event);
    }

    private final JobLedger ledger;
    private final Listener listener;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private Owned owned;
    private Optional<StopOrder> stop = Optional.empty();
    private Optional<LedgerView.ClosedFor> closed = Optional.empty();

    public TermWriter(Owned owned, JobLedger ledger, Listener listener, Clock clock) {
        this.owned = owned;
        this.ledger = ledger;
        this.listener = listener;
        this.clock = clock;
    }

    @Override
    public void appendCheckpoint(Durable written) throws IOException {
        lock.lock();
        try {
            refuseIfClosed();
            var record =
                    new LedgerRecord.Checkpoint(
                            writer(),
                            clock.instant(),
                            written.id(),
                            written.location(),
                            written.metadataBytes());
            var before = owned;
            owned = ledger.append(owning -> owning.checkpoint(before, record));
            ledger.pruneAfterRoll(before, owned);
            listener.appended(owned, written, new LedgerView.Open());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean closesInto(String targetDirectory) {
        lock.lock();
        try {
            return stop.filter(order -> order.directory().equals(withoutSlash(targetDirectory)))
                    .isPresent();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void appendClosed(Durable written) throws IOException {
        lock.lock();
        try {
            refuseIfClosed();
            StopOrder order =
                    stop.orElseThrow(
                            () ->
                                    new IOException(
                                            "The stop was given up before its savepoint was complete."));
            var savepoint = new RestorePoint.Savepoint(written.id(), written.location());
            var record =
                    new Closed(
                            writer(),
                            clock.instant(),
                            Optional.of(savepoint),
                            order.reason(),
                            order.deadline());
            owned = ledger.append(owning -> owning.close(owned, record));
            var end = new LedgerView.ClosedFor(order.reason(), order.deadline(), false);
            closed = Optional.of(end);
            listener.appended(owned, written, end);
        } finally {
            lock.unlock();
        }
    }

    /** Thrown before anything is appended, so Flink may delete the files: no record names them. */
    private void refuseIfClosed() throws IOException {
        if (closed.isPresent()) {
            throw new IOException(
                    "Term "
                            + owned.term()
                            + " is closed: nothing is appended after its savepoint.");
        }
    }

    /** From here on the savepoint written into the order's directory closes the term. */
    public void order(StopOrder order) {
        lock.lock();
        try {
            stop = Optional.of(order);
        } finally {
            lock.unlock();
        }
    }

    /** Gives the stop up; false if the term is closed already. */
    public boolean giveUpStop() {
        lock.lock();
        try {
            if (closed.isEmpty()) {
                stop = Optional.empty();
            }
            return closed.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Rule 8: the sinks have committed. */
    public LedgerView.ClosedFor finish() {
        lock.lock();
        try {
            LedgerView.ClosedFor end =
                    closed.orElseThrow(
                            () -> new IllegalStateException("only a closed term is finished"));
            owned = ledger.append(owning -> owning.finish(owned, clock.instant()));
            return new LedgerView.ClosedFor(end.reason(), end.deadline(), true);
        } finally {
            lock.unlock();
        }
    }

    /** The job came to its own end. */
    public void end(String how) {
        lock.lock();
        try {
            owned = ledger.append(owning -> owning.end(owned, how, clock.instant()));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void lookBeforeDeployment() {
        lock.lock();
        try {
            ledger.lookBeforeDeployment(owned);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Rule 13: a look at the own next slot. Left out while an append is on its way, which is the
     * stronger look.
     */
    public void lookForSeal() {
        if (lock.tryLock()) {
            try {
                ledger.look(owned);
            } finally {
                lock.unlock();
            }
        }
    }

    @Override
    public long firstCheckpointId() {
        return owned().claim().floorId() + 1;
    }

    @Override
    public void told(EngineEvent event) {
        listener.told(event);
    }

    public Owned owned() {
        lock.lock();
        try {
            return owned;
        } finally {
            lock.unlock();
        }
    }

    /** How the term was closed; empty while it is open. */
    public Optional<LedgerView.ClosedFor> closed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private String writer() {
        return owned.claim().writer();
    }

    private static String withoutSlash(String directory) {
        return directory.endsWith("/") ? directory.substring(0, directory.length() - 1) : directory;
    }
}
