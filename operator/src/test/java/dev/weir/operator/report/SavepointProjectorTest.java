package dev.weir.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.crds.JobCondition.Holds;
import dev.weir.crds.Reason;
import dev.weir.crds.SavepointCondition;
import dev.weir.crds.SavepointCondition.Type;
import dev.weir.crds.SavepointPhase;
import dev.weir.crds.SavepointStatus;
import dev.weir.operator.plan.RecordedSavepoint;
import dev.weir.operator.plan.SavepointAction;
import dev.weir.operator.plan.SavepointPlan;
import dev.weir.operator.plan.SavepointPlan.Act;
import dev.weir.operator.plan.SavepointPlan.Await;
import dev.weir.operator.plan.SavepointPlan.Settled;
import dev.weir.operator.plan.WantedSavepoint;
import dev.weir.protocol.SavepointFormat;
import dev.weir.protocol.SavepointView.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is told of a savepoint, pass after pass. */
final class SavepointProjectorTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final Result FOUND =
            new Result(
                    "s3://b/savepoints/u-1/1/a",
                    1,
                    "rev",
                    42,
                    4096,
                    NOW,
                    Optional.empty(),
                    List.of());

    @Test
    void whatWasFoundIsToldWithoutWhatNobodyKnows() {
        var status = project(Optional.empty(), new SavepointPlan.Completed(FOUND), NOW);
        assertThat(status.location()).isEqualTo(FOUND.location());
        assertThat(status.duration()).isNull();
        assertThat(status.flinkVersion()).isNull();
        assertThat(condition(status, Type.COMPLETED).status()).isEqualTo(Holds.TRUE);
        assertThat(condition(status, Type.PROGRESSING).status()).isEqualTo(Holds.FALSE);
    }

    @Test
    void aClaimsTimeChangesOnlyWithItsAnswer() {
        var waits = new Await(SavepointPhase.PENDING, Reason.WAITING_FOR_JOB, "it is suspended");
        var first = project(Optional.empty(), waits, NOW);
        var moved = new Await(SavepointPhase.EXECUTING, Reason.SAVEPOINT_IN_PROGRESS, "");
        var second = project(Optional.of(first), moved, LATER);
        assertThat(condition(second, Type.PROGRESSING).lastTransitionTime()).isEqualTo(NOW);
        assertThat(condition(second, Type.PROGRESSING).reason())
                .isEqualTo(Reason.SAVEPOINT_IN_PROGRESS.word());
        var third = project(Optional.of(second), new SavepointPlan.Completed(FOUND), LATER);
        assertThat(condition(third, Type.PROGRESSING).lastTransitionTime()).isEqualTo(LATER);
    }

    @Test
    void itIsRememberedSinceWhenOneIsWaitedForWhateverItWaitsForUntilItIsSettled() {
        var waits = new Await(SavepointPhase.PENDING, Reason.JOB_MISSING, "delays");
        var first = project(Optional.empty(), waits, NOW);
        var moved = new Await(SavepointPhase.PREPARING, Reason.TAKING_SAVEPOINT, "a");
        var second = project(Optional.of(first), moved, LATER);
        assertThat(SavepointProjector.recorded(Optional.of(second)))
                .isEqualTo(
                        new RecordedSavepoint(
                                Optional.of(SavepointPhase.PREPARING), Optional.of(NOW)));
        var failed =
                project(
                        Optional.of(second),
                        new SavepointPlan.Failed(Reason.SAVEPOINT_OVERDUE, ""),
                        LATER);
        assertThat(SavepointProjector.recorded(Optional.of(failed)))
                .isEqualTo(
                        new RecordedSavepoint(
                                Optional.of(SavepointPhase.FAILED), Optional.empty()));
        assertThat(SavepointProjector.recorded(Optional.empty()))
                .isEqualTo(RecordedSavepoint.nothing());
    }

    @Test
    void theSameDecisionTwiceIsTheSameStatus() {
        for (SavepointPlan plan :
                List.of(
                        new Await(SavepointPhase.PENDING, Reason.WAITING_FOR_JOB, ""),
                        new SavepointPlan.Failed(Reason.SAVEPOINT_FAILED, "no room"),
                        new SavepointPlan.Completed(FOUND),
                        new Settled(Reason.SAVEPOINT_COMPLETED))) {
            var once = project(Optional.empty(), plan, NOW);
            assertThat(project(Optional.of(once), plan, LATER)).as("%s", plan).isEqualTo(once);
        }
    }

    @Test
    void whatIsSettledKeepsItsWordsWhileItsFinalizerIsPutRight() {
        var completed = project(Optional.empty(), new SavepointPlan.Completed(FOUND), NOW);
        var protectedNow =
                project(
                        Optional.of(completed),
                        new Act(new SavepointAction.AddFinalizer(), Reason.PROTECTING_FILES, ""),
                        LATER);
        assertThat(protectedNow).isEqualTo(completed);
    }

    @Test
    void aDeletedOneIsSaidToBeDeletedAndStillWhereItsFilesAre() {
        var completed = project(Optional.empty(), new SavepointPlan.Completed(FOUND), NOW);
        var waits =
                SavepointProjector.project(
                        Optional.of(completed),
                        wanted(Optional.of(LATER)),
                        new Await(SavepointPhase.DELETING, Reason.ERASURE_WAITS, ""),
                        LATER);
        assertThat(waits.phase()).isEqualTo(SavepointPhase.DELETING);
        assertThat(waits.location()).isEqualTo(FOUND.location());
        assertThat(condition(waits, Type.COMPLETED).status()).isEqualTo(Holds.FALSE);
        assertThat(condition(waits, Type.COMPLETED).message())
                .contains(Reason.ERASURE_WAITS.remedy());
    }

    private static SavepointStatus project(
            Optional<SavepointStatus> before, SavepointPlan plan, Instant now) {
        return SavepointProjector.project(before, wanted(Optional.empty()), plan, now);
    }

    private static WantedSavepoint wanted(Optional<Instant> deletionAsked) {
        return new WantedSavepoint(
                "u-1",
                "delays",
                1,
                SavepointFormat.CANONICAL,
                true,
                Duration.ofHours(1),
                true,
                deletionAsked);
    }

    private static SavepointCondition condition(SavepointStatus status, Type type) {
        return status.conditions().stream()
                .filter(condition -> condition.type() == type)
                .findFirst()
                .orElseThrow();
    }
}
