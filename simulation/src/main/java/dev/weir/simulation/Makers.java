package dev.weir.simulation;

import dev.weir.ledger.ClaimedOperators;
import dev.weir.ledger.LedgerRecord.Claim;
import dev.weir.ledger.RestorePoint;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers in which term each restore point was made, and judges by it what claims tell of that:
 * whoever holds a program against a state asks the claim of the term that made it.
 */
final class Makers {

    private final Map<RestorePoint, Long> terms = new HashMap<>();
    private final Map<String, Optional<ClaimedOperators>> programs = new HashMap<>();

    void made(RestorePoint point, long term) {
        terms.put(point, term);
    }

    /** A term that is rolled, or opened to be closed, is still that program's. */
    void claimed(long term, Claim claim) {
        var maker = Optional.ofNullable(terms.get(claim.from()));
        if (!claim.fromTerm().equals(maker)) {
            throw Invariant.MAKER_KNOWN.broken(
                    "term "
                            + term
                            + " restores "
                            + claim.from()
                            + " of term "
                            + claim.fromTerm()
                            + ", but it was made in "
                            + maker);
        }
        var before = programs.putIfAbsent(claim.revision(), claim.operators());
        if (before != null && !before.equals(claim.operators())) {
            throw Invariant.MAKER_KNOWN.broken(
                    "term "
                            + term
                            + " runs "
                            + claim.operators()
                            + " as "
                            + claim.revision()
                            + ", which was "
                            + before);
        }
    }
}
