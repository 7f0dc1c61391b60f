package dev.weir.runtime;

import dev.weir.ledger.Claiming;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.Owned;
import dev.weir.ledger.Seen;
import dev.weir.protocol.Command;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.Receipt.Outcome;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import dev.weir.protocol.RuntimeView.JobFailure;
import dev.weir.protocol.RuntimeView.Prepared;
import dev.weir.runtime.Claimant.Attempt;
import dev.weir.runtime.control.CommandTarget;
import dev.weir.runtime.control.StatusBoard;
import dev.weir.runtime.flink.ActiveJob;
import dev.weir.runtime.flink.RestorePointReader;
import dev.weir.runtime.ledger.JobLedger;
import dev.weir.runtime.ledger.TermWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Leads the pod through its life: Held, Active, Held again. Everything here happens on the one
 * {@link DriverThread}, so what a command finds does not change under it; Flink's own threads only
 * append and report.
 */
final class JobDriver implements CommandTarget {

    /** Rule 13: how often a running owner looks for a seal, and a held pod for what is new. */
    private static final Duration SEAL_WATCH = Duration.ofSeconds(3);

    /** A term that runs here. */
    record Run(TermWriter term, ActiveJob job) {}

    private final Identity who;
    private final StatusBoard board;
    private final JobLedger ledger;
    private final DriverThread thread;
    private final Clock clock;
    private final Claimant claimant;
    private final RestartPolicy restarts;
    private final JobStop stop;
    private final FitWatch fits;
    private final WarmUp warmUp;
    private final UserSavepoints savepoints;
    private final EngineSavepoints engine;
    private final SavepointEraser eraser;
    private Optional<Stage> stage = Optional.empty();
    private Optional<Run> run = Optional.empty();

    JobDriver(Identity who, StatusBoard board, JobLedger ledger, DriverThread thread, Clock clock) {
        this.who = who;
        this.board = board;
        this.ledger = ledger;
        this.thread = thread;
        this.clock = clock;
        this.claimant = new Claimant(who, ledger, clock);
        this.restarts = new RestartPolicy(who.job().restart());
        this.stop = new JobStop(who.job().storage().root().toString(), board, thread, clock);
        var comparison = new StateComparison(ledger, RestorePointReader::operators);
        this.fits = new FitWatch(board, comparison, thread, clock);
        this.warmUp = new WarmUp(thread::after, this::warmUp, this::warmed);
        this.savepoints = new UserSavepoints(board, thread::run);
        this.engine = new EngineSavepoints(who, ledger, clock);
        this.eraser = new SavepointEraser(ledger);
    }

    /**
     * Everything is prepared: the pod is Held, unless rule 4 says that it goes on with a term of
     * its own.
     */
    void ready(Stage prepared, LedgerView view) {
        thread.run(
                () -> {
                    stage = Optional.of(prepared);
                    thread.every(SEAL_WATCH, this::watch);
                    Claiming.resumable(view, who.podUid(), clock.instant())
                            .ifPresentOrElse(this::resume, () -> hold(view));
                });
    }

    /**
     * Rule 13. A pod that waits looks too: the operator decides by what it saw last, and a look
     * that failed would be waited on for ever.
     */
    private void watch() {
        run.ifPresentOrElse(
                now -> thread.aside(now.term()::lookForSeal),
                () -> {
                    if (board.view().state() instanceof RuntimeState.Held) {
                        goOnOrHold(claimant.look());
                    }
                });
    }

    @Override
    public void carryOut(Command command) {
        thread.run(
                () -> {
                    warmUp.disturb();
                    switch (command) {
                        case Command.Activate activate -> activate(activate);
                        case Command.Stop order -> stop(order);
                        case Command.Close close ->
                                stale(close, "closing a ledger is a storekeeper's work");
                        case Command.Erase erase ->
                                stale(erase, "erasing a job's state is a storekeeper's work");
                        case Command.TakeSavepoint take -> take(take);
                        case Command.EraseSavepoint erase -> erase(erase);
                    }
                });
    }

    private void activate(Command.Activate command) {
        switch (board.view().state()) {
            case RuntimeState.Held _, RuntimeState.GaveUp _, RuntimeState.Ended _ ->
                    claimFor(command);
            case RuntimeState.Preparing _, RuntimeState.Unfit _, RuntimeState.Active _ ->
                    stale(command, "the pod is " + board.view().state());
        }
    }

    private void claimFor(Command.Activate command) {
        activating(command.expectedTerm());
        switch (claimant.claim(command, program())) {
            case Attempt.Mine(var owned) -> {
                board.receipt(new Receipt(command.id(), Outcome.DONE, "term " + owned.term()));
                start(owned);
            }
            case Attempt.Earlier(var term, var now) -> {
                board.receipt(new Receipt(command.id(), Outcome.DONE, "term " + term));
                goOnOrHold(now);
            }
            case Attempt.NotMine(var outcome, var detail, var now) ->
                    board.update(
                            view ->
                                    view.state(held())
                                            .ledger(now)
                                            .receipt(new Receipt(command.id(), outcome, detail)));
        }
    }

    private void stop(Command.Stop command) {
        running(command)
                .ifPresentOrElse(now -> stop.begin(command, now), () -> doesNotRunHere(command));
    }

    private void take(Command.TakeSavepoint command) {
        running(command)
                .ifPresentOrElse(
                        now -> savepoints.take(command, () -> engine.take(command, now.job())),
                        () -> doesNotRunHere(command));
    }

    /** The run that a command is about; empty: it is over, or not yet, or not here. */
    private Optional<Run> running(Command command) {
        return board.view().state() instanceof RuntimeState.Running
                ? run.filter(now -> now.term().owned().term() == command.expectedTerm())
                : Optional.empty();
    }

    private void doesNotRunHere(Command command) {
        stale(
                command,
                "term "
                        + command.expectedTerm()
                        + " does not run here; the pod is "
                        + board.view().state());
    }

    private void erase(Command.EraseSavepoint command) {
        if (savepoints.takes(command.savepointUid())) {
            stale(command, "it is being taken");
        } else {
            Thread.ofVirtual()
                    .name("erase-savepoint")
                    .start(() -> board.receipt(eraser.answer(command)));
        }
    }

    private void stale(Command command, String detail) {
        board.receipt(new Receipt(command.id(), Outcome.STALE, detail));
    }

    /**
     * A claim of the pod's own (rules 4 and 13): a store that does not answer is asked again, and a
     * pod that lost its job waits.
     */
    private void resume(long term) {
        warmUp.disturb();
        activating(term);
        switch (claimant.resume(term, program())) {
            case Attempt.Mine(var owned) -> start(owned);
            case Attempt.Earlier(_, var now) -> goOnOrHold(now);
            case Attempt.NotMine(var outcome, var detail, var now) -> {
                board.update(view -> view.ledger(now));
                switch (outcome) {
                    case FAILED ->
                            thread.after(
                                    who.job().restart().maxDelay(),
                                    () -> goOnOrHold(claimant.look()));
                    case STALE, ACCEPTED, DONE -> board.state(held());
                    case UNREADABLE, REFUSED, FORBIDDEN ->
                            board.update(
                                    view ->
                                            view.failure(new JobFailure(clock.instant(), detail, 1))
                                                    .state(
                                                            new RuntimeState.GaveUp(
                                                                    term, detail, 0)));
                }
            }
        }
    }

    private void activating(long expectedTerm) {
        board.state(new RuntimeState.Activating(expectedTerm + 1, clock.instant()));
    }

    private Prepared program() {
        return stage.orElseThrow().program().prepared();
    }

    private void hold(LedgerView view) {
        board.state(held());
        waits(view);
    }

    /** Rule 4 decides whether a term that this pod owns is gone on with. */
    private void goOnOrHold(Seen<LedgerView> seen) {
        board.update(view -> view.ledger(seen).state(held()));
        if (seen instanceof Seen.Present<LedgerView>(var view)) {
            Claiming.resumable(view, who.podUid(), clock.instant())
                    .ifPresentOrElse(this::resume, () -> waits(view));
        }
    }

    private void waits(LedgerView view) {
        fits.consider(program(), view);
        warmUp.waits();
    }

    private RuntimeState held() {
        return new RuntimeState.Held(warmUp.isWarm());
    }

    private WarmUp.Try warmUp(Consumer<WarmUp.End> over) {
        return stage.orElseThrow().warmUp(end -> thread.run(() -> over.accept(end)));
    }

    private void warmed() {
        if (board.view().state() instanceof RuntimeState.Held) {
            board.state(held());
        }
    }

    private void start(Owned owned) {
        board.update(
                v ->
                        v.state(new RuntimeState.Activating(owned.term(), clock.instant()))
                                .ledger(
                                        Seen.present(
                                                TermReporter.ledger(
                                                        owned, new LedgerView.Open()))));
        var reporter = new TermReporter(board, clock, ActiveJob.id(owned));
        var term = new TermWriter(owned, ledger, reporter, clock);
        var started = new Run(term, stage.orElseThrow().start(term, owned, warmUp.room()));
        run = Optional.of(started);
        started.job().end().thenAccept(end -> thread.run(() -> ended(started, end)));
    }

    private void ended(Run over, ActiveJob.End end) {
        run = Optional.empty();
        savepoints.jobEnded(end);
        switch (end) {
            case ActiveJob.End.Finished() when over.term().closed().isPresent() ->
                    finished(over.term());
            case ActiveJob.End.Finished() -> {
                over.term().end("finished");
                Owned owned = over.term().owned();
                board.update(
                        v ->
                                v.state(new RuntimeState.Ended(owned.term(), "finished"))
                                        .inProgress(Optional.empty())
                                        .ledger(
                                                Seen.present(
                                                        TermReporter.ledger(
                                                                owned,
                                                                new LedgerView.EndedWith(
                                                                        "finished")))));
            }
            case ActiveJob.End.Failed(var cause) when over.term().closed().isPresent() ->
                    throw thread.halt(
                            Halt.Code.UNFINISHED,
                            "the job failed after its term was closed and before its sinks had"
                                    + " committed: "
                                    + cause);
            case ActiveJob.End.Unknown(var cause) ->
                    throw thread.halt(Halt.Code.ENGINE_LOST, cause);
            case ActiveJob.End.Failed(var cause) -> {
                // A zombie's sinks are often fenced by its successor's before it meets the seal.
                over.term().lookForSeal();
                recover(over.term().owned(), cause);
            }
        }
    }

    /** Rule 8. */
    private void finished(TermWriter term) {
        LedgerView.End end = term.finish();
        Owned owned = term.owned();
        board.update(
                v ->
                        v.state(held())
                                .inProgress(Optional.empty())
                                .ledger(Seen.present(TermReporter.ledger(owned, end))));
        stop.done(owned);
    }

    /** Rule 13: a failed job is restarted by a claim of the next term. */
    private void recover(Owned failed, String cause) {
        int inARow = inARow();
        stop.overtaken(cause);
        board.update(
                v ->
                        v.failure(new JobFailure(clock.instant(), cause, inARow))
                                .inProgress(Optional.empty()));
        switch (restarts.failed(clock.instant())) {
            case RestartPolicy.Answer.GiveUp(var attempts) ->
                    board.state(new RuntimeState.GaveUp(failed.term(), cause, attempts));
            case RestartPolicy.Answer.Again(var delay, var attempt) -> {
                board.state(
                        new RuntimeState.Recovering(
                                failed.term(), cause, attempt, clock.instant().plus(delay)));
                thread.after(delay, () -> restart(failed));
            }
        }
    }

    private int inARow() {
        RuntimeView view = board.view();
        boolean settled =
                view.state() instanceof RuntimeState.Running(_, _, var since)
                        && !clock.instant().isBefore(since.plus(JobFailure.SETTLED));
        return settled ? 1 : 1 + view.lastFailure().map(JobFailure::inARow).orElse(0);
    }

    private void restart(Owned failed) {
        board.update(v -> v.restarted());
        resume(failed.term());
    }
}
