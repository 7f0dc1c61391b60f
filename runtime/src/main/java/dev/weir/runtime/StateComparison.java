package dev.weir.runtime;

import dev.weir.ledger.ClaimedOperators;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.Provenance;
import dev.weir.ledger.RestorePoint;
import dev.weir.ledger.Seen;
import dev.weir.protocol.RuntimeView.Prepared;
import dev.weir.protocol.StateFit;
import dev.weir.runtime.fit.Fitting;
import dev.weir.runtime.fit.StoredOperator;
import dev.weir.runtime.flink.Causes;
import dev.weir.runtime.ledger.JobLedger;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Holds a program against the restore point that a claim would take: reads which operators are in
 * it, and what the program computed that made them. Waits for the store.
 */
final class StateComparison {

    /** Reads which operators are in a restore point. */
    @FunctionalInterface
    interface Reader {
        List<StoredOperator> operators(RestorePoint from) throws IOException;
    }

    private final JobLedger ledger;
    private final Reader reader;

    StateComparison(JobLedger ledger, Reader reader) {
        this.ledger = ledger;
        this.reader = reader;
    }

    /** Unreachable with the cause if one of both can't be read; a fit is never guessed. */
    Seen<StateFit> of(Prepared program, LedgerView view) {
        RestorePoint from = latest(view);
        try {
            List<StoredOperator> stored = reader.operators(from);
            return switch (maker(view)) {
                case Seen.Present<ClaimedOperators>(var made) ->
                        Seen.present(Fitting.compare(from, program, stored, Optional.of(made)));
                case Seen.Absent<ClaimedOperators>() ->
                        Seen.present(Fitting.compare(from, program, stored, Optional.empty()));
                case Seen.Unreachable<ClaimedOperators>(var cause) -> Seen.unreachable(cause);
            };
        } catch (IOException | RuntimeException e) {
            return Seen.unreachable(from + " cannot be read: " + Causes.inOneLine(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Seen.unreachable("interrupted while reading " + from);
        }
    }

    private Seen<ClaimedOperators> maker(LedgerView view) throws InterruptedException {
        return view instanceof LedgerView.Term term
                ? ledger.run(Provenance.of(term))
                : Seen.absent();
    }

    /** What a claim would take, if nothing more is appended. */
    static RestorePoint latest(LedgerView view) {
        return switch (view) {
            case LedgerView.Empty(), LedgerView.Deleted _ -> new RestorePoint.Fresh();
            case LedgerView.Term term -> term.latest();
        };
    }
}
