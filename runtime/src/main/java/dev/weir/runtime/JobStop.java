package dev.weir.runtime;

import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.ledger.Owned;
import dev.weir.protocol.Command;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.Receipt.Outcome;
import dev.weir.protocol.RuntimeState;
import dev.weir.runtime.control.StatusBoard;
import dev.weir.runtime.flink.Causes;
import dev.weir.runtime.ledger.StopOrder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A stop with a savepoint, from the order to {@code finished}.
 *
 * <ol>
 *   <li>The term is told which directory closes it (rule 3), then the engine is asked for the
 *       savepoint.
 *   <li>The savepoint's metadata is durable: the term appends {@code closed}. From here on there is
 *       no way back.
 *   <li>The savepoint fails, or the deadline passes, before that: the order is withdrawn, and the
 *       job runs on.
 *   <li>The job is FINISHED: its sinks have committed, {@code finished} is written (rule 8).
 * </ol>
 */
final class JobStop {

    /**
     * Beyond the deadline the order is withdrawn; the engine's own time-out must not come first.
     */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final String root;
    private final StatusBoard board;
    private final DriverThread thread;
    private final Clock clock;
    private Optional<String> underWay = Optional.empty();

    JobStop(String root, StatusBoard board, DriverThread thread, Clock clock) {
        this.root = root;
        this.board = board;
        this.thread = thread;
        this.clock = clock;
    }

    void begin(Command.Stop command, JobDriver.Run run) {
        String directory = root + "/savepoints/" + command.savepoint();
        Instant now = clock.instant();
        Optional<Instant> deadline =
                command.reason() == CloseReason.HANDOVER
                        ? Optional.of(now.plus(command.timeout()))
                        : Optional.empty();
        underWay = Optional.of(command.id());
        board.state(new RuntimeState.Stopping(command.expectedTerm(), command.reason(), now));
        run.term().order(new StopOrder(command.id(), directory, command.reason(), deadline));
        run.job()
                .stop(directory, command.timeout().plus(MARGIN))
                .whenComplete(
                        (_, failure) -> {
                            if (failure != null) {
                                thread.run(() -> withdraw(command, run, Causes.inOneLine(failure)));
                            }
                        });
        thread.after(
                command.timeout(),
                () -> withdraw(command, run, "no savepoint within " + command.timeout()));
    }

    /** The job runs on, unless its term is closed: then only FINISHED or a failure ends it. */
    private void withdraw(Command.Stop command, JobDriver.Run run, String cause) {
        if (!underWay.equals(Optional.of(command.id())) || !run.term().giveUpStop()) {
            return;
        }
        underWay = Optional.empty();
        board.update(
                view -> {
                    view.receipt(new Receipt(command.id(), Outcome.FAILED, cause));
                    if (view.state() instanceof RuntimeState.Stopping) {
                        view.state(
                                new RuntimeState.Running(
                                        run.term().owned().term(),
                                        run.job().id(),
                                        clock.instant()));
                    }
                });
    }

    /** The job is FINISHED and its term closed. */
    void done(Owned owned) {
        underWay.ifPresent(
                id -> board.receipt(new Receipt(id, Outcome.DONE, owned.latest().toString())));
        underWay = Optional.empty();
    }

    /** The job failed before its savepoint was durable. */
    void overtaken(String cause) {
        underWay.ifPresent(
                id -> board.receipt(new Receipt(id, Outcome.FAILED, "the job failed: " + cause)));
        underWay = Optional.empty();
    }
}
