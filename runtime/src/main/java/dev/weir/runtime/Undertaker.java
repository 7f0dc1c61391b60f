package dev.weir.runtime;

import dev.weir.ledger.Bound;
import dev.weir.ledger.ClaimOutcome.Refusal;
import dev.weir.ledger.ClaimRequest;
import dev.weir.ledger.Closing;
import dev.weir.ledger.Closing.Closure;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.Start;
import dev.weir.ledger.Step;
import dev.weir.protocol.Command;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.Receipt.Outcome;
import dev.weir.runtime.ledger.Eraser;
import dev.weir.runtime.ledger.JobLedger;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Closes and buries a deleted job's ledger, and has its files erased (rules 10 and 11). Each order
 * may be given again after any break: what is done is found done. Whether an order failed is said
 * only after the store was asked again inside a bound, so that who asks again at once does not
 * press a store that is down.
 */
final class Undertaker {

    private final Identity who;
    private final JobLedger ledger;
    private final Eraser eraser;
    private final Bound patience;
    private final Clock clock;

    /**
     * @param patience for a store that does not say how the ledger ended
     */
    Undertaker(Identity who, JobLedger ledger, Eraser eraser, Bound patience, Clock clock) {
        this.who = who;
        this.ledger = ledger;
        this.eraser = eraser;
        this.patience = patience;
        this.clock = clock;
    }

    /**
     * What came of an order.
     *
     * @param ledger its end, where the order's own end says it: a look afterwards may fail
     */
    record Report(Receipt receipt, Optional<LedgerView> ledger) {}

    Report close(Command.Close command) throws InterruptedException {
        Closure closure = settle(Closing.close(request(command), ledger.bound()));
        return switch (closure) {
            case Closing.Settled(var view) ->
                    report(command, Outcome.DONE, "the ledger ends at " + ends(view), view);
            case Closing.Refused(var why, var detail) -> report(command, outcome(why), detail);
            case Closing.Unknown(var cause) -> report(command, Outcome.FAILED, cause);
        };
    }

    /** Without a tombstone nothing is erased: it is what keeps a claim from the state that goes. */
    Report erase(Command.Erase command) throws InterruptedException {
        Closure closure = settle(Closing.bury(request(command), ledger.bound()));
        return switch (closure) {
            case Closing.Settled(LedgerView.Deleted buried) -> erase(command, buried);
            case Closing.Settled(LedgerView.Empty view) ->
                    report(command, Outcome.DONE, "the job never ran: there is no state", view);
            case Closing.Settled(LedgerView.Term t) ->
                    report(command, Outcome.FAILED, "no tombstone: " + ends(t), t);
            case Closing.Refused(var why, var detail) -> report(command, outcome(why), detail);
            case Closing.Unknown(var cause) -> report(command, Outcome.FAILED, cause);
        };
    }

    private Report erase(Command.Erase command, LedgerView.Deleted buried)
            throws InterruptedException {
        return switch (eraser.erase(buried.number())) {
            case Eraser.Gone(var files) ->
                    report(command, Outcome.DONE, files + " files are gone", buried);
            case Eraser.GaveUp(var cause) -> report(command, Outcome.FAILED, cause, buried);
        };
    }

    private Closure settle(Step<Closure> closing) throws InterruptedException {
        for (int left = patience.tries(); ; left--) {
            Closure closure = ledger.run(closing);
            if (!(closure instanceof Closing.Unknown) || left <= 1) {
                return closure;
            }
            TimeUnit.NANOSECONDS.sleep(patience.pause().toNanos());
        }
    }

    private ClaimRequest request(Command command) {
        return new ClaimRequest(
                command.id(),
                command.expectedTerm(),
                new Start.Latest(),
                who.boot(),
                clock.instant(),
                who.podUid(),
                who.job().jobUid(),
                who.job().revision(),
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static String ends(LedgerView view) {
        return switch (view) {
            case LedgerView.Empty() -> "its beginning";
            case LedgerView.Deleted(var number, _) -> "the tombstone of term " + number;
            case LedgerView.Term t -> "term " + t.number() + ", " + t.end();
        };
    }

    private static Report report(
            Command command, Outcome outcome, String detail, LedgerView ledger) {
        return new Report(new Receipt(command.id(), outcome, detail), Optional.of(ledger));
    }

    private static Report report(Command command, Outcome outcome, String detail) {
        return new Report(new Receipt(command.id(), outcome, detail), Optional.empty());
    }

    private static Outcome outcome(Refusal why) {
        return switch (why) {
            case STALE_TERM, LOST -> Outcome.STALE;
            case RESTORE_POINT_UNREADABLE -> Outcome.UNREADABLE;
            case FOREIGN, ENDED, NOTHING_TO_RESTORE, NOT_EMPTY -> Outcome.REFUSED;
        };
    }
}
