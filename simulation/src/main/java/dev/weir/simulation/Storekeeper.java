package dev.weir.simulation;

import dev.weir.ledger.ClaimRequest;
import dev.weir.ledger.Closing;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.Seen;
import dev.weir.ledger.Start;
import dev.weir.protocol.Command;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.Receipt.Outcome;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import java.util.List;
import java.util.Optional;

/**
 * The process of a storekeeper pod: reads the ledger, closes it, or closes and buries it and then
 * deletes the state (rules 10 and 11). It runs no job.
 *
 * <p>State goes file by file, and only that of terms before the tombstone: a job of the same name
 * may already be at work in the terms after it.
 */
final class Storekeeper implements PodProcess {

    private final Standalone.Surroundings around;
    private final World world;
    private final Life life;
    private final String boot;
    private final Board board;
    private final StoreLink link;
    private final Lane driver = new Lane();

    Storekeeper(Standalone.Surroundings around) {
        this.around = around;
        world = around.world();
        life = new Life(world);
        boot = world.chance().nonce();
        board = new Board(around.pod(), boot, around.listener());
        link =
                new StoreLink(
                        world,
                        around.stage().bucket(),
                        life,
                        around.pod().name(),
                        () -> around.halt().accept("crashed"));
    }

    @Override
    public void begin() {
        board.tell();
        new ModelPreparation(world, life, link, board)
                .untilSound(_ -> board.state(new RuntimeState.Held()).tell());
    }

    @Override
    public Receipt receive(Command command) {
        if (!command.podUid().equals(around.pod().uid())) {
            return new Receipt(command.id(), Outcome.FORBIDDEN, "for another pod");
        }
        var known = board.receipt(command.id()).filter(Standalone::stands);
        if (known.isPresent()) {
            return known.get();
        }
        var accepted = new Receipt(command.id(), Outcome.ACCEPTED, "");
        board.receipt(accepted).tell();
        driver.run(done -> carryOut(command, done));
        return accepted;
    }

    private void carryOut(Command command, Runnable done) {
        switch (command) {
            case Command.Close close ->
                    link.run(
                            Closing.close(request(close), around.bound()),
                            closure -> closed(close, closure, false, done));
            case Command.Erase erase ->
                    link.run(
                            Closing.bury(request(erase), around.bound()),
                            closure -> closed(erase, closure, true, done));
            case Command.Activate _, Command.Stop _ -> {
                board.receipt(new Receipt(command.id(), Outcome.STALE, "a storekeeper")).tell();
                done.run();
            }
        }
    }

    private ClaimRequest request(Command command) {
        return new ClaimRequest(
                command.id(),
                command.expectedTerm(),
                new Start.Latest(),
                boot,
                world.agenda().now(),
                around.pod().uid(),
                around.pod().jobUid(),
                around.pod().revision(),
                around.pod().revision(),
                Optional.empty());
    }

    private void closed(Command command, Closing.Closure closure, boolean erase, Runnable done) {
        switch (closure) {
            case Closing.Settled(LedgerView.Deleted deleted) when erase -> {
                board.ledger(Seen.present(deleted)).tell();
                erase(command, deleted, stateBefore(deleted.number()), done);
            }
            case Closing.Settled(var view) -> {
                board.ledger(Seen.present(view));
                answer(command, Outcome.DONE, "", done);
            }
            case Closing.Refused(var why, var detail) ->
                    answer(command, Standalone.outcome(why), detail, done);
            case Closing.Unknown(var cause) -> answer(command, Outcome.FAILED, cause, done);
        }
    }

    private List<Snapshot> stateBefore(long term) {
        return around.stage().bucket().snapshots().stream()
                .filter(s -> termOf(s.location()) < term)
                .toList();
    }

    /** Checkpoints stand in their term's directory, savepoints are named by the term they close. */
    private static long termOf(String location) {
        return Long.parseLong(location.split("/")[1].substring(0, 19));
    }

    private void erase(
            Command command, LedgerView.Deleted deleted, List<Snapshot> left, Runnable done) {
        if (left.isEmpty()) {
            answer(command, Outcome.DONE, "", done);
            return;
        }
        life.after(
                world.little(),
                () -> {
                    var first = left.getFirst();
                    if (world.faults().strikes(Fault.POD_CRASH_BEFORE_EFFECT, boot)) {
                        around.halt().accept("crashed while erasing");
                        return;
                    }
                    around.stage().bucket().discard(first.location(), first.files());
                    erase(command, deleted, left.subList(1, left.size()), done);
                });
    }

    private void answer(Command command, Outcome outcome, String detail, Runnable done) {
        board.receipt(new Receipt(command.id(), outcome, detail)).tell();
        done.run();
    }

    @Override
    public Life life() {
        return life;
    }

    @Override
    public RuntimeView view() {
        return board.view();
    }

    @Override
    public void failJob() {
        // It runs none.
    }

    @Override
    public boolean mayFreeze() {
        return true;
    }
}
