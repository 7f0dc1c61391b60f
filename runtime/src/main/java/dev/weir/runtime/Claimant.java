package dev.weir.runtime;

import dev.weir.ledger.ClaimOutcome;
import dev.weir.ledger.ClaimRequest;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.Owned;
import dev.weir.ledger.Seen;
import dev.weir.ledger.Slot;
import dev.weir.ledger.Start;
import dev.weir.protocol.Command;
import dev.weir.protocol.Receipt.Outcome;
import dev.weir.protocol.RuntimeView.Prepared;
import dev.weir.runtime.ledger.JobLedger;
import java.time.Clock;
import java.util.Optional;

/**
 * Claims terms for this process, and makes of the ledger's answer what the driver needs to go on.
 */
final class Claimant {

    private final Identity who;
    private final JobLedger ledger;
    private final Clock clock;

    Claimant(Identity who, JobLedger ledger, Clock clock) {
        this.who = who;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** How a claim ended for this process. */
    sealed interface Attempt {
        /** The term is this process's to run. */
        record Mine(Owned owned) implements Attempt {}

        /**
         * The command claimed before, in another process or longer ago: what the ledger says now
         * decides.
         */
        record Earlier(long term, Seen<LedgerView> now) implements Attempt {}

        record NotMine(Outcome outcome, String detail, Seen<LedgerView> now) implements Attempt {}
    }

    /** What a command asks for. */
    Attempt claim(Command.Activate command, Prepared program) {
        return attempt(() -> ledger.claim(request(command, program)));
    }

    /** What nobody asked for: the pod goes on with a term of its own (rule 4). */
    Attempt resume(long term, Prepared program) {
        Command.Activate unasked =
                new Command.Activate(
                        "resume/" + who.boot() + "/" + term,
                        who.job().jobUid(),
                        who.podUid(),
                        term,
                        new Start.Latest(),
                        Optional.empty(),
                        Optional.empty());
        return attempt(() -> ledger.resume(request(unasked, program)));
    }

    private ClaimRequest request(Command.Activate command, Prepared program) {
        return new ClaimRequest(
                command.id(),
                command.expectedTerm(),
                command.start(),
                who.boot(),
                clock.instant(),
                who.podUid(),
                who.job().jobUid(),
                who.job().revision(),
                program.digest(),
                Optional.of(program.claimed()),
                command.adopt(),
                command.rejects());
    }

    /** A claim, which waits for the store. */
    @FunctionalInterface
    private interface Claim {
        ClaimOutcome run() throws InterruptedException;
    }

    private Attempt attempt(Claim claim) {
        return switch (outcome(claim)) {
            case ClaimOutcome.Won(var owned) -> new Attempt.Mine(owned);
            case ClaimOutcome.AlreadyDone(var term) -> earlier(term);
            case ClaimOutcome.Refused(var why, var detail) ->
                    new Attempt.NotMine(outcome(why), detail, look());
            case ClaimOutcome.Undecided(var cause) ->
                    new Attempt.NotMine(Outcome.FAILED, cause, look());
        };
    }

    /**
     * A claim that this very process made without hearing of it is still its own, as long as
     * nothing came after.
     */
    private Attempt earlier(long term) {
        Seen<LedgerView> now = look();
        return now instanceof Seen.Present<LedgerView>(LedgerView.Term t)
                        && t.number() == term
                        && t.claim().writer().equals(who.boot())
                        && t.nextSlot() == 1
                ? new Attempt.Mine(new Owned(t.claim(), new Slot(term, 1), t.claim().from()))
                : new Attempt.Earlier(term, now);
    }

    private static ClaimOutcome outcome(Claim claim) {
        try {
            return claim.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ClaimOutcome.Undecided("interrupted while claiming");
        }
    }

    private static Outcome outcome(ClaimOutcome.Refusal why) {
        return switch (why) {
            case STALE_TERM, LOST -> Outcome.STALE;
            case RESTORE_POINT_UNREADABLE -> Outcome.UNREADABLE;
            case FOREIGN, ENDED, NOTHING_TO_RESTORE, NOT_EMPTY -> Outcome.REFUSED;
        };
    }

    /** The ledger's end as it is now. */
    Seen<LedgerView> look() {
        try {
            return ledger.look();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Seen.unreachable("interrupted while reading the ledger");
        }
    }
}
