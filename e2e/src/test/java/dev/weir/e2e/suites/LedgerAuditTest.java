package dev.weir.e2e.suites;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.e2e.node.Bucket.Entry;
import dev.weir.ledger.LedgerRecord;
import dev.weir.ledger.LedgerRecord.Checkpoint;
import dev.weir.ledger.LedgerRecord.Claim;
import dev.weir.ledger.LedgerRecord.Sealed;
import dev.weir.ledger.RestorePoint;
import dev.weir.ledger.Slot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Each rule of the audit is seen to find its breach, so that a ledger it passes is one that is
 * sound.
 */
class LedgerAuditTest {

    private static final RestorePoint FRESH = new RestorePoint.Fresh();

    @Test
    void aLedgerOfTwoTermsHasNoBreach() {
        assertThat(
                        LedgerAudit.breaches(
                                List.of(
                                        at(1, 0, claim(FRESH)),
                                        at(1, 1, checkpoint(1)),
                                        at(1, 2, checkpoint(2)),
                                        at(1, 3, seal()),
                                        at(2, 0, claim(checkpoint(2).restorePoint())),
                                        at(2, 1, checkpoint(3)))))
                .isEmpty();
    }

    @Test
    void aMissingSlotIsFound() {
        assertFound(
                "expected in Slot[term=1, number=1]",
                at(1, 0, claim(FRESH)),
                at(1, 2, checkpoint(1)));
    }

    @Test
    void aMissingTermIsFound() {
        assertFound(
                "expected in Slot[term=2, number=0]",
                at(1, 0, claim(FRESH)),
                at(1, 1, seal()),
                at(3, 0, claim(FRESH)));
    }

    @Test
    void rule2_aClaimOfAnOpenTermIsFound() {
        assertFound(
                "claimed while the term before is open",
                at(1, 0, claim(FRESH)),
                at(2, 0, claim(FRESH)));
    }

    @Test
    void rule2_aClaimFromAnOlderCheckpointIsFound() {
        assertFound(
                "does not go on from",
                at(1, 0, claim(FRESH)),
                at(1, 1, checkpoint(1)),
                at(1, 2, checkpoint(2)),
                at(1, 3, seal()),
                at(2, 0, claim(checkpoint(1).restorePoint())));
    }

    @Test
    void rule2_aCheckpointAfterASealIsFound() {
        assertFound(
                "a checkpoint after the end of its term",
                at(1, 0, claim(FRESH)),
                at(1, 1, seal()),
                at(1, 2, checkpoint(1)));
    }

    @Test
    void rule6_anIdThatWasUsedBeforeIsFound() {
        assertFound(
                "an id used before",
                at(1, 0, claim(FRESH)),
                at(1, 1, checkpoint(2)),
                at(1, 2, checkpoint(2)));
    }

    private static void assertFound(String breach, Entry... ledger) {
        assertThat(LedgerAudit.breaches(List.of(ledger)))
                .singleElement()
                .asString()
                .contains(breach);
    }

    private static Entry at(long term, long number, LedgerRecord record) {
        return new Entry(new Slot(term, number), record);
    }

    private static Claim claim(RestorePoint from) {
        return new Claim(
                "w",
                Instant.EPOCH,
                "c",
                "pod",
                "job",
                "r",
                "p",
                Optional.empty(),
                from,
                Optional.empty(),
                0,
                1,
                Optional.empty(),
                Optional.empty());
    }

    private static Checkpoint checkpoint(long id) {
        return new Checkpoint("w", Instant.EPOCH, id, "s3://b/chk-" + id, 1);
    }

    private static Sealed seal() {
        return new Sealed("w", Instant.EPOCH, "pod");
    }
}
