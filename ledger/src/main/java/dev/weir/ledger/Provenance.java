package dev.weir.ledger;

import dev.weir.ledger.LedgerRecord.Claim;
import dev.weir.ledger.Seen.Absent;
import dev.weir.ledger.Seen.Present;
import dev.weir.ledger.Seen.Unreachable;
import java.util.Optional;

/**
 * Finds what the program computed that made the newest restore point. That program is often not the
 * newest claim's: one that failed before its first checkpoint leaves the state of the one before.
 */
public final class Provenance {

    private Provenance() {}

    /** Absent: no claim tells, so the state is known by its operators' ids alone. */
    public static Step<Seen<ClaimedOperators>> of(LedgerView.Term newest) {
        return newest.madeIn()
                .map(term -> term == newest.number() ? told(newest.claim()) : claimed(term))
                .orElseGet(() -> Step.done(Seen.absent()));
    }

    /** Rule 7: every term's claim is kept for ever, so that one which is missing is damage. */
    private static Step<Seen<ClaimedOperators>> claimed(long term) {
        return new Step.Read<>(
                new Slot(term, 0).key(),
                seen ->
                        switch (seen.flatMap(LedgerJson::read)) {
                            case Present<LedgerRecord>(Claim claim) -> told(claim);
                            case Present<LedgerRecord> _, Absent<LedgerRecord>() ->
                                    Step.done(
                                            Seen.unreachable(
                                                    "the claim of term " + term + " is missing"));
                            case Unreachable<LedgerRecord>(var cause) ->
                                    Step.done(Seen.unreachable(cause));
                        });
    }

    private static Step<Seen<ClaimedOperators>> told(Claim claim) {
        Optional<ClaimedOperators> operators = claim.operators();
        return Step.done(operators.map(Seen::present).orElseGet(Seen::absent));
    }
}
