package dev.weir.simulation;

import dev.weir.ledger.LedgerRecord;
import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.ledger.LedgerRecord.Closed;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.Owned;
import dev.weir.ledger.Owning;
import dev.weir.ledger.RestorePoint;
import dev.weir.ledger.Step;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The runtime's {@code TermWriter}, kept small: the one writer of a term. Which record is written
 * is this model's; how it is written is the ledger's {@link Owning}.
 *
 * <ul>
 *   <li>Appends are one after the other (rule 1); a look is left out while one is on its way.
 *   <li>After {@code closed} nothing is appended but {@code finished} (rule 3).
 *   <li>A stop that was given up closes nothing any more.
 *   <li>Fenced or undecided: the process halts, and nothing goes on.
 * </ul>
 */
final class ModelTerm {

    /** A stop under way: the savepoint at this location closes the term. */
    record Order(String location, CloseReason reason, Optional<Instant> deadline) {}

    private final World world;
    private final StoreLink link;
    private final Owning owning;
    private final Consumer<String> halt;
    private final Lane lock = new Lane();
    private BiConsumer<Snapshot, LedgerView.End> listener = (_, _) -> {};
    private Owned owned;
    private Optional<Order> stop = Optional.empty();
    private Optional<LedgerView.ClosedFor> closed = Optional.empty();

    ModelTerm(World world, StoreLink link, Owning owning, Consumer<String> halt, Owned owned) {
        this.world = world;
        this.link = link;
        this.owning = owning;
        this.halt = halt;
        this.owned = owned;
    }

    /** Who hears of what was appended. */
    void listen(BiConsumer<Snapshot, LedgerView.End> to) {
        listener = to;
    }

    /**
     * @param written false if the term is closed already: the files are nobody's
     */
    void appendCheckpoint(Snapshot snapshot, Consumer<Boolean> written) {
        lock.run(
                done -> {
                    if (closed.isPresent()) {
                        done.run();
                        written.accept(false);
                        return;
                    }
                    var record =
                            new LedgerRecord.Checkpoint(
                                    writer(),
                                    world.agenda().now(),
                                    snapshot.id(),
                                    snapshot.location(),
                                    100);
                    var before = owned;
                    append(
                            rules -> rules.checkpoint(before, record),
                            () -> {
                                link.run(Owning.pruneAfterRoll(before, owned), _ -> {});
                                listener.accept(snapshot, new LedgerView.Open());
                                done.run();
                                written.accept(true);
                            });
                });
    }

    void appendClosed(Snapshot snapshot, Consumer<Boolean> written) {
        lock.run(
                done -> {
                    if (closed.isPresent() || stop.isEmpty()) {
                        done.run();
                        written.accept(false);
                        return;
                    }
                    var order = stop.get();
                    var record =
                            new Closed(
                                    writer(),
                                    world.agenda().now(),
                                    Optional.of(
                                            new RestorePoint.Savepoint(
                                                    snapshot.id(), snapshot.location())),
                                    order.reason(),
                                    order.deadline());
                    append(
                            rules -> rules.close(owned, record),
                            () -> {
                                var end =
                                        new LedgerView.ClosedFor(
                                                order.reason(), order.deadline(), false);
                                closed = Optional.of(end);
                                listener.accept(snapshot, end);
                                done.run();
                                written.accept(true);
                            });
                });
    }

    void order(Order order, Runnable then) {
        lock.run(
                done -> {
                    stop = Optional.of(order);
                    done.run();
                    then.run();
                });
    }

    /** Answers false if the term is closed already. */
    void giveUpStop(Consumer<Boolean> given) {
        lock.run(
                done -> {
                    if (closed.isEmpty()) {
                        stop = Optional.empty();
                    }
                    done.run();
                    given.accept(closed.isEmpty());
                });
    }

    /** Rule 8: the sinks have committed. */
    void finish(Consumer<LedgerView.ClosedFor> finished) {
        lock.run(
                done ->
                        append(
                                rules -> rules.finish(owned, world.agenda().now()),
                                () -> {
                                    var end = closed.orElseThrow();
                                    done.run();
                                    finished.accept(
                                            new LedgerView.ClosedFor(
                                                    end.reason(), end.deadline(), true));
                                }));
    }

    void lookBeforeDeployment(Runnable then) {
        lock.run(
                done ->
                        append(
                                rules -> rules.lookUntilTold(owned),
                                () -> {
                                    done.run();
                                    then.run();
                                }));
    }

    void lookForSeal() {
        lock.tryRun(this::look);
    }

    /** What is owned once no append is on its way. */
    void settled(Consumer<Owned> then) {
        lock.run(
                done -> {
                    done.run();
                    then.accept(owned);
                });
    }

    Owned owned() {
        return owned;
    }

    boolean isClosed() {
        return closed.isPresent();
    }

    /** A store that does not answer a look in passing decides nothing. */
    private void look(Runnable then) {
        link.run(
                owning.look(owned),
                answer -> {
                    if (answer instanceof Owning.Fenced(var by)) {
                        halt.accept("fenced: the own next slot holds " + by);
                    } else {
                        then.run();
                    }
                });
    }

    private void append(Function<Owning, Step<Owning.Ownership>> record, Runnable then) {
        link.run(
                record.apply(owning),
                answer -> {
                    switch (answer) {
                        case Owning.Kept(var now) -> {
                            owned = now;
                            then.run();
                        }
                        case Owning.Fenced(var by) -> halt.accept("fenced by " + by);
                        case Owning.Unknown(var cause) -> halt.accept("undecided: " + cause);
                    }
                });
    }

    private String writer() {
        return owned.claim().writer();
    }
}
