package dev.weir.simulation;

import dev.weir.ledger.Bound;
import dev.weir.ledger.Claiming;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.Owned;
import dev.weir.ledger.Owning;
import dev.weir.ledger.Seen;
import dev.weir.protocol.Command;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.Receipt.Outcome;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import dev.weir.simulation.ModelClaimant.Attempt;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The process of a runtime pod. It follows the runtime's {@code JobDriver}, {@code Claimant} and
 * {@code CommandDesk} decision by decision, without Flink and threads; what it asks of the ledger
 * are the ledger's own rules. Where those classes change, this one has to change.
 */
final class Standalone implements PodProcess {

    private static final long SEAL_WATCH = 3_000;
    private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);
    private static final long FORGIVEN = 600_000;

    /** What surrounds the process: its pod, the store's ways, and the end that it may come to. */
    record Surroundings(
            World world,
            PodIdentity pod,
            ModelJob.Stage stage,
            Bound bound,
            int rollAfter,
            Consumer<String> halt,
            Consumer<RuntimeView> listener) {}

    /** A term that runs here. */
    record Run(ModelTerm term, ModelJob job) {}

    private final Surroundings around;
    private final World world;
    private final Life life;
    private final String boot;
    private final Board board;
    private final StoreLink link;
    private final Lane driver = new Lane();
    private final ModelClaimant claimant;
    private final ModelStop stop;
    private final ModelSavepoints savepoints;
    private final ModelOrders orders;
    private Optional<Run> run = Optional.empty();
    private boolean prepared;
    private int failures;
    private long lastFailure;

    Standalone(Surroundings around) {
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
                        () -> halt("crashed"));
        claimant = new ModelClaimant(world, around.pod(), boot, link, around.bound());
        stop = new ModelStop(world, life, board, driver);
        savepoints = new ModelSavepoints(world, life, board, driver, link);
        orders =
                new ModelOrders(
                        board,
                        () -> run,
                        stop,
                        savepoints,
                        new ModelSavepointEraser(
                                world, life, link, around.stage().bucket(), this::halt));
    }

    @Override
    public void begin() {
        board.tell();
        var engineAt = world.agenda().millis() + world.chance().between(400, 2_500);
        new ModelPreparation(world, life, link, board)
                .untilSound(
                        view -> life.after(engineAt - world.agenda().millis(), () -> ready(view)));
    }

    private void ready(LedgerView view) {
        prepared = true;
        watch();
        driver.run(
                done ->
                        Claiming.resumable(view, around.pod().uid(), world.agenda().now())
                                .ifPresentOrElse(term -> resume(term, done), () -> hold(done)));
    }

    private void watch() {
        life.after(
                SEAL_WATCH,
                () -> {
                    run.ifPresentOrElse(now -> now.term().lookForSeal(), this::lookAgain);
                    watch();
                });
    }

    /** A held pod looks too: the operator decides by what it saw last. */
    private void lookAgain() {
        driver.run(
                done -> {
                    if (board.state() instanceof RuntimeState.Held) {
                        claimant.look(now -> goOnOrHold(now, done));
                    } else {
                        done.run();
                    }
                });
    }

    private void hold(Runnable done) {
        board.state(new RuntimeState.Held()).tell();
        done.run();
    }

    @Override
    public Receipt receive(Command command) {
        return board.admit(command, this::takeOn);
    }

    private void takeOn(Command command) {
        if (prepared) {
            driver.run(done -> carryOut(command, done));
        } else {
            orders.stale(command, () -> {});
        }
    }

    private void carryOut(Command command, Runnable done) {
        switch (command) {
            case Command.Activate activate -> activate(activate, done);
            case Command.Stop order -> orders.stop(order, done);
            case Command.TakeSavepoint take -> orders.take(take, done);
            case Command.EraseSavepoint erase -> orders.erase(erase, done);
            case Command.Close _, Command.Erase _ -> orders.stale(command, done);
        }
    }

    private void activate(Command.Activate command, Runnable done) {
        switch (board.state()) {
            case RuntimeState.Held _, RuntimeState.GaveUp _, RuntimeState.Ended _ ->
                    claim(command, done);
            case RuntimeState.Preparing _, RuntimeState.Unfit _, RuntimeState.Active _ ->
                    orders.stale(command, done);
        }
    }

    private void claim(Command.Activate command, Runnable done) {
        activating(command.expectedTerm());
        claimant.claim(command, attempt -> claimed(command, attempt, done));
    }

    private void activating(long expected) {
        board.state(new RuntimeState.Activating(expected + 1, world.agenda().now())).tell();
    }

    private void claimed(Command.Activate command, Attempt attempt, Runnable done) {
        switch (attempt) {
            case Attempt.Mine(var owned) -> {
                board.receipt(new Receipt(command.id(), Outcome.DONE, ""));
                start(owned, done);
            }
            case Attempt.Earlier(var now) -> {
                board.receipt(new Receipt(command.id(), Outcome.DONE, ""));
                goOnOrHold(now, done);
            }
            case Attempt.NotMine(var outcome, var detail, var now) -> {
                board.state(new RuntimeState.Held())
                        .ledger(now)
                        .receipt(new Receipt(command.id(), outcome, detail))
                        .tell();
                done.run();
            }
        }
    }

    private void resume(long term, Runnable done) {
        activating(term);
        claimant.resume(term, attempt -> resumed(term, attempt, done));
    }

    private void resumed(long term, Attempt attempt, Runnable done) {
        switch (attempt) {
            case Attempt.Mine(var owned) -> start(owned, done);
            case Attempt.Earlier(var now) -> goOnOrHold(now, done);
            case Attempt.NotMine(var outcome, var detail, var now) -> {
                board.ledger(now);
                switch (outcome) {
                    case FAILED -> askAgain();
                    case STALE, ACCEPTED, DONE -> board.state(new RuntimeState.Held());
                    case UNREADABLE, REFUSED, FORBIDDEN ->
                            board.failure(failure(detail))
                                    .state(new RuntimeState.GaveUp(term, detail, 0));
                }
                board.tell();
                done.run();
            }
        }
    }

    /** Rule 4 is asked again as well: the term may have been closed meanwhile. */
    private void askAgain() {
        life.after(
                LONGEST_DELAY.toMillis(),
                () -> driver.run(done -> claimant.look(now -> goOnOrHold(now, done))));
    }

    private void goOnOrHold(Seen<LedgerView> seen, Runnable done) {
        board.ledger(seen).state(new RuntimeState.Held()).tell();
        var resumable =
                seen instanceof Seen.Present<LedgerView>(var view)
                        ? Claiming.resumable(view, around.pod().uid(), world.agenda().now())
                        : Optional.<Long>empty();
        resumable.ifPresentOrElse(term -> resume(term, done), done);
    }

    private void start(Owned owned, Runnable done) {
        board.state(new RuntimeState.Activating(owned.term(), world.agenda().now()))
                .ledger(Seen.present(ModelStop.ledger(owned, new LedgerView.Open())))
                .tell();
        var term =
                new ModelTerm(
                        world,
                        link,
                        new Owning(around.bound(), around.rollAfter()),
                        this::halt,
                        owned);
        term.listen((snapshot, end) -> appended(term, snapshot, end));
        var job = new ModelJob(world, life, around.stage(), term, new JobEars(term));
        run = Optional.of(new Run(term, job));
        job.deploy();
        done.run();
    }

    private void appended(ModelTerm term, Snapshot snapshot, LedgerView.End end) {
        var owned = term.owned();
        board.ledger(Seen.present(ModelStop.ledger(owned, end)))
                .checkpoint(
                        new RuntimeView.CompletedCheckpoint(
                                snapshot.id(),
                                snapshot.location(),
                                100,
                                Duration.ofMillis(50),
                                world.agenda().now(),
                                end instanceof LedgerView.ClosedFor));
        if (board.state() instanceof RuntimeState.Running(var was, var id, var since)
                && was != owned.term()) {
            board.state(new RuntimeState.Running(owned.term(), id, since));
        }
        board.tell();
    }

    /** What the engine tells, one after the other on the driver. */
    private final class JobEars implements ModelJob.Listener {
        private final ModelTerm term;

        private JobEars(ModelTerm term) {
            this.term = term;
        }

        @Override
        public void allTasksRun() {
            if (board.state() instanceof RuntimeState.Activating(var number, _)) {
                board.state(
                                new RuntimeState.Running(
                                        number, ModelStop.jobId(term), world.agenda().now()))
                        .tell();
            }
        }

        @Override
        public void finished() {
            driver.run(
                    done -> {
                        run = Optional.empty();
                        savepoints.jobEnded("the job ended first");
                        term.finish(
                                end -> {
                                    board.state(new RuntimeState.Held())
                                            .ledger(
                                                    Seen.present(
                                                            ModelStop.ledger(term.owned(), end)));
                                    stop.done();
                                    board.tell();
                                    done.run();
                                });
                    });
        }

        @Override
        public void failed(String cause) {
            driver.run(
                    done ->
                            term.settled(
                                    owned -> {
                                        run = Optional.empty();
                                        savepoints.jobEnded(cause);
                                        if (term.isClosed()) {
                                            halt("failed between closed and finished: " + cause);
                                        } else {
                                            recover(owned, cause, done);
                                        }
                                    }));
        }
    }

    /**
     * Rule 13: a failed job is restarted by a claim of the next term, never in its own. The pod
     * looks for a seal first, which only halts it sooner than this claim would refuse it.
     */
    private void recover(Owned failed, String cause, Runnable done) {
        stop.overtaken(cause);
        var now = world.agenda().millis();
        failures = now - lastFailure > FORGIVEN ? 0 : failures + 1;
        lastFailure = now;
        var delay =
                Math.min(
                        LONGEST_DELAY.toMillis(), FIRST_DELAY.toMillis() << Math.min(failures, 10));
        board.failure(failure(cause))
                .state(
                        new RuntimeState.Recovering(
                                failed.term(),
                                cause,
                                failures + 1,
                                world.agenda().now().plusMillis(delay)))
                .tell();
        life.after(
                delay,
                () ->
                        driver.run(
                                again -> {
                                    board.restarted();
                                    resume(failed.term(), again);
                                }));
        done.run();
    }

    private RuntimeView.JobFailure failure(String cause) {
        return new RuntimeView.JobFailure(world.agenda().now(), cause, failures + 1);
    }

    private void halt(String why) {
        if (!life.ended()) {
            around.halt().accept(why);
        }
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
        run.filter(now -> !now.job().isDeploying())
                .ifPresent(now -> life.now(() -> now.job().fail("a task failed")));
    }

    @Override
    public boolean mayFreeze() {
        return run.filter(now -> now.job().isDeploying()).isEmpty();
    }
}
