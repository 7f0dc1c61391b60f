package dev.weir.runtime.ledger;

import dev.weir.ledger.LedgerView;
import dev.weir.ledger.Seen;
import dev.weir.ledger.StoreProbe;
import dev.weir.ledger.StoreProbe.Told;
import dev.weir.ledger.StoreProbe.Verdict;
import dev.weir.ledger.s3.StoreFault;
import dev.weir.protocol.JobDescription;
import dev.weir.protocol.Problem;
import dev.weir.protocol.Problem.Kind;
import dev.weir.runtime.control.StatusBoard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Rule 12: reads the ledger and tries the store with racing writers, before the pod becomes Held. A
 * store that does not answer is asked until it does; one that breaks its word is never used.
 */
public final class StoreCheck {

    private static final int WRITERS = 4;
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final String where;
    private final JobLedger ledger;
    private final StatusBoard board;
    private final Consumer<Optional<Problem>> problem;
    private final Duration pause;

    /**
     * @param problem told what is wrong with the store, and that nothing is any more
     */
    public StoreCheck(
            JobDescription.Storage storage,
            JobLedger ledger,
            StatusBoard board,
            Consumer<Optional<Problem>> problem) {
        this(storage, ledger, board, problem, PAUSE);
    }

    /**
     * @param pause between two looks at a store that was not found sound
     */
    public StoreCheck(
            JobDescription.Storage storage,
            JobLedger ledger,
            StatusBoard board,
            Consumer<Optional<Problem>> problem,
            Duration pause) {
        this.where =
                storage.root() + storage.endpoint().map(endpoint -> " at " + endpoint).orElse("");
        this.ledger = ledger;
        this.board = board;
        this.problem = problem;
        this.pause = pause;
    }

    /**
     * Returns the ledger's end once the store is found sound; as long as it is not, it does not
     * return.
     */
    public LedgerView untilSound() throws InterruptedException {
        while (true) {
            Seen<LedgerView> seen = ledger.look();
            board.update(view -> view.ledger(seen));
            switch (seen) {
                case Seen.Present<LedgerView>(var view) -> {
                    if (sound()) {
                        problem.accept(Optional.empty());
                        return view;
                    }
                }
                case Seen.Absent<LedgerView>() ->
                        problem.accept(Optional.of(trouble("read", "the ledger gave no answer")));
                case Seen.Unreachable<LedgerView>(var cause) ->
                        problem.accept(Optional.of(trouble("read", cause)));
            }
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        }
    }

    private boolean sound() throws InterruptedException {
        Verdict verdict = probe();
        switch (verdict) {
            case StoreProbe.Sound() -> {
                return true;
            }
            case StoreProbe.Unsound(var why) ->
                    problem.accept(
                            Optional.of(
                                    Problem.of(
                                            Kind.STORE_UNSOUND,
                                            where + ": " + why,
                                            "use a store that honours If-None-Match: * on PUT, or enable it in this one")));
            case StoreProbe.Unclear(var why) ->
                    problem.accept(Optional.of(trouble("written", why)));
        }
        return false;
    }

    private Verdict probe() throws InterruptedException {
        String nonce = UUID.randomUUID().toString();
        String key = StoreProbe.key(nonce);
        List<Told> told = new ArrayList<>();
        try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Told>> race = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                String writer = nonce + "-" + i;
                race.add(writers.submit(() -> ledger.run(StoreProbe.race(key, writer))));
            }
            for (Future<Told> writer : race) {
                told.add(answer(writer));
            }
        }
        ledger.store().delete(key);
        return StoreProbe.judge(told);
    }

    private static Told answer(Future<Told> writer) throws InterruptedException {
        try {
            return writer.get();
        } catch (ExecutionException e) {
            return new StoreProbe.Nothing(String.valueOf(e.getCause()));
        }
    }

    /**
     * The key that was asked for is left out: one that the probe makes up is another each time, and
     * the same trouble is to be told in the same words.
     */
    private Problem trouble(String tried, String cause) {
        return StoreFault.in(cause)
                .map(
                        told ->
                                Problem.of(
                                        told.fault().passing()
                                                ? Kind.STORE_UNREACHABLE
                                                : Kind.STORE_DENIED,
                                        where + " can't be " + tried + ": " + told.what(),
                                        told.fault().remedy()))
                .orElseGet(() -> Problem.of(Kind.STORE_UNREACHABLE, cause, ""));
    }
}
