package dev.weir.sandbox.exact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.sandbox.exact.ExactnessChecker.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The judgement alone, on rows in memory. */
class ExactnessCheckerTest {

    private static final InputSequence INPUT = new InputSequence(7, 3);
    private static final int TOTAL = 3 * 20 + 1;

    @Test
    void everyRecordOnceInOrderOnItsStateIsExact() {
        Verdict verdict = judge(rows -> rows);
        assertThat(verdict.exact()).as(verdict.toString()).isTrue();
    }

    @Test
    void aRowThatIsMissingBetweenOthersIsAGap() {
        Verdict verdict = judge(rows -> without(rows, 30));
        assertThat(verdict.gaps()).isOne();
        assertThat(verdict.exact()).isFalse();
        assertThat(verdict.examples().get(Fault.GAP))
                .first()
                .asString()
                .contains("key 0, sequence 11");
    }

    @Test
    void aRowThatIsMissingAtTheEndIsBehind() {
        Verdict verdict = judge(rows -> without(rows, TOTAL - 1));
        assertThat(verdict.behind()).isOne();
        assertThat(verdict.faultless()).isTrue();
        assertThat(verdict.exact()).isFalse();
    }

    @Test
    void aKeyThatIsMissingAltogetherIsBehind() {
        Verdict verdict =
                judge(
                        rows ->
                                new ArrayList<>(
                                        rows.stream().filter(row -> row.key() != 1).toList()));
        assertThat(verdict.behind()).isEqualTo(20);
        assertThat(verdict.exact()).isFalse();
    }

    @Test
    void aRowThatComesTwiceIsADuplicate() {
        Verdict verdict =
                judge(
                        rows -> {
                            rows.add(rows.get(30));
                            return rows;
                        });
        assertThat(verdict.duplicates()).isOne();
        assertThat(verdict.gaps() + verdict.resets() + verdict.outOfOrder()).isZero();
    }

    @Test
    void aCountOrHashThatStartsAgainIsAReset() {
        Verdict lostCount =
                judge(
                        rows ->
                                changed(
                                        rows,
                                        30,
                                        row ->
                                                new OutputRecord(
                                                        row.key(),
                                                        row.sequence(),
                                                        row.value(),
                                                        1,
                                                        row.hash())));
        Verdict lostHash =
                judge(
                        rows ->
                                changed(
                                        rows,
                                        30,
                                        row ->
                                                new OutputRecord(
                                                        row.key(),
                                                        row.sequence(),
                                                        row.value(),
                                                        row.count(),
                                                        RunningHash.mix(
                                                                row.sequence(), row.value()))));
        assertThat(lostCount.resets()).isOne();
        assertThat(lostHash.resets()).isOne();
    }

    @Test
    void rowsOfAKeyThatChangedPlacesAreOutOfOrder() {
        Verdict verdict =
                judge(
                        rows -> {
                            OutputRecord first = rows.get(30);
                            rows.set(30, rows.get(33));
                            rows.set(33, first);
                            return rows;
                        });
        assertThat(verdict.outOfOrder()).isOne();
        assertThat(verdict.duplicates()).isZero();
    }

    @Test
    void aRowOfNoInputRecordIsAReset() {
        Verdict verdict =
                judge(
                        rows -> {
                            rows.add(new OutputRecord(99, 1, 1, 1, 1));
                            return rows;
                        });
        assertThat(verdict.resets()).isOne();
    }

    @Test
    void aRowBeyondTheEndOfTheInputIsAReset() {
        Verdict verdict =
                judge(
                        rows -> {
                            rows.addAll(correctRows(TOTAL + 1).subList(TOTAL, TOTAL + 1));
                            return rows;
                        });
        assertThat(verdict.resets()).isOne();
        assertThat(verdict.exact()).isFalse();
    }

    private static Verdict judge(UnaryOperator<List<OutputRecord>> fault) {
        ExactnessChecker checker = new ExactnessChecker(INPUT);
        fault.apply(correctRows(TOTAL)).forEach(checker::accept);
        return checker.verdict(TOTAL);
    }

    private static List<OutputRecord> without(List<OutputRecord> rows, int index) {
        rows.remove(index);
        return rows;
    }

    private static List<OutputRecord> changed(
            List<OutputRecord> rows, int index, UnaryOperator<OutputRecord> change) {
        rows.set(index, change.apply(rows.get(index)));
        return rows;
    }

    private static List<OutputRecord> correctRows(int total) {
        return new ArrayList<>(new CorrectJob(INPUT).rows(total));
    }
}
