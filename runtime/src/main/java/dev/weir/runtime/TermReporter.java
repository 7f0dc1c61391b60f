package dev.weir.runtime;

import dev.weir.ledger.LedgerView;
import dev.weir.ledger.Owned;
import dev.weir.ledger.Seen;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView.CheckpointInProgress;
import dev.weir.protocol.RuntimeView.CompletedCheckpoint;
import dev.weir.protocol.RuntimeView.Phase;
import dev.weir.runtime.control.StatusBoard;
import dev.weir.runtime.control.ViewDraft;
import dev.weir.runtime.flink.EngineEvent;
import dev.weir.runtime.flink.RunningTerm.Durable;
import dev.weir.runtime.ledger.TermWriter;
import java.time.Clock;
import java.util.Optional;

/** Tells the board what a running term appends and what its engine pushes. */
final class TermReporter implements TermWriter.Listener {

    private final StatusBoard board;
    private final Clock clock;
    private final String jobId;

    /** Guarded by the board's lock, as all that is told. */
    private final Barriers barriers = new Barriers();

    TermReporter(StatusBoard board, Clock clock, String jobId) {
        this.board = board;
        this.clock = clock;
        this.jobId = jobId;
    }

    @Override
    public void appended(Owned owned, Durable written, LedgerView.End end) {
        var checkpoint =
                new CompletedCheckpoint(
                        written.id(),
                        written.location(),
                        written.metadataBytes(),
                        written.took(),
                        clock.instant(),
                        end instanceof LedgerView.ClosedFor);
        board.update(
                view -> {
                    view.ledger(Seen.present(ledger(owned, end)))
                            .checkpoint(checkpoint)
                            .inProgress(Optional.empty());
                    // Rule 7: the owner itself went on in the next term.
                    if (view.state() instanceof RuntimeState.Running running
                            && running.term() != owned.term()) {
                        view.state(new RuntimeState.Running(owned.term(), jobId, running.since()));
                    }
                });
    }

    /** The ledger's end as its owner knows it without asking. */
    static LedgerView ledger(Owned owned, LedgerView.End end) {
        long highest = Math.max(owned.claim().floorId(), owned.latest().lastId());
        return new LedgerView.Term(
                owned.term(), owned.claim(), owned.next().number(), owned.latest(), highest, end);
    }

    @Override
    public void told(EngineEvent event) {
        board.update(view -> tell(view, event));
    }

    private void tell(ViewDraft view, EngineEvent event) {
        switch (event) {
            case EngineEvent.Submitted(var subtasks) -> barriers.of(subtasks);
            case EngineEvent.AllTasksRun() -> {
                if (view.state() instanceof RuntimeState.Activating(var term, _)) {
                    view.state(new RuntimeState.Running(term, jobId, clock.instant()));
                }
            }
            case EngineEvent.SavepointIdentified(var id, var directory) ->
                    SavepointProgress.begin(view, id, directory);
            case EngineEvent.CheckpointTriggered(var id, var savepoint) -> {
                barriers.sent(id);
                progress(view, id, Phase.TRIGGERING, savepoint);
            }
            case EngineEvent.BarrierArrived(var id) ->
                    barriers.arrived(id).ifPresent(phase -> goesOn(view, id, phase));
            case EngineEvent.CheckpointCompleting(var id, var savepoint) -> {
                barriers.forget(id);
                progress(view, id, Phase.COMPLETING, savepoint);
            }
            case EngineEvent.CheckpointCompleted(var id, var bytes) ->
                    view.checkpoint()
                            .filter(newest -> newest.id() == id)
                            .ifPresent(
                                    c ->
                                            view.checkpoint(
                                                    new CompletedCheckpoint(
                                                            c.id(),
                                                            c.location(),
                                                            bytes,
                                                            c.duration(),
                                                            c.at(),
                                                            c.savepoint())));
            case EngineEvent.CheckpointFailed(var id) -> {
                barriers.forget(id);
                view.inProgress(Optional.empty());
            }
        }
    }

    /** What has failed meanwhile is not told as being under way. */
    private void goesOn(ViewDraft view, long id, Phase phase) {
        if (!SavepointProgress.tell(view, id, phase)) {
            view.inProgress()
                    .filter(known -> known.id() == id)
                    .ifPresent(known -> progress(view, id, phase, known.savepoint()));
        }
    }

    /** A user's savepoint is told as that, and not as the job's own checkpoint. */
    private void progress(ViewDraft view, long id, Phase phase, boolean savepoint) {
        if (!SavepointProgress.tell(view, id, phase)) {
            view.inProgress(
                    Optional.of(new CheckpointInProgress(id, phase, clock.instant(), savepoint)));
        }
    }
}
