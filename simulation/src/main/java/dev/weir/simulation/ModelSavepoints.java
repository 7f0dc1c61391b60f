package dev.weir.simulation;

import dev.weir.ledger.Seen;
import dev.weir.protocol.Command;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.Receipt.Outcome;
import dev.weir.protocol.RuntimeView;
import dev.weir.protocol.SavepointView;
import dev.weir.protocol.SavepointView.Complete;
import dev.weir.protocol.SavepointView.Failed;
import dev.weir.protocol.SavepointView.InProgress;
import dev.weir.protocol.SavepointView.LookedUp;
import dev.weir.protocol.SavepointView.Progress;
import dev.weir.protocol.SavepointView.Result;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The runtime's {@code UserSavepoints}, {@code EngineSavepoints} and {@code SavepointSearch}: looks
 * a user's savepoint up, has the job take it if it is not there, and tells what came of it.
 */
final class ModelSavepoints {

    private static final int TRIES = 3;
    private static final long PAUSE = 250;

    private final World world;
    private final Life life;
    private final Board board;
    private final Lane driver;
    private final StoreLink link;
    private Optional<Attempt> underWay = Optional.empty();
    private long attempts;

    ModelSavepoints(World world, Life life, Board board, Lane driver, StoreLink link) {
        this.world = world;
        this.life = life;
        this.board = board;
        this.driver = driver;
        this.link = link;
    }

    /**
     * @param number in its term
     * @param serial in this process
     */
    private record Attempt(Command.TakeSavepoint command, int number, long serial) {}

    boolean takes(String uid) {
        return underWay.filter(a -> a.command().savepointUid().equals(uid)).isPresent();
    }

    void take(Command.TakeSavepoint command, Standalone.Run run) {
        var known = board.savepoint(command.savepointUid());
        if (known.isPresent() && known.get().progress() instanceof Complete complete) {
            settle(command, complete, Outcome.DONE);
        } else if (underWay.isPresent()) {
            board.receipt(new Receipt(command.id(), Outcome.STALE, "another is on its way")).tell();
        } else {
            var before =
                    known.filter(k -> k.term() == command.expectedTerm())
                            .map(k -> k.progress() instanceof Failed(_, var n) ? n : 0)
                            .orElse(0);
            begin(new Attempt(command, before + 1, ++attempts), run);
        }
    }

    private void begin(Attempt attempt, Standalone.Run run) {
        underWay = Optional.of(attempt);
        tell(attempt.command(), new LookedUp());
        search(attempt, TRIES, found -> found(attempt, found, run));
    }

    private void search(Attempt attempt, int tries, Consumer<Seen<String>> then) {
        link.find(
                SavepointOracle.prefix(attempt.command().savepointUid()),
                found -> {
                    if (found instanceof Seen.Unreachable<String> && tries > 1) {
                        life.after(PAUSE, () -> search(attempt, tries - 1, then));
                    } else {
                        then.accept(found);
                    }
                });
    }

    private void found(Attempt attempt, Seen<String> found, Standalone.Run run) {
        switch (found) {
            case Seen.Present<String>(var location) ->
                    settled(attempt, new Complete(result(location, 0)), Outcome.DONE);
            case Seen.Absent<String>() -> trigger(attempt, run);
            case Seen.Unreachable<String>(var cause) -> failed(attempt, cause);
        }
    }

    private void trigger(Attempt attempt, Standalone.Run run) {
        var command = attempt.command();
        var location =
                SavepointOracle.directory(command.savepointUid(), command.expectedTerm())
                        + board.boot()
                        + "-"
                        + attempt.serial();
        if (underWay.equals(Optional.of(attempt))) {
            tell(command, new InProgress(attempt.serial(), RuntimeView.Phase.EXECUTING));
        }
        run.job()
                .savepoint(
                        location,
                        snapshot ->
                                snapshot.ifPresentOrElse(
                                        taken ->
                                                settled(
                                                        attempt,
                                                        new Complete(result(location, taken.id())),
                                                        Outcome.DONE),
                                        () -> failed(attempt, "it could not be written")));
    }

    private Result result(String location, long id) {
        return new Result(
                location,
                SavepointOracle.term(location),
                "revision",
                id,
                100,
                world.agenda().now(),
                Optional.empty(),
                List.of());
    }

    private void failed(Attempt attempt, String cause) {
        settled(attempt, new Failed(cause, attempt.number()), Outcome.FAILED);
    }

    /** What comes after the job has ended is nobody's any more. */
    private void settled(Attempt attempt, Progress progress, Outcome outcome) {
        driver.run(
                done -> {
                    if (underWay.equals(Optional.of(attempt))) {
                        underWay = Optional.empty();
                        settle(attempt.command(), progress, outcome);
                    }
                    done.run();
                });
    }

    /** On the driver, as the job's end is told there. */
    void jobEnded(String how) {
        underWay.ifPresent(
                attempt ->
                        settle(
                                attempt.command(),
                                new Failed(how, attempt.number()),
                                Outcome.FAILED));
        underWay = Optional.empty();
    }

    private void settle(Command.TakeSavepoint command, Progress progress, Outcome outcome) {
        board.receipt(new Receipt(command.id(), outcome, ""));
        tell(command, progress);
    }

    private void tell(Command.TakeSavepoint command, Progress progress) {
        board.savepoint(new SavepointView(command.savepointUid(), command.expectedTerm(), progress))
                .tell();
    }
}
