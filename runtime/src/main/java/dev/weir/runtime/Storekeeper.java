package dev.weir.runtime;

import dev.weir.ledger.LedgerView;
import dev.weir.ledger.Seen;
import dev.weir.protocol.Command;
import dev.weir.protocol.Problem;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.Receipt.Outcome;
import dev.weir.protocol.RuntimeState;
import dev.weir.runtime.control.CommandTarget;
import dev.weir.runtime.control.StatusBoard;
import dev.weir.runtime.ledger.JobLedger;
import dev.weir.runtime.ledger.StoreCheck;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The pod that stands in where no pod of the job lives: it reads the ledger and tells it, closes
 * it, erases what a deleted job or savepoint left. It boots no engine and can't run the job.
 *
 * <p>Everything happens on one thread in the order of asking, so a command that comes while the
 * store is still being tried is carried out once that is done. What became of a command and the
 * ledger's end are told as one: what the board says is what the next command can expect.
 */
final class Storekeeper implements CommandTarget {

    private final StatusBoard board;
    private final JobLedger ledger;
    private final StoreCheck check;
    private final Undertaker undertaker;
    private final Executor thread;
    private final SavepointEraser savepoints;

    /**
     * @param check whose findings go to {@link #tell}
     * @param thread runs one thing after the other
     */
    Storekeeper(
            StatusBoard board,
            JobLedger ledger,
            StoreCheck check,
            Undertaker undertaker,
            Executor thread) {
        this.board = board;
        this.ledger = ledger;
        this.check = check;
        this.undertaker = undertaker;
        this.thread = thread;
        this.savepoints = new SavepointEraser(ledger);
    }

    /** A command's work, which may wait for the store. */
    @FunctionalInterface
    private interface Work {
        void run() throws InterruptedException;
    }

    /** Reads the ledger and tries its store; Held once both are as they should be. */
    void begin() {
        inTurn(
                () -> {
                    check.untilSound();
                    board.state(new RuntimeState.Held());
                });
    }

    /** What is wrong with the store, for people and planner; empty: nothing any more. */
    static void tell(StatusBoard board, Optional<Problem> problem) {
        board.state(
                problem.<RuntimeState>map(RuntimeState.Unfit::new)
                        .orElseGet(RuntimeState.Preparing::new));
    }

    @Override
    public void carryOut(Command command) {
        inTurn(
                () -> {
                    switch (command) {
                        case Command.Close close -> tell(undertaker.close(close));
                        case Command.Erase erase -> tell(undertaker.erase(erase));
                        case Command.Activate activate -> stale(activate);
                        case Command.Stop stop -> stale(stop);
                        case Command.TakeSavepoint take -> stale(take);
                        case Command.EraseSavepoint erase ->
                                board.receipt(savepoints.answer(erase));
                    }
                });
    }

    private void tell(Undertaker.Report report) throws InterruptedException {
        Seen<LedgerView> now =
                report.ledger().isPresent() ? Seen.present(report.ledger().get()) : ledger.look();
        board.update(
                view -> {
                    view.receipt(report.receipt());
                    // A look that failed leaves what is known: the operator asks with it, and is
                    // corrected.
                    if (now instanceof Seen.Present<LedgerView>) {
                        view.ledger(now);
                    }
                });
    }

    private void stale(Command command) {
        board.receipt(new Receipt(command.id(), Outcome.STALE, "a storekeeper runs no job"));
    }

    private void inTurn(Work work) {
        thread.execute(
                () -> {
                    try {
                        work.run();
                    } catch (InterruptedException e) {
                        // Only the end of the process interrupts; the next one starts over.
                        Thread.currentThread().interrupt();
                    }
                });
    }
}
