package dev.weir.simulation;

import dev.weir.ledger.ClaimRequest;
import dev.weir.ledger.Closing;
import dev.weir.ledger.Erasable;
import dev.weir.ledger.Erasable.Area;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.Seen;
import dev.weir.ledger.Start;
import dev.weir.ledger.Step;
import dev.weir.ledger.Walking;
import dev.weir.protocol.Command;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.Receipt.Outcome;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The process of a storekeeper pod, as the runtime's {@code Storekeeper}, {@code Undertaker} and
 * {@code Eraser}: reads the ledger, closes it, or buries it and then deletes what {@link Erasable}
 * says (rules 10 and 11). It runs no job, and does one thing after the other.
 */
final class Storekeeper implements PodProcess {

    private static final int PATIENCE = 3;
    private static final long PAUSE = 1_000;

    private final Standalone.Surroundings around;
    private final World world;
    private final Life life;
    private final String boot;
    private final Board board;
    private final StoreLink link;
    private final Lane thread = new Lane();

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
        thread.run(
                done ->
                        new ModelPreparation(world, life, link, board)
                                .untilSound(
                                        _ -> {
                                            board.state(new RuntimeState.Held()).tell();
                                            done.run();
                                        }));
    }

    @Override
    public Receipt receive(Command command) {
        return board.admit(command, admitted -> thread.run(done -> carryOut(admitted, done)));
    }

    private void carryOut(Command command, Runnable done) {
        switch (command) {
            case Command.Close close ->
                    settle(
                            () -> Closing.close(request(close), around.bound()),
                            PATIENCE,
                            closure -> closed(close, closure, done));
            case Command.Erase erase ->
                    settle(
                            () -> Closing.bury(request(erase), around.bound()),
                            PATIENCE,
                            closure -> buried(erase, closure, done));
            case Command.EraseSavepoint erase ->
                    new ModelSavepointEraser(
                                    world, life, link, around.stage().bucket(), around.halt())
                            .erase(
                                    erase,
                                    receipt -> {
                                        board.receipt(receipt).tell();
                                        done.run();
                                    });
            case Command.Activate _, Command.Stop _, Command.TakeSavepoint _ -> {
                board.receipt(new Receipt(command.id(), Outcome.STALE, "a storekeeper")).tell();
                done.run();
            }
        }
    }

    private void settle(
            Supplier<Step<Closing.Closure>> closing, int tries, Consumer<Closing.Closure> then) {
        link.run(
                closing.get(),
                closure -> {
                    if (closure instanceof Closing.Unknown && tries > 1) {
                        life.after(PAUSE, () -> settle(closing, tries - 1, then));
                    } else {
                        then.accept(closure);
                    }
                });
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
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private void closed(Command command, Closing.Closure closure, Runnable done) {
        switch (closure) {
            case Closing.Settled(var view) -> answer(command, Outcome.DONE, view, done);
            case Closing.Refused(var why, _) ->
                    lookAndAnswer(command, ModelClaimant.outcome(why), done);
            case Closing.Unknown _ -> lookAndAnswer(command, Outcome.FAILED, done);
        }
    }

    private void buried(Command command, Closing.Closure closure, Runnable done) {
        switch (closure) {
            case Closing.Settled(LedgerView.Deleted buried) ->
                    erase(command, buried, left(buried.number()), done);
            case Closing.Settled(LedgerView.Empty view) ->
                    answer(command, Outcome.DONE, view, done);
            case Closing.Settled(LedgerView.Term view) ->
                    answer(command, Outcome.FAILED, view, done);
            case Closing.Refused(var why, _) ->
                    lookAndAnswer(command, ModelClaimant.outcome(why), done);
            case Closing.Unknown _ -> lookAndAnswer(command, Outcome.FAILED, done);
        }
    }

    /** What is left to be deleted, one deletion each. */
    private List<Runnable> left(long tombstone) {
        var bucket = around.stage().bucket();
        List<Runnable> deletions = new ArrayList<>();
        for (var snapshot : bucket.snapshots()) {
            var area =
                    snapshot.location().startsWith("checkpoints/")
                            ? Area.CHECKPOINTS
                            : Area.SAVEPOINTS;
            var key = snapshot.location() + "/_metadata";
            if (!Erasable.page(area, List.of(key), tombstone).keys().isEmpty()) {
                deletions.add(() -> bucket.discard(snapshot.location(), snapshot.files()));
            }
        }
        Erasable.page(Area.LEDGER, bucket.ledgerKeys(), tombstone)
                .keys()
                .forEach(key -> deletions.add(() -> bucket.delete(key)));
        return deletions;
    }

    /** Started over until nothing is found. */
    private void erase(
            Command command, LedgerView.Deleted buried, List<Runnable> left, Runnable done) {
        if (left.isEmpty()) {
            var more = left(buried.number());
            if (more.isEmpty()) {
                answer(command, Outcome.DONE, buried, done);
            } else {
                erase(command, buried, more, done);
            }
            return;
        }
        life.after(
                world.little(),
                () -> {
                    if (world.faults().strikes(Fault.POD_CRASH_BEFORE_EFFECT, "eraser")) {
                        around.halt().accept("crashed while erasing");
                        return;
                    }
                    left.getFirst().run();
                    erase(command, buried, left.subList(1, left.size()), done);
                });
    }

    private void answer(Command command, Outcome outcome, LedgerView view, Runnable done) {
        board.receipt(new Receipt(command.id(), outcome, "")).ledger(Seen.present(view)).tell();
        done.run();
    }

    /** A look that failed leaves what is known. */
    private void lookAndAnswer(Command command, Outcome outcome, Runnable done) {
        link.run(
                Walking.look(),
                now -> {
                    board.receipt(new Receipt(command.id(), outcome, ""));
                    if (now instanceof Seen.Present<LedgerView>) {
                        board.ledger(now);
                    }
                    board.tell();
                    done.run();
                });
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
