package dev.weir.runtime;

import dev.weir.ledger.LedgerView;
import dev.weir.ledger.RestorePoint;
import dev.weir.ledger.Seen;
import dev.weir.protocol.Command;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.Receipt.Outcome;
import dev.weir.runtime.ledger.Eraser;
import dev.weir.runtime.ledger.JobLedger;
import dev.weir.runtime.ledger.SavepointPlace;

/**
 * Deletes the files of a user's savepoint (rule 10): the ledger is read again first, and nothing
 * goes while the job's state would come from it. May be asked again after any break, of any pod.
 */
final class SavepointEraser {

    private final JobLedger ledger;
    private final Eraser eraser;

    SavepointEraser(JobLedger ledger) {
        this.ledger = ledger;
        this.eraser = new Eraser(ledger.store(), ledger.bound());
    }

    /** For a thread that has nothing else to do, as the store may take its time. */
    Receipt answer(Command.EraseSavepoint command) {
        try {
            return erase(command);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return receipt(command, Outcome.FAILED, "interrupted while erasing");
        }
    }

    private Receipt erase(Command.EraseSavepoint command) throws InterruptedException {
        return switch (ledger.look()) {
            case Seen.Present<LedgerView>(var view) when view.term() != command.expectedTerm() ->
                    receipt(command, Outcome.STALE, "the ledger is at term " + view.term());
            case Seen.Present<LedgerView>(var view) when isNeeded(view, command.savepointUid()) ->
                    receipt(command, Outcome.REFUSED, "the job's state would come from it");
            case Seen.Present<LedgerView> _ -> erased(command);
            case Seen.Absent<LedgerView>() ->
                    receipt(command, Outcome.FAILED, "the ledger gave no answer");
            case Seen.Unreachable<LedgerView>(var cause) -> receipt(command, Outcome.FAILED, cause);
        };
    }

    private Receipt erased(Command.EraseSavepoint command) throws InterruptedException {
        return switch (eraser.eraseSavepoint(command.savepointUid())) {
            case Eraser.Gone(var files) ->
                    receipt(command, Outcome.DONE, files + " files are gone");
            case Eraser.GaveUp(var cause) -> receipt(command, Outcome.FAILED, cause);
        };
    }

    private static boolean isNeeded(LedgerView view, String savepointUid) {
        return switch (view) {
            case LedgerView.Empty _, LedgerView.Deleted _ -> false;
            case LedgerView.Term term ->
                    switch (term.latest()) {
                        case RestorePoint.Fresh _, RestorePoint.Checkpoint _ -> false;
                        case RestorePoint.Savepoint(_, var location) ->
                                SavepointPlace.of(location)
                                        .filter(p -> p.savepointUid().equals(savepointUid))
                                        .isPresent();
                    };
        };
    }

    private static Receipt receipt(Command command, Outcome outcome, String detail) {
        return new Receipt(command.id(), outcome, detail);
    }
}
