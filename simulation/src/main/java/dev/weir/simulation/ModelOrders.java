package dev.weir.simulation;

import dev.weir.protocol.Command;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.Receipt.Outcome;
import dev.weir.protocol.RuntimeState;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a runtime pod is told about the job that it runs, as the runtime's {@code JobDriver} takes
 * it: looked at once no append is on its way, and stale where the term does not run here.
 */
final class ModelOrders {

    private final Board board;
    private final Supplier<Optional<Standalone.Run>> run;
    private final ModelStop stop;
    private final ModelSavepoints savepoints;
    private final ModelSavepointEraser eraser;

    ModelOrders(
            Board board,
            Supplier<Optional<Standalone.Run>> run,
            ModelStop stop,
            ModelSavepoints savepoints,
            ModelSavepointEraser eraser) {
        this.board = board;
        this.run = run;
        this.stop = stop;
        this.savepoints = savepoints;
        this.eraser = eraser;
    }

    void stop(Command.Stop command, Runnable done) {
        ifRuns(command, running -> stop.begin(command, running, done), done);
    }

    void take(Command.TakeSavepoint command, Runnable done) {
        ifRuns(
                command,
                running -> {
                    savepoints.take(command, running);
                    done.run();
                },
                done);
    }

    void erase(Command.EraseSavepoint command, Runnable done) {
        if (savepoints.takes(command.savepointUid())) {
            stale(command, done);
        } else {
            eraser.erase(command, receipt -> board.receipt(receipt).tell());
            done.run();
        }
    }

    void stale(Command command, Runnable done) {
        board.receipt(new Receipt(command.id(), Outcome.STALE, "the pod is " + board.state()))
                .tell();
        done.run();
    }

    /**
     * @param then sees to it that the driver goes on
     */
    private void ifRuns(Command command, Consumer<Standalone.Run> then, Runnable done) {
        var now = run.get();
        if (now.isEmpty()) {
            stale(command, done);
            return;
        }
        now.get()
                .term()
                .settled(
                        owned -> {
                            if (owned.term() == command.expectedTerm()
                                    && board.state() instanceof RuntimeState.Running) {
                                then.accept(now.get());
                            } else {
                                stale(command, done);
                            }
                        });
    }
}
