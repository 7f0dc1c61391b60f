package dev.weir.runtime.control;

import dev.weir.ledger.LedgerView;
import dev.weir.ledger.Seen;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import dev.weir.protocol.RuntimeView.CheckpointInProgress;
import dev.weir.protocol.RuntimeView.CompletedCheckpoint;
import dev.weir.protocol.RuntimeView.JobFailure;
import dev.weir.protocol.RuntimeView.Prepared;
import dev.weir.protocol.SavepointView;
import dev.weir.protocol.StateFit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A view while it is being changed. Lives for one change, on one thread; what the process is stays
 * as it was.
 */
public final class ViewDraft {

    private final RuntimeView from;
    private RuntimeState state;
    private Seen<LedgerView> ledger;
    private Optional<Prepared> prepared;
    private Seen<StateFit> fit;
    private Optional<CompletedCheckpoint> checkpoint;
    private Optional<CheckpointInProgress> inProgress;
    private Optional<JobFailure> lastFailure;
    private long restarts;
    private List<Receipt> receipts;
    private List<SavepointView> savepoints;

    ViewDraft(RuntimeView from) {
        this.from = from;
        state = from.state();
        ledger = from.ledger();
        prepared = from.prepared();
        fit = from.fit();
        checkpoint = from.checkpoint();
        inProgress = from.inProgress();
        lastFailure = from.lastFailure();
        restarts = from.restarts();
        receipts = from.receipts();
        savepoints = from.savepoints();
    }

    RuntimeView done() {
        return new RuntimeView(
                from.podUid(),
                from.boot(),
                from.jobUid(),
                from.revision(),
                state,
                ledger,
                prepared,
                fit,
                checkpoint,
                inProgress,
                lastFailure,
                restarts,
                receipts,
                savepoints);
    }

    public RuntimeState state() {
        return state;
    }

    public Optional<CompletedCheckpoint> checkpoint() {
        return checkpoint;
    }

    public Optional<CheckpointInProgress> inProgress() {
        return inProgress;
    }

    public ViewDraft state(RuntimeState now) {
        state = now;
        return this;
    }

    public ViewDraft ledger(Seen<LedgerView> now) {
        ledger = now;
        return this;
    }

    public ViewDraft prepared(Prepared now) {
        prepared = Optional.of(now);
        return this;
    }

    public ViewDraft fit(Seen<StateFit> now) {
        fit = now;
        return this;
    }

    public ViewDraft checkpoint(CompletedCheckpoint now) {
        checkpoint = Optional.of(now);
        return this;
    }

    public ViewDraft inProgress(Optional<CheckpointInProgress> now) {
        inProgress = now;
        return this;
    }

    public ViewDraft failure(JobFailure now) {
        lastFailure = Optional.of(now);
        return this;
    }

    public ViewDraft restarted() {
        restarts++;
        return this;
    }

    /** A later receipt for the same command replaces the earlier one; the oldest go. */
    public ViewDraft receipt(Receipt newest) {
        var kept = new ArrayList<>(receipts);
        kept.removeIf(known -> known.command().equals(newest.command()));
        kept.add(newest);
        receipts = kept.subList(Math.max(0, kept.size() - RuntimeView.MAX_RECEIPTS), kept.size());
        return this;
    }

    public List<SavepointView> savepoints() {
        return savepoints;
    }

    /** What is told of a resource's savepoint replaces what was; the oldest go. */
    public ViewDraft savepoint(SavepointView newest) {
        var kept = new ArrayList<>(savepoints);
        kept.removeIf(known -> known.savepointUid().equals(newest.savepointUid()));
        kept.add(newest);
        savepoints =
                kept.subList(Math.max(0, kept.size() - RuntimeView.MAX_SAVEPOINTS), kept.size());
        return this;
    }
}
