package dev.weir.simulation;

import dev.weir.ledger.Owned;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * In the place of Flink: one term's job with a replayable source and a transactional sink.
 *
 * <ol>
 *   <li>Deployed, it looks at its next slot, restores what its claim names, commits what was
 *       pending in it, takes the sink's transactional ids back, and runs.
 *   <li>A barrier prepares the open transaction; state, pending transactions and position are
 *       written; the term appends; then the sink commits (rule 3).
 *   <li>A stop does the same into a savepoint that closes the term, commits, and is FINISHED.
 *   <li>What was subsumed is deleted after an append that succeeded, with the files that no kept
 *       checkpoint of this term shares (rule 10); what was restored is never touched (NO_CLAIM).
 * </ol>
 *
 * What the design leaves open is left out here too: nothing stands still between the look before
 * deployment and the sinks' start, see {@link #isDeploying}.
 */
final class ModelJob {

    /** What the driver hears of it. */
    interface Listener {
        void allTasksRun();

        void finished();

        void failed(String cause);
    }

    private static final int RETAIN = 3;

    private final World world;
    private final Life life;
    private final Stage stage;
    private final ModelTerm term;
    private final Listener listener;
    private final List<Sink.Id> pending = new ArrayList<>();
    private final ArrayDeque<Snapshot> kept = new ArrayDeque<>();
    private String origin = "";
    private Optional<Sink.Id> open = Optional.empty();
    private Optional<String> base = Optional.empty();
    private long transactions;
    private long offset;
    private long nextId;
    private boolean deploying = true;
    private boolean inProgress;
    private boolean stopping;
    private boolean over;

    /** What is outside of the job: the store, the sink, and who watches. */
    record Stage(Bucket bucket, Sink sink, LedgerOracle oracle) {}

    ModelJob(World world, Life life, Stage stage, ModelTerm term, Listener listener) {
        this.world = world;
        this.life = life;
        this.stage = stage;
        this.term = term;
        this.listener = listener;
    }

    void deploy() {
        var owned = term.owned();
        stage.oracle().deploys(owned.claim().jobIdTerm(), owned.claim().writer());
        nextId = owned.claim().floorId() + 1;
        life.after(world.chance().between(10, 60), () -> term.lookBeforeDeployment(this::restore));
    }

    private void restore() {
        life.after(world.chance().between(10, 80), this::start);
    }

    private void start() {
        deploying = false;
        if (over) {
            return;
        }
        var owned = term.owned();
        var location = LedgerOracle.location(owned.claim().from());
        if (location.isEmpty()) {
            origin = owned.claim().jobUid() + "/" + owned.claim().jobIdTerm();
        } else {
            var restored = stage.bucket().snapshot(location.get());
            if (restored.isEmpty()) {
                fail("the state at " + location.get() + " is gone");
                return;
            }
            origin = restored.get().origin();
            offset = restored.get().offset();
            restored.get().pending().forEach(stage.sink()::commit);
            stage.sink().takeBack(restored.get().pending());
        }
        if (location.isEmpty()) {
            stage.sink().takeBack(List.of());
        }
        begin(owned);
        life.after(world.chance().between(5, 60), () -> ifRuns(listener::allTasksRun));
        if (owned.claim().revision().equals(User.BAD)) {
            var patience = world.faults().ceased() ? 500 : 3_000;
            life.after(
                    world.chance().between(20, patience),
                    () -> ifRuns(() -> fail("the program throws")));
        }
        checkpointLater();
    }

    private void begin(Owned owned) {
        var id =
                new Sink.Id(
                        owned.claim().jobUid() + "/" + owned.claim().jobIdTerm(), transactions++);
        stage.sink().begin(id, origin, offset);
        open = Optional.of(id);
    }

    private void checkpointLater() {
        life.after(world.chance().between(800, 2_500), () -> ifRuns(this::checkpoint));
    }

    private void checkpoint() {
        if (!stopping && !inProgress) {
            var id = nextId++;
            inProgress = true;
            barrier(
                    "checkpoints/%019d/chk-%d".formatted(term.owned().claim().jobIdTerm(), id),
                    id,
                    Fault.CHECKPOINT_DECLINED,
                    snapshot -> snapshot.ifPresentOrElse(this::append, () -> inProgress = false));
        }
        checkpointLater();
    }

    private void append(Snapshot snapshot) {
        term.appendCheckpoint(
                snapshot,
                written -> {
                    inProgress = false;
                    if (!written) {
                        stage.bucket().discard(snapshot.location(), List.of());
                    } else {
                        ifRuns(() -> completed(snapshot));
                    }
                });
    }

    private void completed(Snapshot snapshot) {
        kept.addLast(snapshot);
        while (kept.size() > RETAIN) {
            var subsumed = kept.removeFirst();
            life.after(world.little(), () -> ifRuns(() -> discard(subsumed)));
        }
        life.after(world.chance().between(1, 40), () -> ifRuns(() -> commit(snapshot)));
    }

    private void discard(Snapshot subsumed) {
        Set<String> unshared = new HashSet<>(subsumed.files());
        kept.forEach(k -> unshared.removeAll(k.files()));
        base.ifPresent(unshared::remove);
        stage.bucket().discard(subsumed.location(), unshared);
    }

    private void commit(Snapshot snapshot) {
        snapshot.pending().stream().filter(pending::contains).forEach(stage.sink()::commit);
        pending.removeAll(snapshot.pending());
    }

    /**
     * @param then given nothing if the state could not be written; the job runs on
     */
    private void barrier(
            String location, long id, Fault failure, Consumer<Optional<Snapshot>> then) {
        offset += world.chance().between(1, 20);
        if (!stage.sink().prepare(open.orElseThrow(), offset)) {
            fail("another writer has taken the transactional ids");
            return;
        }
        pending.add(open.get());
        var own = location + "/state";
        Set<String> files = new HashSet<>(Set.of(own));
        if (failure == Fault.CHECKPOINT_DECLINED) {
            if (base.isEmpty() || id % 4 == 0) {
                base = Optional.of(own);
            }
            files.add(base.get());
        }
        var snapshot = new Snapshot(location, id, origin, offset, pending, files);
        begin(term.owned());
        life.after(
                world.chance().between(5, 60),
                () -> {
                    if (stage.bucket().isOut()
                            || world.faults().strikes(failure, "job " + location)) {
                        then.accept(Optional.empty());
                    } else {
                        stage.bucket().put(snapshot);
                        then.accept(Optional.of(snapshot));
                    }
                });
    }

    /**
     * A user's: not appended. It commits nothing; what it prepared waits for the next checkpoint.
     */
    void savepoint(String location, Consumer<Optional<Snapshot>> then) {
        ifRuns(
                () -> {
                    stage.bucket().begins(location);
                    barrier(location, nextId++, Fault.SAVEPOINT_FAILED, then);
                });
    }

    /**
     * @param failed called if the savepoint can't be had; the job runs on then
     */
    void stop(String location, Consumer<String> failed) {
        stopping = true;
        barrier(
                location,
                nextId++,
                Fault.SAVEPOINT_FAILED,
                snapshot ->
                        snapshot.ifPresentOrElse(
                                savepoint -> close(savepoint, failed),
                                () -> runOn("the savepoint could not be written", failed)));
    }

    private void close(Snapshot savepoint, Consumer<String> failed) {
        term.appendClosed(
                savepoint,
                written -> {
                    if (written) {
                        life.after(
                                world.chance().between(1, 200),
                                () -> ifRuns(() -> finish(savepoint)));
                    } else {
                        stage.bucket().discard(savepoint.location(), savepoint.files());
                        runOn("the stop was given up", failed);
                    }
                });
    }

    private void runOn(String cause, Consumer<String> failed) {
        stopping = false;
        failed.accept(cause);
    }

    private void finish(Snapshot savepoint) {
        if (world.faults().strikes(Fault.COMMIT_CUT_SHORT, "job " + savepoint.location())) {
            fail("a committer failed");
            return;
        }
        commit(savepoint);
        over = true;
        listener.finished();
    }

    /** Its tasks fail: what is not in a checkpoint is lost, and open transactions stay open. */
    void fail(String cause) {
        if (!over) {
            over = true;
            listener.failed(cause);
        }
    }

    /**
     * Between the look and the sinks' start. A process frozen there can abort a successor's open
     * transaction: known, documented, and not a case for this simulation.
     */
    boolean isDeploying() {
        return deploying;
    }

    private void ifRuns(Runnable what) {
        if (!over) {
            what.run();
        }
    }
}
