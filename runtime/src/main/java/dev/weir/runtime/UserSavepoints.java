package dev.weir.runtime;

import dev.weir.protocol.Command;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.Receipt.Outcome;
import dev.weir.protocol.SavepointView;
import dev.weir.protocol.SavepointView.Complete;
import dev.weir.protocol.SavepointView.Failed;
import dev.weir.protocol.SavepointView.Progress;
import dev.weir.protocol.SavepointView.Result;
import dev.weir.runtime.control.StatusBoard;
import dev.weir.runtime.flink.ActiveJob;
import dev.weir.runtime.flink.Causes;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Savepoints of the running job that users ask for. They are the users' alone: not appended, and no
 * restore point (rule 3).
 *
 * <ol>
 *   <li>One at a time: while one is under way, another is refused, and asked for again later.
 *   <li>One that this process knows to be complete is told, and so is one that the store turns out
 *       to hold: Flink may complete a savepoint after whoever asked for it is gone, and taking it
 *       again would leave two.
 *   <li>Otherwise the engine takes it. A failure is told, and the job runs on; whoever asked
 *       decides whether to ask again.
 *   <li>The term may end first. The attempt has failed then, whatever becomes of its files: the
 *       next one looks for them.
 * </ol>
 *
 * All of it happens on the driver's thread, but for the taking itself.
 */
final class UserSavepoints {

    private final StatusBoard board;
    private final Executor driver;
    private Optional<Attempt> underWay = Optional.empty();

    /**
     * @param driver the thread on which everything here happens
     */
    UserSavepoints(StatusBoard board, Executor driver) {
        this.board = board;
        this.driver = driver;
    }

    /**
     * @param number in this term, from 1
     */
    private record Attempt(Command.TakeSavepoint command, int number) {}

    /** Whether files of the resource's savepoint are being written. */
    boolean takes(String savepointUid) {
        return underWay.filter(a -> a.command().savepointUid().equals(savepointUid)).isPresent();
    }

    /**
     * @param taking finds or takes it, on threads of its own; fails with the cause
     */
    void take(Command.TakeSavepoint command, Supplier<CompletableFuture<Result>> taking) {
        Optional<Progress> known =
                board.view().savepoint(command.savepointUid()).map(SavepointView::progress);
        if (known.isPresent() && known.get() instanceof Complete(var result)) {
            settle(command, new Complete(result), Outcome.DONE, result.location());
        } else if (underWay.isPresent()) {
            var other = underWay.get().command().savepointUid();
            board.receipt(
                    new Receipt(
                            command.id(), Outcome.STALE, "another one is on its way: " + other));
        } else {
            begin(new Attempt(command, attempts(command) + 1), taking);
        }
    }

    /** How often it was tried in this very term and went wrong. */
    private int attempts(Command.TakeSavepoint command) {
        return board.view()
                .savepoint(command.savepointUid())
                .filter(known -> known.term() == command.expectedTerm())
                .map(known -> known.progress() instanceof Failed(_, var attempt) ? attempt : 0)
                .orElse(0);
    }

    private void begin(Attempt attempt, Supplier<CompletableFuture<Result>> taking) {
        underWay = Optional.of(attempt);
        var command = attempt.command();
        board.update(view -> view.savepoint(view(command, new SavepointView.LookedUp())));
        taking.get()
                .whenCompleteAsync((result, failure) -> settled(attempt, result, failure), driver);
    }

    private void settled(Attempt attempt, Result result, Throwable failure) {
        if (!underWay.equals(Optional.of(attempt))) {
            return;
        }
        underWay = Optional.empty();
        var command = attempt.command();
        if (failure == null) {
            settle(command, new Complete(result), Outcome.DONE, result.location());
        } else {
            failed(attempt, Causes.inOneLine(failure));
        }
    }

    /** The job that it is taken of has ended. */
    void jobEnded(ActiveJob.End end) {
        underWay.ifPresent(
                attempt ->
                        failed(
                                attempt,
                                switch (end) {
                                    case ActiveJob.End.Finished() -> "the job ended first";
                                    case ActiveJob.End.Failed(var cause) ->
                                            "the job failed: " + cause;
                                    case ActiveJob.End.Unknown(var cause) ->
                                            "the engine was lost: " + cause;
                                }));
        underWay = Optional.empty();
    }

    private void failed(Attempt attempt, String cause) {
        settle(attempt.command(), new Failed(cause, attempt.number()), Outcome.FAILED, cause);
    }

    private void settle(
            Command.TakeSavepoint command, Progress progress, Outcome outcome, String detail) {
        board.update(
                view ->
                        view.savepoint(view(command, progress))
                                .receipt(new Receipt(command.id(), outcome, detail)));
    }

    private static SavepointView view(Command.TakeSavepoint command, Progress progress) {
        return new SavepointView(command.savepointUid(), command.expectedTerm(), progress);
    }
}
