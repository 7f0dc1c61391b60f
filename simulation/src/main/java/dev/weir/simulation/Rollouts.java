package dev.weir.simulation;

import dev.weir.ledger.LedgerRecord.Claim;
import dev.weir.ledger.Rollout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges what is put back in place of what (rule 9), by a plain list of who ran and whether it made
 * a restore point, and not by what claims say of each other.
 */
final class Rollouts {

    /** One revision's uninterrupted time as the newest; {@code proven} once it made something. */
    private static final class Tenure {
        private final String jobUid;
        private final String revision;
        private boolean proven;
        private Optional<String> rejects = Optional.empty();

        private Tenure(Claim claim) {
            jobUid = claim.jobUid();
            revision = claim.revision();
        }

        private boolean isOf(Claim claim) {
            return jobUid.equals(claim.jobUid()) && revision.equals(claim.revision());
        }
    }

    private final List<Tenure> tenures = new ArrayList<>();

    void claimed(long term, Claim claim) {
        var rejects = claim.rollout().flatMap(Rollout::rejected).map(Rollout.Rejected::revision);
        if (tenures.isEmpty() || !tenures.getLast().isOf(claim)) {
            var good = fallback(claim.jobUid());
            var tenure = new Tenure(claim);
            if (rejects.isPresent()) {
                putBack(term, claim, rejects.get(), good);
                tenure.proven = true;
            }
            tenures.add(tenure);
        }
        tenures.getLast().rejects = rejects;
    }

    private void putBack(long term, Claim claim, String rejected, Optional<String> good) {
        var replaced = tenures.isEmpty() ? "nothing" : tenures.getLast().revision;
        if (!rejected.equals(replaced) || !good.equals(Optional.of(claim.revision()))) {
            throw Invariant.FALLBACK_IS_PROVEN.broken(
                    "term "
                            + term
                            + " puts "
                            + claim.revision()
                            + " back in place of "
                            + rejected
                            + "; "
                            + replaced
                            + " ran, and good was "
                            + good);
        }
    }

    void made() {
        tenures.getLast().proven = true;
    }

    void buried() {
        tenures.clear();
    }

    /** The last revision before the newest one that made a restore point. */
    private Optional<String> fallback(String jobUid) {
        return tenures.reversed().stream()
                .skip(1)
                .takeWhile(tenure -> tenure.jobUid.equals(jobUid))
                .filter(tenure -> tenure.proven)
                .map(tenure -> tenure.revision)
                .findFirst();
    }

    /**
     * Which revision has to run in the end; empty: the newest has to give way first.
     *
     * @param specs what the spec asks for
     */
    Optional<String> wanted(String jobUid, String specs) {
        if (tenures.isEmpty() || !tenures.getLast().jobUid.equals(jobUid)) {
            return Optional.of(specs);
        }
        var newest = tenures.getLast();
        if (newest.rejects.equals(Optional.of(specs))) {
            return Optional.of(newest.revision);
        }
        var givesWay =
                newest.revision.equals(specs)
                        && specs.equals(User.BAD)
                        && !newest.proven
                        && fallback(jobUid).isPresent();
        return givesWay ? Optional.empty() : Optional.of(specs);
    }

    /** Whether the newest claim is this job's, and of this revision. */
    boolean isNewest(String jobUid, String revision) {
        return !tenures.isEmpty()
                && tenures.getLast().jobUid.equals(jobUid)
                && tenures.getLast().revision.equals(revision);
    }
}
