package dev.weir.operator.plan;

import static dev.weir.operator.plan.Scenario.NOW;
import static dev.weir.operator.plan.Scenario.OLD_REVISION;
import static dev.weir.operator.plan.Scenario.REVISION;
import static dev.weir.operator.plan.Scenario.current;
import static dev.weir.operator.plan.Scenario.outdated;
import static dev.weir.operator.plan.Scenario.running;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.crds.Reason;
import dev.weir.crds.UpgradeSpec.OnFailure;
import dev.weir.ledger.LedgerRecord.Claim;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.LedgerView.Open;
import dev.weir.ledger.RestorePoint;
import dev.weir.ledger.Rollout;
import dev.weir.ledger.Rollout.Rejected;
import dev.weir.ledger.Seen;
import dev.weir.ledger.Start;
import dev.weir.operator.plan.Plan.Act;
import dev.weir.operator.plan.Plan.Await;
import dev.weir.operator.plan.Plan.Converged;
import dev.weir.operator.plan.PodView.Crashing;
import dev.weir.operator.plan.PodView.Role;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeState.GaveUp;
import dev.weir.protocol.RuntimeState.Held;
import dev.weir.protocol.RuntimeView;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rule 9: a new revision that fails before its first checkpoint gives way to the one before it. */
class RollbackTest {

    private static final Instant LONG_AGO = NOW.minus(Duration.ofMinutes(10));
    private static final String NEW_POD = "new";
    private static final String OLD_POD = "old";

    private static final RestorePoint CLOSED_WITH = new RestorePoint.Savepoint(8, "s3://b/s-8");
    private static final RuntimeState GAVE_UP = new GaveUp(3, "division by zero", 3);

    /** The new revision was claimed from the old one's savepoint, and has made nothing. */
    private static Seen<LedgerView> unproven(Instant since) {
        return claimed(
                REVISION,
                NEW_POD,
                CLOSED_WITH,
                new Rollout(since, false, Optional.of(OLD_REVISION), Optional.empty()));
    }

    private static Seen<LedgerView> proven(Instant since) {
        return claimed(
                REVISION,
                NEW_POD,
                new RestorePoint.Checkpoint(9, "s3://b/c-9"),
                new Rollout(since, false, Optional.of(OLD_REVISION), Optional.empty()));
    }

    private static Seen<LedgerView> putBack() {
        var rejected = Optional.of(new Rejected(REVISION, "division by zero"));
        return claimed(
                OLD_REVISION,
                OLD_POD,
                CLOSED_WITH,
                new Rollout(NOW, true, Optional.empty(), rejected));
    }

    private static Seen<LedgerView> claimed(
            String revision, String pod, RestorePoint latest, Rollout rollout) {
        var claim =
                new Claim(
                        "writer",
                        NOW,
                        "command",
                        "uid-" + pod,
                        Scenario.JOB_UID,
                        revision,
                        "digest",
                        Optional.empty(),
                        CLOSED_WITH,
                        Optional.of(2L),
                        8,
                        3,
                        Optional.empty(),
                        Optional.of(rollout));
        return Seen.present(new LedgerView.Term(3, claim, 1, latest, 9, new Open()));
    }

    private static Scenario upgraded(RuntimeState state, Seen<LedgerView> ledger) {
        return Scenario.job()
                .runs(REVISION, OLD_REVISION)
                .pod(current(NEW_POD, state, ledger))
                .pod(outdated(OLD_POD, new Held(), ledger));
    }

    @Test
    void rule9_aRevisionThatWasGivenUpBeforeItsFirstCheckpointGivesWayFromLatest() {
        var plan = upgraded(GAVE_UP, unproven(NOW)).plan();
        assertThat(plan.reason()).isEqualTo(Reason.ROLLING_BACK);
        assertThat(plan.detail()).contains("division by zero");
        var activate = (Action.Activate) ((Act) plan).action();
        assertThat(activate.pod().name()).isEqualTo(OLD_POD);
        assertThat(activate.command().start()).isEqualTo(new Start.Latest());
        assertThat(activate.command().expectedTerm()).isEqualTo(3);
        assertThat(activate.command().rejects())
                .contains(new Rejected(REVISION, "division by zero"));
    }

    @Test
    void rule9_oneThatRunsAndTakesNoCheckpointInTimeGivesWayWithoutASavepointOfItsOwn() {
        var plan = upgraded(running(3), unproven(LONG_AGO)).plan();
        assertThat(((Act) plan).action()).isInstanceOf(Action.Activate.class);
        assertThat(plan.reason()).isEqualTo(Reason.ROLLING_BACK);
    }

    @Test
    void untilTheDeadlineTheOldPodAndItsProgramAreKept() {
        var since = NOW.minusSeconds(20);
        var plan = upgraded(running(3), unproven(since)).plan();
        assertThat(plan)
                .isEqualTo(
                        new Await(
                                Reason.AWAITING_CHECKPOINT,
                                "",
                                Optional.of(since.plusSeconds(10).plus(Duration.ofMinutes(5)))));
    }

    @Test
    void afterTheFirstCheckpointTheOldPodGoesWhateverBecomesOfTheNewOne() {
        var plan = upgraded(running(3), proven(LONG_AGO)).plan();
        assertThat(((Act) plan).action())
                .isEqualTo(
                        new Action.DeletePod(
                                outdated(OLD_POD, new Held(), proven(NOW)).ref(), false));
        assertThat(upgraded(GAVE_UP, proven(LONG_AGO)).plan().reason())
                .isEqualTo(Reason.JOB_FAILED);
    }

    @Test
    void rule9_aPodThatCrashesAgainAndAgainIsAFailureOfItsRevision() {
        var crashing =
                Scenario.pod(
                        NEW_POD,
                        Role.STANDALONE,
                        REVISION,
                        new Crashing("OOMKilled, exit code 137"),
                        Seen.unreachable("it is down"));
        var plan =
                Scenario.job()
                        .runs(REVISION, OLD_REVISION)
                        .pod(crashing)
                        .pod(outdated(OLD_POD, new Held(), unproven(NOW)))
                        .plan();
        assertThat(plan.reason()).isEqualTo(Reason.ROLLING_BACK);
        assertThat(plan.detail()).contains("OOMKilled");
    }

    @Test
    void silenceIsNoFailureHoweverLongItLasts() {
        var silent =
                Scenario.silent(NEW_POD, REVISION, new PodView.Up(), Seen.unreachable("no word"));
        var plan =
                Scenario.job()
                        .runs(REVISION, OLD_REVISION)
                        .pod(silent)
                        .pod(outdated(OLD_POD, new Held(), unproven(LONG_AGO)))
                        .plan();
        assertThat(plan.reason()).isEqualTo(Reason.RUNTIME_UNREACHABLE);
    }

    @Test
    void aRevisionThatNoProgramTellsOfIsNotGoneBackTo() {
        var plan = upgraded(GAVE_UP, unproven(NOW)).runs(REVISION).plan();
        assertThat(plan.reason()).isEqualTo(Reason.JOB_FAILED);
    }

    @Test
    void onRequestTheFailedRevisionIsLeftAsItIs() {
        var plan = upgraded(GAVE_UP, unproven(NOW)).onFailure(OnFailure.HALT).plan();
        assertThat(plan.reason()).isEqualTo(Reason.JOB_FAILED);
    }

    /** An instant that has passed would be looked at again each second, for as long as it lasts. */
    @Test
    void whereNothingIsDoneAtTheDeadlineItIsNotWaitedForEither() {
        var plan = upgraded(running(3), unproven(LONG_AGO)).onFailure(OnFailure.HALT).plan();
        assertThat(plan).isEqualTo(new Await(Reason.AWAITING_CHECKPOINT, "", Optional.empty()));
    }

    @Test
    void anOldPodThatIsGoneIsMadeAgainFromItsProgram() {
        var plan =
                Scenario.job()
                        .runs(REVISION, OLD_REVISION)
                        .pod(current(NEW_POD, GAVE_UP, unproven(NOW)))
                        .plan();
        var created = (Action.CreatePod) ((Act) plan).action();
        assertThat(created.name()).contains(Names.shortRevision(OLD_REVISION));
    }

    @Test
    void whatWasRejectedIsNotTriedAgainAndItsPodGoes() {
        var back =
                Scenario.job()
                        .runs(REVISION, OLD_REVISION)
                        .pod(outdated(OLD_POD, running(4), putBack()))
                        .pod(current(NEW_POD, new Held(), putBack()));
        assertThat(((Act) back.plan()).action())
                .isEqualTo(
                        new Action.DeletePod(current(NEW_POD, new Held(), putBack()).ref(), false));

        var alone =
                Scenario.job()
                        .runs(OLD_REVISION)
                        .pod(outdated(OLD_POD, running(4), putBack()))
                        .plan();
        assertThat(alone).isEqualTo(new Converged(Reason.REVISION_REJECTED, "division by zero"));
    }

    @Test
    void aSpecThatChangedIsTriedAlthoughTheOneBeforeItWasRejected() {
        var rejected = Optional.of(new Rejected("cccccccccccccccc", "division by zero"));
        var ledger =
                claimed(
                        OLD_REVISION,
                        OLD_POD,
                        CLOSED_WITH,
                        new Rollout(NOW, true, Optional.empty(), rejected));
        var plan =
                Scenario.job()
                        .runs(REVISION, OLD_REVISION)
                        .pod(outdated(OLD_POD, running(4), ledger))
                        .plan();
        assertThat(((Action.CreatePod) ((Act) plan).action()).name())
                .contains(Names.shortRevision(REVISION));
    }

    @Test
    void aSuspendedJobIsStoppedAndNotRolledBack() {
        var scenario = upgraded(GAVE_UP, unproven(LONG_AGO)).suspended();
        assertThat(scenario.settled()).isEqualTo(scenario.desired());
    }

    @Test
    void aJobThatKeepsFailingIsKnownByTheCountAndNotByTheMoment() {
        var failing =
                upgraded(
                        new RuntimeState.Recovering(3, "boom", 3, NOW.plusSeconds(4)),
                        unproven(NOW));
        assertThat(failing.plan().reason()).isEqualTo(Reason.RECOVERING);
        var often =
                Scenario.failedInARow(
                        current(
                                NEW_POD,
                                new RuntimeState.Recovering(3, "boom", 3, NOW.plusSeconds(4)),
                                unproven(NOW)),
                        new RuntimeView.JobFailure(NOW, "boom", Pods.KEEPS_FAILING));
        var plan =
                Scenario.job()
                        .runs(REVISION, OLD_REVISION)
                        .pod(often)
                        .pod(outdated(OLD_POD, new Held(), unproven(NOW)))
                        .plan();
        assertThat(plan.reason()).isEqualTo(Reason.ROLLING_BACK);
        assertThat(plan.detail()).contains("boom");
    }
}
