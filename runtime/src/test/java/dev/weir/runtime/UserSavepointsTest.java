package dev.weir.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ledger.Seen;
import dev.weir.protocol.Command;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.Receipt.Outcome;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import dev.weir.protocol.RuntimeView.Phase;
import dev.weir.protocol.SavepointFormat;
import dev.weir.protocol.SavepointView;
import dev.weir.protocol.SavepointView.Complete;
import dev.weir.protocol.SavepointView.Failed;
import dev.weir.protocol.SavepointView.InProgress;
import dev.weir.protocol.SavepointView.LookedUp;
import dev.weir.protocol.SavepointView.Progress;
import dev.weir.protocol.SavepointView.Result;
import dev.weir.runtime.control.StatusBoard;
import dev.weir.runtime.flink.ActiveJob;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What becomes of savepoints that users ask for, with an engine that a test plays. */
final class UserSavepointsTest {

    private static final Result TAKEN =
            new Result(
                    "s3://b/j/savepoints/u-1/0000000000000000003/a",
                    3,
                    "rev",
                    42,
                    4096,
                    Instant.parse("2026-03-01T12:00:00Z"),
                    Optional.empty(),
                    List.of());

    private final StatusBoard board =
            new StatusBoard(
                    new RuntimeView(
                            "pod",
                            "boot",
                            "job",
                            "rev",
                            new RuntimeState.Held(),
                            Seen.absent(),
                            Optional.empty(),
                            Seen.unreachable("not compared"),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            0,
                            List.of()));
    private final UserSavepoints savepoints = new UserSavepoints(board, Runnable::run);
    private final List<CompletableFuture<Result>> asked = new ArrayList<>();

    @Test
    void oneThatIsTakenIsToldStepByStepAndThenWithWhatItIs() {
        take("u-1", 3);
        assertThat(progress("u-1")).isEqualTo(new LookedUp());
        assertThat(savepoints.takes("u-1")).isTrue();

        board.update(
                view ->
                        SavepointProgress.begin(
                                view, 42, "s3://b/j/savepoints/u-1/0000000000000000003"));
        assertThat(progress("u-1")).isEqualTo(new InProgress(42, Phase.TRIGGERING));
        board.update(view -> SavepointProgress.tell(view, 42, Phase.COMPLETING));
        assertThat(progress("u-1")).isEqualTo(new InProgress(42, Phase.COMPLETING));

        asked.getFirst().complete(TAKEN);
        assertThat(progress("u-1")).isEqualTo(new Complete(TAKEN));
        assertThat(outcome("u-1")).isEqualTo(Outcome.DONE);
        assertThat(savepoints.takes("u-1")).isFalse();
    }

    @Test
    void aCheckpointOfTheJobIsNoPhaseOfASavepoint() {
        take("u-1", 3);
        board.update(
                view ->
                        SavepointProgress.begin(
                                view, 42, "s3://b/j/savepoints/u-1/0000000000000000003"));
        board.update(
                view -> assertThat(SavepointProgress.tell(view, 43, Phase.COMPLETING)).isFalse());
        assertThat(progress("u-1")).isEqualTo(new InProgress(42, Phase.TRIGGERING));
    }

    @Test
    void whileOneIsUnderWayAnotherIsRefusedAndNotAskedOfTheEngine() {
        take("u-1", 3);
        take("u-2", 3);
        assertThat(outcome("u-2")).isEqualTo(Outcome.STALE);
        assertThat(asked).hasSize(1);
        assertThat(board.view().savepoint("u-2")).isEmpty();

        asked.getFirst().complete(TAKEN);
        take("u-2", 3);
        assertThat(asked).hasSize(2);
    }

    @Test
    void oneThatIsCompleteIsToldAgainAndNotTakenAgain() {
        take("u-1", 3);
        asked.getFirst().complete(TAKEN);
        take("u-1", 4);
        assertThat(asked).hasSize(1);
        assertThat(progress("u-1")).isEqualTo(new Complete(TAKEN));
    }

    @Test
    void aFailureIsToldWithItsCauseAndCountedInItsTerm() {
        take("u-1", 3);
        asked.getLast().completeExceptionally(new IOException("no room"));
        assertThat(progress("u-1")).isEqualTo(new Failed("IOException: no room", 1));
        assertThat(outcome("u-1")).isEqualTo(Outcome.FAILED);

        take("u-1", 3);
        asked.getLast().completeExceptionally(new IOException("no room"));
        assertThat(progress("u-1")).isEqualTo(new Failed("IOException: no room", 2));

        take("u-1", 4);
        asked.getLast().completeExceptionally(new IOException("no room"));
        assertThat(progress("u-1")).isEqualTo(new Failed("IOException: no room", 1));
    }

    @Test
    void aJobThatFailsFailsItsSavepointAndALateWordOfItChangesNothing() {
        take("u-1", 3);
        savepoints.jobEnded(new ActiveJob.End.Failed("a task failed"));
        assertThat(progress("u-1")).isEqualTo(new Failed("the job failed: a task failed", 1));

        asked.getFirst().complete(TAKEN);
        assertThat(progress("u-1")).isInstanceOf(Failed.class);
        take("u-1", 4);
        assertThat(asked).as("looked for and taken anew").hasSize(2);
    }

    @Test
    void theBoardKeepsTheNewestAndAlwaysTheOneUnderWay() {
        for (int i = 0; i < 2 * RuntimeView.MAX_SAVEPOINTS; i++) {
            take("u-" + i, 3);
            asked.getLast().complete(TAKEN);
        }
        take("last", 3);
        assertThat(board.view().savepoints()).hasSize(RuntimeView.MAX_SAVEPOINTS);
        assertThat(progress("last")).isEqualTo(new LookedUp());
    }

    private void take(String savepointUid, long term) {
        savepoints.take(
                new Command.TakeSavepoint(
                        "take " + savepointUid,
                        "job",
                        "pod",
                        term,
                        savepointUid,
                        SavepointFormat.CANONICAL),
                () -> {
                    asked.add(new CompletableFuture<>());
                    return asked.getLast();
                });
    }

    private Progress progress(String savepointUid) {
        return board.view().savepoint(savepointUid).map(SavepointView::progress).orElseThrow();
    }

    private Outcome outcome(String savepointUid) {
        return board.view().receipts().stream()
                .filter(receipt -> receipt.command().equals("take " + savepointUid))
                .map(Receipt::outcome)
                .findFirst()
                .orElseThrow();
    }
}
