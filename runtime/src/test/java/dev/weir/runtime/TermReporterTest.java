package dev.weir.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ledger.Seen;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import dev.weir.protocol.RuntimeView.CheckpointInProgress;
import dev.weir.protocol.RuntimeView.Phase;
import dev.weir.protocol.SavepointView;
import dev.weir.protocol.SavepointView.InProgress;
import dev.weir.protocol.SavepointView.LookedUp;
import dev.weir.runtime.control.StatusBoard;
import dev.weir.runtime.flink.EngineEvent;
import dev.weir.runtime.flink.EngineEvent.BarrierArrived;
import dev.weir.runtime.flink.EngineEvent.CheckpointCompleting;
import dev.weir.runtime.flink.EngineEvent.CheckpointFailed;
import dev.weir.runtime.flink.EngineEvent.CheckpointTriggered;
import dev.weir.runtime.flink.EngineEvent.SavepointIdentified;
import dev.weir.runtime.flink.EngineEvent.Submitted;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the engine tells of checkpoints and savepoints, and what the board says then. */
final class TermReporterTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final StatusBoard board =
            new StatusBoard(
                    new RuntimeView(
                            "pod",
                            "boot",
                            "job",
                            "rev",
                            new RuntimeState.Running(3, "f00", NOW),
                            Seen.absent(),
                            Optional.empty(),
                            Seen.absent(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            0,
                            List.of()));
    private final TermReporter reporter =
            new TermReporter(board, Clock.fixed(NOW, ZoneOffset.UTC), "f00");

    @Test
    void aCheckpointPreparesUntilItsBarrierIsEverywhereAndThenExecutes() {
        tell(new Submitted(2), new CheckpointTriggered(7, false));
        assertThat(board.view().inProgress()).contains(checkpoint(Phase.TRIGGERING));
        tell(new BarrierArrived(7));
        assertThat(board.view().inProgress()).contains(checkpoint(Phase.PREPARING));
        tell(new BarrierArrived(7));
        assertThat(board.view().inProgress()).contains(checkpoint(Phase.EXECUTING));
        tell(new CheckpointCompleting(7, false));
        assertThat(board.view().inProgress()).contains(checkpoint(Phase.COMPLETING));
    }

    @Test
    void aBarrierOfACheckpointThatHasFailedDoesNotBringItBack() {
        tell(new Submitted(2), new CheckpointTriggered(7, false), new CheckpointFailed(7));
        tell(new BarrierArrived(7));
        assertThat(board.view().inProgress()).isEmpty();
    }

    @Test
    void aUsersSavepointGoesThroughTheSamePhasesAndIsNoCheckpointOfTheJob() {
        board.update(view -> view.savepoint(new SavepointView("u-1", 3, new LookedUp())));
        tell(
                new Submitted(2),
                new SavepointIdentified(7, "s3://b/j/savepoints/u-1/0000000000000000003"),
                new CheckpointTriggered(7, true));
        assertThat(phase()).isEqualTo(Phase.TRIGGERING);
        tell(new BarrierArrived(7));
        assertThat(phase()).isEqualTo(Phase.PREPARING);
        tell(new BarrierArrived(7));
        assertThat(phase()).isEqualTo(Phase.EXECUTING);
        tell(new CheckpointCompleting(7, true));
        assertThat(phase()).isEqualTo(Phase.COMPLETING);
        assertThat(board.view().inProgress()).isEmpty();
    }

    @Test
    void theSavepointOfAStopIsTheJobsOwn() {
        tell(new Submitted(1), new CheckpointTriggered(7, true), new BarrierArrived(7));
        assertThat(board.view().inProgress())
                .contains(new CheckpointInProgress(7, Phase.EXECUTING, NOW, true));
        assertThat(board.view().savepoints()).isEmpty();
    }

    private void tell(EngineEvent... events) {
        List.of(events).forEach(reporter::told);
    }

    private Phase phase() {
        var progress = board.view().savepoint("u-1").orElseThrow().progress();
        return ((InProgress) progress).phase();
    }

    private static CheckpointInProgress checkpoint(Phase phase) {
        return new CheckpointInProgress(7, phase, NOW, false);
    }
}
