package dev.weir.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.crds.JobCondition;
import dev.weir.crds.JobCondition.Holds;
import dev.weir.crds.JobCondition.Type;
import dev.weir.crds.Phase;
import dev.weir.crds.StreamJobStatus;
import dev.weir.operator.plan.Scenarios;
import dev.weir.operator.plan.SpecReader.Violation;
import dev.weir.protocol.Problem;
import dev.weir.protocol.RuntimeState.Activating;
import dev.weir.protocol.RuntimeState.Held;
import dev.weir.protocol.RuntimeState.Recovering;
import dev.weir.protocol.RuntimeState.Running;
import dev.weir.protocol.RuntimeState.Unfit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusProjectorTest {

    private static final Instant NOW = Scenarios.now();

    private static StreamJobStatus project(Optional<StreamJobStatus> before, Scenarios world) {
        return StatusProjector.project(before, world.desired(), world.seen(), world.plan());
    }

    private static JobCondition condition(StreamJobStatus status, Type type) {
        return status.conditions().stream().filter(c -> c.type() == type).findFirst().orElseThrow();
    }

    private static StreamJobStatus running(String jobId, long term) {
        return project(
                Optional.empty(),
                Scenarios.current(new Running(term, jobId, NOW.minusSeconds(9)), term));
    }

    @Test
    void theSameWorldTwiceGivesTheSameStatusSoThatNothingIsWritten() {
        var world = Scenarios.current(new Running(2, "f1", NOW.minusSeconds(9)), 2);
        var once = project(Optional.empty(), world);
        assertThat(project(Optional.of(once), world)).isEqualTo(once);
    }

    @Test
    void aJobThatRunsIsReadyRestorableAndUpToDate() {
        var status = running("f1", 2);
        assertThat(status.phase()).isEqualTo(Phase.RUNNING);
        assertThat(status.term()).isEqualTo(2);
        assertThat(status.jobId()).isEqualTo("f1");
        assertThat(status.parallelism()).isEqualTo(1);
        assertThat(condition(status, Type.READY).status()).isEqualTo(Holds.TRUE);
        assertThat(condition(status, Type.RESTORABLE).status()).isEqualTo(Holds.TRUE);
        assertThat(condition(status, Type.UP_TO_DATE).status()).isEqualTo(Holds.TRUE);
        assertThat(condition(status, Type.PROGRESSING).status()).isEqualTo(Holds.FALSE);
    }

    @Test
    void aConditionKeepsItsTimeWhileItsAnswerStays() {
        var before = running("f1", 2);
        var later =
                StatusProjector.project(
                        Optional.of(before),
                        Scenarios.current(new Running(2, "f1", NOW.minusSeconds(9)), 2).desired(),
                        Scenarios.current(new Running(2, "f1", NOW.minusSeconds(9)), 2)
                                .seenAt(NOW.plusSeconds(60)),
                        Scenarios.current(new Running(2, "f1", NOW.minusSeconds(9)), 2).plan());
        assertThat(condition(later, Type.READY).lastTransitionTime())
                .isEqualTo(condition(before, Type.READY).lastTransitionTime());
    }

    @Test
    void aFailureIsRecoveringUntilTheJobRunsAgainAndCountsOnce() {
        var before = running("f1", 2);
        var failing =
                project(
                        Optional.of(before),
                        Scenarios.current(new Recovering(2, "division by zero", 1, NOW), 2));
        assertThat(failing.phase()).isEqualTo(Phase.RECOVERING);
        assertThat(condition(failing, Type.READY).status()).isEqualTo(Holds.FALSE);
        assertThat(failing.lastFailure().recoveredAfter()).isNull();
        var starting = project(Optional.of(failing), Scenarios.current(new Activating(3, NOW), 2));
        assertThat(starting.phase()).isEqualTo(Phase.RECOVERING);
        var again =
                project(
                        Optional.of(starting),
                        Scenarios.current(new Running(3, "f2", NOW.plusSeconds(1)), 3));
        assertThat(again.phase()).isEqualTo(Phase.RUNNING);
        assertThat(again.restarts()).isEqualTo(1);
        assertThat(again.lastFailure().recoveredAfter()).isEqualTo("1s");
        var still =
                project(
                        Optional.of(again),
                        Scenarios.current(new Running(3, "f2", NOW.plusSeconds(1)), 3));
        assertThat(still.restarts()).isEqualTo(1);
    }

    @Test
    void rule7_aRollIsNoRestart() {
        var before = running("f1", 2);
        var rolled =
                project(
                        Optional.of(before),
                        Scenarios.current(new Running(3, "f1", NOW.minusSeconds(9)), 3));
        assertThat(rolled.term()).isEqualTo(3);
        assertThat(rolled.restarts()).isZero();
    }

    @Test
    void aRestartThatNobodySawIsCountedAllTheSame() {
        var before = running("f1", 2);
        var after =
                project(
                        Optional.of(before),
                        Scenarios.current(new Running(3, "f2", NOW.minusSeconds(1)), 3));
        assertThat(after.restarts()).isEqualTo(1);
        assertThat(after.lastFailure()).isNotNull();
    }

    @Test
    void whileTheOldRevisionRunsABadOneIsSaidOfTheSpecNotOfTheJob() {
        var problem = Problem.of(Problem.Kind.PROGRAM_INVALID, "no such table", "create it");
        var status = project(Optional.empty(), Scenarios.upgrading(new Unfit(problem)));
        assertThat(status.phase()).isEqualTo(Phase.RUNNING);
        assertThat(condition(status, Type.READY).status()).isEqualTo(Holds.TRUE);
        assertThat(condition(status, Type.UP_TO_DATE).status()).isEqualTo(Holds.FALSE);
        assertThat(condition(status, Type.UP_TO_DATE).reason()).isEqualTo("ProgramInvalid");
        assertThat(condition(status, Type.UP_TO_DATE).message()).contains("no such table");
    }

    @Test
    void aJobThatWaitsForWhatTheClusterHasToGiveHasNotFailed() {
        assertThat(unfit(Problem.Kind.STORE_UNREACHABLE).phase()).isEqualTo(Phase.PREPARING);
        assertThat(unfit(Problem.Kind.STORE_UNSOUND).phase()).isEqualTo(Phase.FAILED);
    }

    private static StreamJobStatus unfit(Problem.Kind kind) {
        var problem = Problem.of(kind, "what is wrong", "what helps");
        return project(Optional.empty(), Scenarios.current(new Unfit(problem), 1));
    }

    @Test
    void aJobThatWaitsToBeActivatedIsHeld() {
        var status = project(Optional.empty(), Scenarios.current(new Held(), 2));
        assertThat(status.phase()).isEqualTo(Phase.HELD);
    }

    @Test
    void anInvalidSpecLeavesWhatRunsReady() {
        var before = running("f1", 2);
        var status =
                StatusProjector.invalid(
                        Optional.of(before),
                        8,
                        List.of(new Violation("spec.parallelism", "must be at least 1")),
                        NOW);
        assertThat(status.phase()).isEqualTo(Phase.RUNNING);
        assertThat(condition(status, Type.READY).status()).isEqualTo(Holds.TRUE);
        assertThat(condition(status, Type.UP_TO_DATE).message()).contains("spec.parallelism");
        assertThat(status.observedGeneration()).isEqualTo(8);
    }
}
