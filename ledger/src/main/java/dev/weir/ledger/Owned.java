package dev.weir.ledger;

import dev.weir.ledger.LedgerRecord.Claim;

/**
 * A term that this process has claimed, and how far it has written. Immutable: each append gives
 * the next one.
 *
 * @param next the slot that the next append goes to
 * @param latest the newest restore point of the term
 */
public record Owned(Claim claim, Slot next, RestorePoint latest) {

    public long term() {
        return next.term();
    }

    Owned after(RestorePoint appended) {
        return new Owned(claim, next.next(), appended);
    }
}
