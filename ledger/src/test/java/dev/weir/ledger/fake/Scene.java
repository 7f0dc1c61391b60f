package dev.weir.ledger.fake;

import dev.weir.ledger.Bound;
import dev.weir.ledger.ClaimOutcome;
import dev.weir.ledger.ClaimRequest;
import dev.weir.ledger.ClaimedOperator;
import dev.weir.ledger.ClaimedOperators;
import dev.weir.ledger.Claiming;
import dev.weir.ledger.LedgerJson;
import dev.weir.ledger.LedgerRecord;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.Owned;
import dev.weir.ledger.Owning;
import dev.weir.ledger.RestorePoint;
import dev.weir.ledger.Seen;
import dev.weir.ledger.Slot;
import dev.weir.ledger.Start;
import dev.weir.ledger.Step;
import dev.weir.ledger.StepRunner;
import dev.weir.ledger.Walking;
import dev.weir.ledger.memory.InMemoryLedgerStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One job's ledger with people around it: what tests of the rules say in their own words. */
public final class Scene {

    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    public static final String JOB = "job-1";
    public static final Bound BOUND = new Bound(3, Duration.ZERO);
    public static final int NEVER_ROLLS = 1_000;

    public final InMemoryLedgerStore objects = new InMemoryLedgerStore();
    public final ScriptedStore store = new ScriptedStore(objects);

    /** A claim as a pod of the job asks for it; every pod has a command of its own for a term. */
    public static ClaimRequest request(String pod, long expectedTerm, Start start) {
        return new ClaimRequest(
                "activate " + pod + " after " + expectedTerm,
                expectedTerm,
                start,
                "boot of " + pod,
                NOW,
                pod,
                JOB,
                "revision of " + pod,
                "digest of " + pod,
                Optional.of(operators(pod)),
                Optional.empty(),
                Optional.empty());
    }

    /** Every pod's program computes something of its own. */
    public static ClaimedOperators operators(String pod) {
        return new ClaimedOperators(
                List.of(
                        new ClaimedOperator(
                                "id of " + pod, "count", "count of " + pod, Optional.empty())));
    }

    /** The same, for another StreamJob, which may want to adopt. */
    public static ClaimRequest of(String job, Optional<String> adopt, ClaimRequest request) {
        return new ClaimRequest(
                request.command(),
                request.expectedTerm(),
                request.start(),
                request.writer(),
                request.at(),
                request.podUid(),
                job,
                request.revision(),
                request.programDigest(),
                request.operators(),
                adopt,
                Optional.empty());
    }

    public static Start latest() {
        return new Start.Latest();
    }

    /** Runs a rule against the store as scripted. */
    public <R> R run(Step<R> step) {
        try {
            return new StepRunner(store).run(step);
        } catch (InterruptedException e) {
            throw new AssertionError("nothing interrupts a test", e);
        }
    }

    public ClaimOutcome claim(ClaimRequest request) {
        return run(Claiming.claim(request, BOUND));
    }

    public Owned won(ClaimRequest request) {
        var outcome = claim(request);
        if (outcome instanceof ClaimOutcome.Won(var owned)) {
            return owned;
        }
        throw new AssertionError("the claim was to be won, but " + outcome);
    }

    public Owned first(String pod) {
        return won(request(pod, 0, new Start.First()));
    }

    /** A checkpoint whose metadata is there, before its record is. */
    public LedgerRecord.Checkpoint written(Owned owned, long id) {
        var location = location(owned.term(), id);
        objects.putMetadata(location, 7);
        return new LedgerRecord.Checkpoint(owned.claim().writer(), NOW, id, location, 7);
    }

    public static String location(long term, long id) {
        return "s3://bucket/checkpoints/" + term + "/chk-" + id;
    }

    public static RestorePoint point(long term, long id) {
        return new RestorePoint.Checkpoint(id, location(term, id));
    }

    public RestorePoint.Savepoint savepoint(long id) {
        var location = "s3://bucket/savepoints/" + id;
        objects.putMetadata(location, 7);
        return new RestorePoint.Savepoint(id, location);
    }

    public Owning.Ownership append(Owned owned, long id) {
        return run(new Owning(BOUND, NEVER_ROLLS).checkpoint(owned, written(owned, id)));
    }

    /** A checkpoint of an owner that nobody disturbs. */
    public Owned checkpoint(Owned owned, long id) {
        return kept(append(owned, id));
    }

    public Owned close(
            Owned owned,
            RestorePoint.Savepoint savepoint,
            LedgerRecord.CloseReason reason,
            Optional<Instant> deadline) {
        var closed =
                new LedgerRecord.Closed(
                        owned.claim().writer(), NOW, Optional.of(savepoint), reason, deadline);
        return kept(run(new Owning(BOUND, NEVER_ROLLS).close(owned, closed)));
    }

    public static Owned kept(Owning.Ownership ownership) {
        if (ownership instanceof Owning.Kept(var owned)) {
            return owned;
        }
        throw new AssertionError("the owner was to keep its term, but " + ownership);
    }

    public LedgerView look() {
        var seen = run(Walking.look());
        if (seen instanceof Seen.Present<LedgerView>(var view)) {
            return view;
        }
        throw new AssertionError("the ledger was to be seen, but " + seen);
    }

    public LedgerView.Term term() {
        if (look() instanceof LedgerView.Term term) {
            return term;
        }
        throw new AssertionError("a term was to be there, but " + look());
    }

    /** A slot's record as it is in the store, past any script. */
    public Optional<LedgerRecord> record(long term, long slot) {
        return objects.read(new Slot(term, slot).key()).flatMap(LedgerJson::read)
                        instanceof Seen.Present<LedgerRecord>(var record)
                ? Optional.of(record)
                : Optional.empty();
    }
}
