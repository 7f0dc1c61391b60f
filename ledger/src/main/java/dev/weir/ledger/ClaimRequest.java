package dev.weir.ledger;

import dev.weir.ledger.Rollout.Rejected;
import java.time.Instant;
import java.util.Optional;

/**
 * Who wants to run the next term, and what.
 *
 * @param command the id of the command that asks; a repeat of it is answered with what it did (rule
 *     4)
 * @param expectedTerm the newest term, as the asker knows it; the claim creates exactly the next
 *     one or is refused (rule 4)
 * @param writer the asking process's nonce
 * @param operators what the program computes; empty where who asks has none
 * @param adopt the UID of another job whose ledger may be taken over, once (rule 11)
 * @param rejects the revision that this claim puts its own back in place of (rule 9)
 */
public record ClaimRequest(
        String command,
        long expectedTerm,
        Start start,
        String writer,
        Instant at,
        String podUid,
        String jobUid,
        String revision,
        String programDigest,
        Optional<ClaimedOperators> operators,
        Optional<String> adopt,
        Optional<Rejected> rejects) {}
