package dev.weir.runtime.ledger;

import dev.weir.ledger.LedgerRecord.CloseReason;
import java.time.Instant;
import java.util.Optional;

/**
 * A stop under way: the savepoint written into {@code directory} closes the term.
 *
 * @param directory absolute, without a slash at the end
 * @param deadline of a hand-over, for the record (rule 8)
 */
public record StopOrder(
        String command, String directory, CloseReason reason, Optional<Instant> deadline) {}
