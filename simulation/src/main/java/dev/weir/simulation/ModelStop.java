package dev.weir.simulation;

import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.Owned;
import dev.weir.protocol.Command;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.Receipt.Outcome;
import dev.weir.protocol.RuntimeState;
import java.time.Instant;
import java.util.Optional;

/**
 * The runtime's {@code JobStop}: a stop with a savepoint, from the order to {@code finished}.
 *
 * <ol>
 *   <li>The term is told which savepoint closes it, then the job is asked for it.
 *   <li>It fails, or the time is over, before the term is closed: the order is withdrawn, and the
 *       job runs on.
 * </ol>
 */
final class ModelStop {

    private final World world;
    private final Life life;
    private final Board board;
    private final Lane driver;
    private Optional<String> underWay = Optional.empty();

    ModelStop(World world, Life life, Board board, Lane driver) {
        this.world = world;
        this.life = life;
        this.board = board;
        this.driver = driver;
    }

    void begin(Command.Stop command, Standalone.Run run, Runnable done) {
        Instant now = world.agenda().now();
        Optional<Instant> deadline =
                command.reason() == CloseReason.HANDOVER
                        ? Optional.of(now.plus(command.timeout()))
                        : Optional.empty();
        underWay = Optional.of(command.id());
        board.state(new RuntimeState.Stopping(command.expectedTerm(), command.reason(), now))
                .tell();
        var location = "savepoints/" + command.savepoint();
        run.term()
                .order(
                        new ModelTerm.Order(location, command.reason(), deadline),
                        () -> {
                            run.job().stop(location, cause -> withdraw(command, run, cause));
                            done.run();
                        });
        life.after(
                command.timeout().toMillis(), () -> withdraw(command, run, "no savepoint in time"));
    }

    private void withdraw(Command.Stop command, Standalone.Run run, String cause) {
        driver.run(
                done -> {
                    if (!underWay.equals(Optional.of(command.id()))) {
                        done.run();
                        return;
                    }
                    run.term().giveUpStop(given -> withdrawn(command, run, cause, given, done));
                });
    }

    private void withdrawn(
            Command.Stop command, Standalone.Run run, String cause, boolean given, Runnable done) {
        if (given) {
            underWay = Optional.empty();
            board.receipt(new Receipt(command.id(), Outcome.FAILED, cause));
            if (board.state() instanceof RuntimeState.Stopping) {
                board.state(
                        new RuntimeState.Running(
                                run.term().owned().term(),
                                jobId(run.term()),
                                world.agenda().now()));
            }
            board.tell();
        }
        done.run();
    }

    /** The job is FINISHED, and its term closed. */
    void done() {
        underWay.ifPresent(id -> board.receipt(new Receipt(id, Outcome.DONE, "")));
        underWay = Optional.empty();
    }

    /** The job failed before its savepoint was durable. */
    void overtaken(String cause) {
        underWay.ifPresent(id -> board.receipt(new Receipt(id, Outcome.FAILED, cause)));
        underWay = Optional.empty();
    }

    static String jobId(ModelTerm term) {
        return "job-" + term.owned().claim().jobIdTerm();
    }

    /** The ledger's end as its owner knows it without asking. */
    static LedgerView ledger(Owned owned, LedgerView.End end) {
        long highest = Math.max(owned.claim().floorId(), owned.latest().lastId());
        return new LedgerView.Term(
                owned.term(), owned.claim(), owned.next().number(), owned.latest(), highest, end);
    }
}
