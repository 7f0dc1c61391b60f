package dev.weir.runtime.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ledger.ClaimedOperators;
import dev.weir.ledger.RestorePoint;
import dev.weir.protocol.RuntimeView.Fingerprint;
import dev.weir.protocol.RuntimeView.Operator;
import dev.weir.protocol.RuntimeView.Prepared;
import dev.weir.protocol.StateFit;
import dev.weir.protocol.StateFit.Changed;
import dev.weir.protocol.StateFit.Dropped;
import dev.weir.protocol.StateFit.Finding;
import dev.weir.protocol.StateFit.Kept;
import dev.weir.protocol.StateFit.MaxParallelism;
import dev.weir.protocol.StateFit.New;
import dev.weir.protocol.StateFit.Refiltered;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The rules by which a program is held against a restore point. */
class FittingTest {

    private static final RestorePoint FROM = new RestorePoint.Checkpoint(7, "s3://b/chk-7");
    private static final int PARTS = 128;

    private static Operator operator(String id, String computes, Optional<String> filters) {
        return new Operator(
                id,
                "name of " + id,
                2,
                Optional.empty(),
                true,
                Optional.of(new Fingerprint(computes, filters)));
    }

    private static Operator counting(String id) {
        return operator(id, "counting", Optional.empty());
    }

    private static Operator silent(String id) {
        return new Operator(id, "name of " + id, 2, Optional.empty(), true, Optional.empty());
    }

    private static Operator wide(String id, int parallelism, Optional<Integer> maxParallelism) {
        return new Operator(
                id, "name of " + id, parallelism, maxParallelism, true, Optional.empty());
    }

    private static StoredOperator state(String id) {
        return new StoredOperator(id, "stored " + id, true, PARTS);
    }

    private static StoredOperator stateless(String id) {
        return new StoredOperator(id, "stored " + id, false, PARTS);
    }

    private static Optional<ClaimedOperators> made(Operator... operators) {
        return Optional.of(new Prepared("digest", List.of(operators)).claimed());
    }

    private static List<Finding> findings(
            Operator operator, StoredOperator stored, Optional<ClaimedOperators> made) {
        return Fitting.compare(
                        FROM, new Prepared("digest", List.of(operator)), List.of(stored), made)
                .findings();
    }

    @Test
    void rule1_theSameOperatorKeepsItsState() {
        assertThat(findings(counting("a"), state("a"), made(counting("a"))))
                .containsExactly(new Kept("a", "name of a"));
    }

    @Test
    void rule1_anOperatorThatTheRestorePointDoesNotKnowIsNew() {
        assertThat(findings(counting("b"), stateless("a"), made(counting("a"))))
                .containsExactly(new New("b", "name of b"));
    }

    @Test
    void rule1_fromAnEmptyStateEverythingIsNew() {
        var fit =
                Fitting.compare(
                        new RestorePoint.Fresh(),
                        new Prepared("digest", List.of(counting("a"))),
                        List.of(),
                        Optional.empty());
        assertThat(fit.findings()).containsExactly(new New("a", "name of a"));
        assertThat(fit.verdict()).isEqualTo(new StateFit.Fits());
    }

    @Test
    void rule2_stateUnderAnIdOfAnOperatorThatComputedSomethingElseIsChanged() {
        var adding = operator("a", "adding", Optional.empty());
        assertThat(findings(adding, state("a"), made(counting("a"))))
                .containsExactly(new Changed("a", "name of a"));
    }

    @Test
    void rule2_anOperatorThatHadNoStateIsNotOnTheWrongOne() {
        var adding = operator("a", "adding", Optional.empty());
        assertThat(findings(adding, stateless("a"), made(counting("a"))))
                .containsExactly(new Kept("a", "name of a"));
    }

    @Test
    void rule2_otherFiltersAloneLeaveTheState() {
        var filtered = operator("a", "counting", Optional.of("v > 0"));
        assertThat(findings(filtered, state("a"), made(counting("a"))))
                .containsExactly(new Refiltered("a", "name of a"));
        assertThat(findings(counting("a"), state("a"), made(filtered)))
                .containsExactly(new Refiltered("a", "name of a"));
    }

    @Test
    void rule3_theIdDecidesWhereNobodyToldWhatIsComputed() {
        var kept = new Kept("a", "name of a");
        assertThat(findings(counting("a"), state("a"), Optional.empty())).containsExactly(kept);
        assertThat(findings(counting("a"), state("a"), made())).containsExactly(kept);
        assertThat(findings(silent("a"), state("a"), made(counting("a")))).containsExactly(kept);
    }

    @Test
    void rule4_anotherMaximumParallelismIsRefusedStateOrNoState() {
        var wanted = new MaxParallelism("a", "name of a", PARTS, 64);
        for (var stored : List.of(state("a"), stateless("a"))) {
            assertThat(findings(wide("a", 2, Optional.of(64)), stored, Optional.empty()))
                    .containsExactly(wanted);
            assertThat(findings(wide("a", 2, Optional.of(PARTS)), stored, Optional.empty()))
                    .containsExactly(new Kept("a", "name of a"));
        }
    }

    @Test
    void rule4_aProgramThatRunsWiderThanTheStateHasPartsIsRefused() {
        assertThat(findings(wide("a", PARTS + 1, Optional.empty()), state("a"), Optional.empty()))
                .containsExactly(new MaxParallelism("a", "name of a", PARTS, PARTS + 1));
        assertThat(findings(wide("a", PARTS, Optional.empty()), state("a"), Optional.empty()))
                .containsExactly(new Kept("a", "name of a"));
    }

    @Test
    void rule5_stateThatNobodyTakesIsDroppedAndAnOperatorWithoutStateIsNot() {
        var fit =
                Fitting.compare(
                        FROM,
                        new Prepared("digest", List.of(counting("a"))),
                        List.of(state("a"), state("b"), stateless("c")),
                        made(counting("a")));
        var dropped = new Dropped("b", "stored b");
        assertThat(fit.findings()).containsExactly(new Kept("a", "name of a"), dropped);
        assertThat(fit.verdict()).isEqualTo(new StateFit.Misfits(List.of(dropped)));
        assertThat(fit.with()).isEqualTo(FROM);
    }
}
