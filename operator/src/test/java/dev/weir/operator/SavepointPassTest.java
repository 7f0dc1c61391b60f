package dev.weir.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.crds.JobCondition.Holds;
import dev.weir.crds.Reason;
import dev.weir.crds.Savepoint;
import dev.weir.crds.SavepointCondition;
import dev.weir.crds.SavepointPhase;
import dev.weir.crds.SavepointStatus;
import dev.weir.ledger.Seen;
import dev.weir.operator.execute.Messenger;
import dev.weir.operator.execute.SavepointExecutor;
import dev.weir.operator.fake.FakeSavepoints;
import dev.weir.operator.fake.World;
import dev.weir.operator.kubernetes.Written;
import dev.weir.operator.observe.Observer;
import dev.weir.operator.observe.PodAddresses;
import dev.weir.operator.observe.SavepointObserver;
import dev.weir.operator.publish.Announcer;
import dev.weir.operator.publish.PassMetrics;
import dev.weir.operator.publish.SavepointPublisher;
import dev.weir.protocol.Command;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.Receipt.Outcome;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import dev.weir.protocol.SavepointView;
import dev.weir.protocol.SavepointView.Complete;
import dev.weir.protocol.SavepointView.InProgress;
import dev.weir.protocol.SavepointView.Progress;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whole passes over a savepoint of a job that runs, with writes and commands that are lost. */
final class SavepointPassTest {

    private static final String UID = "svp-1";
    private static final SavepointView.Result TAKEN =
            new SavepointView.Result(
                    "s3://jobs/prod/flights/delays/savepoints/svp-1/0000000000000000001/a",
                    1,
                    "rev",
                    42,
                    4096,
                    World.NOW,
                    Optional.of(new SavepointView.Taking(Duration.ofMillis(313), "2.3.0")),
                    List.of(new SavepointView.OperatorState("0123", "Counts", 1, 128, 4000)));

    private final World world = World.running();
    private Instant clock = World.NOW;
    private FakeSavepoints savepoints = savepoints("Retain");
    private SavepointPass pass = pass();

    @Test
    void fromNothingToCompletedInFourPassesAndFourWrites() {
        assertThat(pass.run(savepoints.savepoint())).contains(Duration.ofSeconds(1));
        assertThat(world.runtimes.sent())
                .singleElement()
                .isInstanceOfSatisfying(
                        Command.TakeSavepoint.class,
                        take -> assertThat(take.savepointUid()).isEqualTo(UID));
        assertThat(status().phase()).isEqualTo(SavepointPhase.PREPARING);

        podSays(new InProgress(42, RuntimeView.Phase.EXECUTING));
        assertThat(pass.run(savepoints.savepoint())).isEmpty();
        assertThat(status().phase()).isEqualTo(SavepointPhase.EXECUTING);
        podSays(new InProgress(42, RuntimeView.Phase.COMPLETING));
        pass.run(savepoints.savepoint());
        podSays(new Complete(TAKEN));
        pass.run(savepoints.savepoint());

        assertThat(status())
                .isEqualTo(
                        new SavepointStatus(
                                1L,
                                SavepointPhase.COMPLETED,
                                status().conditions(),
                                TAKEN.location(),
                                4096L,
                                "rev",
                                1L,
                                42L,
                                "2.3.0",
                                List.of(
                                        new SavepointStatus.Operator(
                                                "0123", "Counts", 1, 128, 4000L)),
                                "313ms",
                                World.NOW));
        assertThat(holds(SavepointCondition.Type.COMPLETED)).isEqualTo(Holds.TRUE);
        assertThat(holds(SavepointCondition.Type.PROGRESSING)).isEqualTo(Holds.FALSE);
        assertThat(savepoints.statusWrites()).isEqualTo(4);
        assertThat(world.runtimes.sent()).hasSize(1);
    }

    @Test
    void whatIsCompletedIsLeftAloneAndNobodyIsAsked() {
        complete();
        var looks = savepoints.looks();
        var writes = savepoints.statusWrites();
        var events = world.kubernetes.events().size();
        savepoints.job(Seen.absent());
        assertThat(pass.run(savepoints.savepoint())).isEmpty();
        assertThat(savepoints.looks()).isEqualTo(looks);
        assertThat(savepoints.statusWrites()).isEqualTo(writes);
        assertThat(world.kubernetes.events()).hasSize(events);
        assertThat(status().location()).isEqualTo(TAKEN.location());
    }

    @Test
    void rule4_anOperatorThatDiesBetweenCommandAndStatusSendsTheSameCommandAgain() {
        world.runtimes.lose();
        savepoints.answer(new Written.Undecided("died"));
        pass.run(savepoints.savepoint());
        assertThat(savepoints.savepoint().getStatus()).isNull();

        pass = pass();
        pass.run(savepoints.savepoint());
        assertThat(world.runtimes.sent()).hasSize(2);
        assertThat(world.runtimes.sent().get(1)).isEqualTo(world.runtimes.sent().get(0));
    }

    @Test
    void aJobThatDoesNotRunIsWaitedForWithItsReason() {
        world.podSays(new RuntimeState.Held(), World.open(1));
        assertThat(pass.run(savepoints.savepoint()))
                .as("woken at the deadline, though nothing were heard")
                .contains(Duration.ofMinutes(30));
        assertThat(status().phase()).isEqualTo(SavepointPhase.PENDING);
        assertThat(status().conditions())
                .extracting(SavepointCondition::reason)
                .containsOnly(Reason.WAITING_FOR_JOB.word());

        savepoints.job(Seen.absent());
        pass.run(savepoints.savepoint());
        assertThat(status().conditions())
                .extracting(SavepointCondition::reason)
                .containsOnly(Reason.JOB_MISSING.word());
        assertThat(world.runtimes.sent()).isEmpty();
        assertThat(world.kubernetes.events())
                .extracting(event -> event.getReason())
                .contains(Reason.WAITING_FOR_JOB.word(), Reason.JOB_MISSING.word());
    }

    @Test
    void oneWhoseJobDoesNotRunInTimeHasFailedAndIsNotTakenWhenItDoes() {
        world.podSays(new RuntimeState.Held(), World.open(1));
        pass.run(savepoints.savepoint());
        clock = World.NOW.plus(Duration.ofMinutes(30));
        pass = pass();
        assertThat(pass.run(savepoints.savepoint())).isEmpty();
        assertThat(status().phase()).isEqualTo(SavepointPhase.FAILED);
        assertThat(holds(SavepointCondition.Type.PROGRESSING)).isEqualTo(Holds.FALSE);
        assertThat(world.kubernetes.events().getLast().getReason())
                .isEqualTo(Reason.SAVEPOINT_OVERDUE.word());

        world.podSays(new RuntimeState.Running(1, "f00", World.NOW), World.open(1));
        assertThat(pass.run(savepoints.savepoint())).isEmpty();
        assertThat(status().phase()).isEqualTo(SavepointPhase.FAILED);
        assertThat(world.runtimes.sent()).isEmpty();
    }

    @Test
    void thePodsRefusalIsToldAndAskedAgainInALongWhile() {
        world.runtimes.answer(Outcome.FORBIDDEN, "unreadable command");
        assertThat(pass.run(savepoints.savepoint())).contains(Duration.ofSeconds(10));
        assertThat(status().conditions())
                .extracting(SavepointCondition::message)
                .allMatch(message -> message.contains("unreadable command"));
    }

    @Test
    void aStatusThatSomebodyOvertookIsProjectedAnewAtOnce() {
        podSays(new Complete(TAKEN));
        savepoints.answer(new Written.Conflict());
        assertThat(pass.run(savepoints.savepoint())).contains(Duration.ofMillis(20));
        pass.run(savepoints.savepoint());
        assertThat(status().phase()).isEqualTo(SavepointPhase.COMPLETED);
    }

    @Test
    void lookingAtAJobsPodsClosesNoStreamThatItsOwnPassesHaveOpen() {
        var listened = world.runtimes.listenedTo();
        assertThat(listened).isNotEmpty();
        pass.run(savepoints.savepoint());
        assertThat(world.runtimes.listenedTo()).isEqualTo(listened);
    }

    @Test
    void oneThatErasesIsProtectedFirstAndGoesWhenItsFilesAreGone() {
        savepoints = savepoints("Delete");
        pass = pass();
        pass.run(savepoints.savepoint());
        assertThat(savepoints.savepoint().getMetadata().getFinalizers())
                .containsExactly(Savepoint.FINALIZER);
        assertThat(world.runtimes.sent()).isEmpty();
        complete();

        savepoints.savepoint().getMetadata().setDeletionTimestamp(World.NOW.toString());
        pass.run(savepoints.savepoint());
        var erase = world.runtimes.sent().getLast();
        assertThat(erase).isInstanceOf(Command.EraseSavepoint.class);
        assertThat(status().phase()).isEqualTo(SavepointPhase.DELETING);

        podSays(new Complete(TAKEN), new Receipt(erase.id(), Outcome.DONE, ""));
        assertThat(pass.run(savepoints.savepoint())).isEmpty();
        assertThat(savepoints.savepoint().getMetadata().getFinalizers()).isEmpty();
        assertThat(world.kubernetes.events().getLast().getReason())
                .isEqualTo(Reason.SAVEPOINT_ERASED.word());
    }

    @Test
    void oneWhoseJobIsGoneIsLetGoAndAnEventSaysThatItsFilesAreLeft() {
        savepoints = savepoints("Delete");
        pass = pass();
        pass.run(savepoints.savepoint());
        savepoints.savepoint().getMetadata().setDeletionTimestamp(World.NOW.toString());
        savepoints.job(Seen.unreachable("500"));
        pass.run(savepoints.savepoint());
        assertThat(savepoints.savepoint().getMetadata().getFinalizers()).isNotEmpty();

        savepoints.job(Seen.absent());
        pass.run(savepoints.savepoint());
        assertThat(savepoints.savepoint().getMetadata().getFinalizers()).isEmpty();
        assertThat(world.kubernetes.events().getLast().getReason())
                .isEqualTo(Reason.SAVEPOINT_FILES_LEFT.word());
    }

    private void complete() {
        pass.run(savepoints.savepoint());
        podSays(new Complete(TAKEN));
        pass.run(savepoints.savepoint());
        assertThat(status().phase()).isEqualTo(SavepointPhase.COMPLETED);
    }

    private void podSays(Progress progress, Receipt... receipts) {
        var pod = world.kubernetes.pod(world.kubernetes.podNames().getLast());
        world.runtimes.say(
                new RuntimeView(
                        pod.getMetadata().getUid(),
                        "boot",
                        World.JOB_UID,
                        "rev",
                        new RuntimeState.Running(1, "f00", World.NOW),
                        World.open(1),
                        Optional.empty(),
                        Seen.absent(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        List.of(receipts),
                        List.of(new SavepointView(UID, 1, progress))));
    }

    private SavepointStatus status() {
        return Optional.ofNullable(savepoints.savepoint().getStatus()).orElseThrow();
    }

    private Holds holds(SavepointCondition.Type type) {
        return status().conditions().stream()
                .filter(condition -> condition.type() == type)
                .map(SavepointCondition::status)
                .findFirst()
                .orElseThrow();
    }

    private FakeSavepoints savepoints(String policy) {
        Savepoint savepoint =
                Serialization.unmarshal(
                        """
                        apiVersion: weir.dev/v1alpha1
                        kind: Savepoint
                        metadata: {name: before, namespace: flights, uid: %s, generation: 1}
                        spec: {job: delays, format: Canonical, deletionPolicy: %s, deadline: 30m}
                        """
                                .formatted(UID, policy),
                        Savepoint.class);
        return new FakeSavepoints(savepoint, Seen.present(world.kubernetes.job()));
    }

    private SavepointPass pass() {
        var observer = new Observer(world.kubernetes, world.runtimes, InstantSource.fixed(clock));
        return new SavepointPass(
                savepoints,
                new SavepointObserver(savepoints, observer),
                new SavepointExecutor(
                        savepoints,
                        new Messenger(world.runtimes, new PodAddresses(world.kubernetes))),
                new SavepointPublisher(
                        savepoints,
                        new Announcer(world.kubernetes, "operator-0"),
                        new PassMetrics(new SimpleMeterRegistry())));
    }
}
