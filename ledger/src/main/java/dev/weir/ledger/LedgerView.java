package dev.weir.ledger;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.weir.ledger.LedgerRecord.CloseReason;
import java.time.Instant;
import java.util.Optional;

/**
 * What a walk to the end of the ledger found: everything that a claim or a planner needs, in
 * constant size.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = LedgerView.Empty.class, name = "empty"),
    @JsonSubTypes.Type(value = LedgerView.Deleted.class, name = "deleted"),
    @JsonSubTypes.Type(value = LedgerView.Term.class, name = "term")
})
public sealed interface LedgerView {

    /** No term was ever claimed. */
    record Empty() implements LedgerView {}

    /** The newest term is a tombstone: as good as empty, but terms and ids go on (rule 11). */
    record Deleted(long number, long floorId) implements LedgerView {}

    /**
     * The newest term.
     *
     * @param nextSlot the first slot that was seen free
     * @param latest the restore point that a claim of the next term would take ("Latest", rule 2)
     * @param highestId the highest checkpoint id that any term has used (rule 6)
     */
    record Term(
            long number,
            LedgerRecord.Claim claim,
            long nextSlot,
            RestorePoint latest,
            long highestId,
            End end)
            implements LedgerView {

        /**
         * The term whose program made {@code latest}: this one, or an earlier one where it has
         * taken no checkpoint yet. Empty where nothing was made, and where it is not known.
         */
        public Optional<Long> madeIn() {
            return latest.equals(claim.from()) ? claim.fromTerm() : Optional.of(number);
        }

        /** How far the revision had come when it was claimed last (rule 9). */
        public Rollout rollout() {
            return claim.rollout().orElseGet(() -> Rollout.ofOld(claim));
        }

        /** Whether the revision has made a restore point, in this term or in an earlier one. */
        public boolean proven() {
            return rollout().proven() || !latest.equals(claim.from());
        }

        /** The same of any restore point: it is known only where that is {@code latest}. */
        public Optional<Long> madeIn(RestorePoint from) {
            return from.equals(latest) ? madeIn() : Optional.empty();
        }
    }

    /** How the newest term stands. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Open.class, name = "open"),
        @JsonSubTypes.Type(value = SealedBy.class, name = "sealed"),
        @JsonSubTypes.Type(value = RolledOver.class, name = "rolled"),
        @JsonSubTypes.Type(value = EndedWith.class, name = "ended"),
        @JsonSubTypes.Type(value = ClosedFor.class, name = "closed")
    })
    sealed interface End {}

    /** Its owner may append. */
    record Open() implements End {}

    /** A successor sealed it, and has not claimed yet. */
    record SealedBy(String podUid) implements End {}

    /** Its owner rolled, and has not claimed yet. */
    record RolledOver() implements End {}

    /** The job came to its own end. */
    record EndedWith(String how) implements End {}

    /** Stopped on purpose; {@code finished} once the sinks have committed (rule 8). */
    record ClosedFor(CloseReason reason, Optional<Instant> deadline, boolean finished)
            implements End {}

    /** The newest term's number, 0 where there is none: what a command expects (rule 4). */
    default long term() {
        return switch (this) {
            case Empty() -> 0;
            case Deleted d -> d.number();
            case Term t -> t.number();
        };
    }

    /** The highest checkpoint id used so far (rule 6). */
    default long usedIds() {
        return switch (this) {
            case Empty() -> 0;
            case Deleted d -> d.floorId();
            case Term t -> t.highestId();
        };
    }
}
