package dev.weir.simulation;

import dev.weir.ledger.LedgerView;
import dev.weir.ledger.RestorePoint;
import dev.weir.ledger.Seen;
import dev.weir.ledger.Walking;
import dev.weir.protocol.Command;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.Receipt.Outcome;
import java.util.List;
import java.util.function.Consumer;

/**
 * The runtime's {@code SavepointEraser}: reads the ledger again, then deletes all attempts at one
 * savepoint, one after the other.
 */
final class ModelSavepointEraser {

    private final World world;
    private final Life life;
    private final StoreLink link;
    private final Bucket bucket;
    private final Consumer<String> halt;

    ModelSavepointEraser(
            World world, Life life, StoreLink link, Bucket bucket, Consumer<String> halt) {
        this.world = world;
        this.life = life;
        this.link = link;
        this.bucket = bucket;
        this.halt = halt;
    }

    void erase(Command.EraseSavepoint command, Consumer<Receipt> answer) {
        link.run(
                Walking.look(),
                seen -> {
                    switch (seen) {
                        case Seen.Present<LedgerView>(var view)
                                when view.term() != command.expectedTerm() ->
                                answer.accept(receipt(command, Outcome.STALE));
                        case Seen.Present<LedgerView>(var view)
                                when isNeeded(view, command.savepointUid()) ->
                                answer.accept(receipt(command, Outcome.REFUSED));
                        case Seen.Present<LedgerView> _ -> sweep(command, answer);
                        case Seen.Absent<LedgerView>(), Seen.Unreachable<LedgerView> _ ->
                                answer.accept(receipt(command, Outcome.FAILED));
                    }
                });
    }

    /** Started over until nothing is found. */
    private void sweep(Command.EraseSavepoint command, Consumer<Receipt> answer) {
        List<Snapshot> left =
                bucket.snapshots().stream()
                        .filter(
                                snapshot ->
                                        snapshot.location()
                                                .startsWith(
                                                        SavepointOracle.prefix(
                                                                command.savepointUid())))
                        .toList();
        if (bucket.isOut()) {
            life.after(2_000, () -> answer.accept(receipt(command, Outcome.FAILED)));
        } else if (left.isEmpty()) {
            answer.accept(receipt(command, Outcome.DONE));
        } else {
            life.after(
                    world.little(),
                    () -> {
                        if (world.faults().strikes(Fault.POD_CRASH_BEFORE_EFFECT, "eraser")) {
                            halt.accept("crashed while erasing");
                            return;
                        }
                        var one = left.getFirst();
                        bucket.discard(one.location(), one.files());
                        sweep(command, answer);
                    });
        }
    }

    private static boolean isNeeded(LedgerView view, String uid) {
        return view instanceof LedgerView.Term term
                && term.latest() instanceof RestorePoint.Savepoint(_, var location)
                && location.startsWith(SavepointOracle.prefix(uid));
    }

    private static Receipt receipt(Command command, Outcome outcome) {
        return new Receipt(command.id(), outcome, "");
    }
}
