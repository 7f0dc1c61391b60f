package dev.weir.runtime.ledger;

import dev.weir.ledger.Bound;
import dev.weir.ledger.ClaimOutcome;
import dev.weir.ledger.ClaimRequest;
import dev.weir.ledger.Claiming;
import dev.weir.ledger.JobStore;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.Owned;
import dev.weir.ledger.Owning;
import dev.weir.ledger.Seen;
import dev.weir.ledger.Step;
import dev.weir.ledger.StepRunner;
import dev.weir.ledger.Walking;
import dev.weir.runtime.Halt;
import java.util.function.Function;

/**
 * The job's ledger as this process uses it: the rules run to their end on the calling thread, and
 * what a rule answers with "halt" halts.
 */
public final class JobLedger {

    private final JobStore store;
    private final StepRunner runner;
    private final Bound bound;
    private final Owning owning;
    private final Halt halt;

    public JobLedger(JobStore store, Bound bound, int rollAfter, Halt halt) {
        this.store = store;
        this.runner = new StepRunner(store);
        this.bound = bound;
        this.owning = new Owning(bound, rollAfter);
        this.halt = halt;
    }

    public JobStore store() {
        return store;
    }

    public Bound bound() {
        return bound;
    }

    public Seen<LedgerView> look() throws InterruptedException {
        return runner.run(Walking.look());
    }

    public ClaimOutcome claim(ClaimRequest request) throws InterruptedException {
        return runner.run(Claiming.claim(request, bound));
    }

    /** Rule 4: a claim that nobody asked for. */
    public ClaimOutcome resume(ClaimRequest request) throws InterruptedException {
        return runner.run(Claiming.resume(request, bound));
    }

    public <R> R run(Step<R> step) throws InterruptedException {
        return runner.run(step);
    }

    /** Rule 1: returns only with the record in the ledger. */
    Owned append(Function<Owning, Step<Owning.Ownership>> record) {
        return switch (ownership(record.apply(owning))) {
            case Owning.Kept(var owned) -> owned;
            case Owning.Fenced(var by) -> throw halt.now(Halt.Code.FENCED, "the slot holds " + by);
            case Owning.Unknown(var cause) -> throw halt.now(Halt.Code.UNDECIDED, cause);
        };
    }

    /** Rule 7, aside: nobody waits for what only saves room. */
    void pruneAfterRoll(Owned before, Owned now) {
        if (before.term() != now.term()) {
            Thread.ofVirtual()
                    .name("prune-" + before.term())
                    .start(
                            () -> {
                                try {
                                    runner.run(Owning.pruneAfterRoll(before, now));
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                            });
        }
    }

    /** Rule 2: returns only if the store says that nobody has taken over. */
    void lookBeforeDeployment(Owned owned) {
        switch (ownership(owning.lookUntilTold(owned))) {
            case Owning.Kept _ -> {}
            case Owning.Fenced(var by) ->
                    throw halt.now(Halt.Code.FENCED, "the own next slot holds " + by);
            case Owning.Unknown(var cause) ->
                    throw halt.now(
                            Halt.Code.UNDECIDED,
                            "nothing is deployed without a look at the ledger: " + cause);
        }
    }

    /**
     * Rule 13: halts if another took over. A store that does not answer a look in passing decides
     * nothing.
     */
    void look(Owned owned) {
        if (ownership(owning.look(owned)) instanceof Owning.Fenced(var by)) {
            throw halt.now(Halt.Code.FENCED, "the own next slot holds " + by);
        }
    }

    private Owning.Ownership ownership(Step<Owning.Ownership> step) {
        try {
            return runner.run(step);
        } catch (InterruptedException e) {
            // Whoever interrupts would have the hook return or throw while undecided; the JVM ends
            // instead.
            Thread.currentThread().interrupt();
            return new Owning.Unknown("interrupted while appending");
        }
    }
}
