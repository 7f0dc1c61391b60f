package dev.weir.operator.runtime;

import dev.weir.ledger.LedgerRecord.Claim;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.Seen;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import dev.weir.protocol.SavepointView;
import dev.weir.protocol.StateFit;
import java.util.List;
import java.util.Optional;

/**
 * The part of a pod's view that a plan can turn on. A job that takes a checkpoint each second
 * changes its view several times a second, and none of that is a reason for a pass.
 */
record Significance(
        String boot,
        String revision,
        RuntimeState state,
        Seen<Ledger> ledger,
        Optional<RuntimeView.Prepared> prepared,
        Seen<StateFit.Verdict> fit,
        boolean restorable,
        Optional<RuntimeView.JobFailure> lastFailure,
        long restarts,
        List<Receipt> receipts,
        List<SavepointView> savepoints) {

    /** A ledger's end without what each checkpoint moves on. */
    sealed interface Ledger {
        record Without(long term) implements Ledger {}

        record Newest(long term, Claim claim, LedgerView.End end) implements Ledger {}
    }

    static Significance of(RuntimeView view) {
        return new Significance(
                view.boot(),
                view.revision(),
                view.state(),
                view.ledger().flatMap(ledger -> Seen.present(of(ledger))),
                view.prepared(),
                view.fit().flatMap(fit -> Seen.present(fit.verdict())),
                view.checkpoint().isPresent(),
                view.lastFailure(),
                view.restarts(),
                view.receipts(),
                view.savepoints());
    }

    private static Ledger of(LedgerView ledger) {
        return switch (ledger) {
            case LedgerView.Empty _ -> new Ledger.Without(0);
            case LedgerView.Deleted deleted -> new Ledger.Without(deleted.number());
            case LedgerView.Term term -> new Ledger.Newest(term.number(), term.claim(), term.end());
        };
    }
}
