package dev.weir.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.crds.JobCondition;
import dev.weir.crds.Phase;
import dev.weir.crds.Reason;
import dev.weir.crds.StreamJob;
import dev.weir.crds.StreamJobStatus;
import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.operator.fake.FakeKubernetes.Verb;
import dev.weir.operator.fake.World;
import dev.weir.operator.kubernetes.Written;
import dev.weir.protocol.Command;
import dev.weir.protocol.Problem;
import dev.weir.protocol.Receipt.Outcome;
import dev.weir.protocol.RuntimeState;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Whole passes, from the resource to effects and status, on fakes that refuse, lose and overtake.
 */
final class JobPassTest {

    private static final String EDITED = "INSERT INTO a SELECT * FROM c";

    @Test
    void fromNothingToAnActivatedJobEachPassDoesOneThing() {
        var world = World.created();
        for (var done = 0; done < 3; done++) {
            assertThat(world.kubernetes.effects()).hasSize(done);
            assertThat(world.pass()).contains(Duration.ofSeconds(1));
        }
        assertThat(world.kubernetes.effects())
                .extracting(effect -> effect.split(" ")[0])
                .containsExactly("ADD_FINALIZER", "CREATE_PROGRAM", "CREATE_POD");
        world.podSays(new RuntimeState.Held(), World.empty());
        world.pass();
        assertThat(world.kubernetes.effects()).as("no further write").hasSize(3);
        assertThat(world.runtimes.sent())
                .singleElement()
                .isInstanceOfSatisfying(
                        Command.Activate.class,
                        activate -> {
                            assertThat(activate.expectedTerm()).isZero();
                            assertThat(activate.jobUid()).isEqualTo(World.JOB_UID);
                        });
    }

    @Test
    void aJobThatRunsAsItsSpecSaysIsLeftAloneAndItsStatusIsWrittenOnce() {
        var world = World.running();
        var effects = world.kubernetes.effects();
        var writes = world.kubernetes.statusWrites();
        world.pass();
        world.pass();
        assertThat(world.kubernetes.effects()).isEqualTo(effects);
        assertThat(world.kubernetes.statusWrites()).isEqualTo(writes);
        assertThat(world.runtimes.sent()).isEmpty();
        assertThat(status(world).phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void aRefusedWriteIsToldInTheStatusAndAskedAgainInALongWhile() {
        var world = World.created();
        world.pass();
        world.pass();
        world.kubernetes.answer(Verb.CREATE_POD, new Written.Refused("exceeded quota: pods"));
        assertThat(world.pass()).contains(Duration.ofSeconds(30));
        assertThat(messages(world)).contains("exceeded quota: pods");
        assertThat(world.pass()).contains(Duration.ofSeconds(1));
        assertThat(world.kubernetes.podNames()).hasSize(1);
    }

    @Test
    void anUndecidedWriteIsRepeatedUnderTheSameName() {
        var world = World.created();
        world.pass();
        world.pass();
        world.kubernetes.answer(Verb.CREATE_POD, new Written.Undecided("timed out"));
        assertThat(world.pass()).contains(Duration.ofSeconds(1));
        world.pass();
        var effects = world.kubernetes.effects();
        assertThat(effects.getLast()).isEqualTo(effects.get(effects.size() - 2));
        assertThat(world.kubernetes.podNames()).hasSize(1);
    }

    @Test
    void aConflictIsLookedAtAgainAtOnceAndIsNoTrouble() {
        var world = World.created();
        world.kubernetes.answer(Verb.ADD_FINALIZER, new Written.Conflict());
        assertThat(world.pass()).contains(Duration.ofMillis(20));
        assertThat(world.kubernetes.job().getMetadata().getFinalizers()).isEmpty();
        world.pass();
        assertThat(world.kubernetes.job().getMetadata().getFinalizers())
                .containsExactly(StreamJob.FINALIZER);
    }

    @Test
    void aStatusThatSomebodyOvertookIsProjectedAnewAtOnce() {
        var world = World.running();
        world.podSays(new RuntimeState.GaveUp(1, "boom", 3), World.open(1));
        world.kubernetes.answer(Verb.WRITE_STATUS, new Written.Conflict());
        assertThat(world.pass()).contains(Duration.ofMillis(20));
        world.pass();
        assertThat(status(world).phase()).isNotEqualTo(Phase.RUNNING);
    }

    @Test
    void rule4_aCommandOfWhichNothingWasHeardIsSentAgainUnderTheSameId() {
        var world = held();
        world.runtimes.lose();
        assertThat(world.pass()).contains(Duration.ofSeconds(1));
        world.pass();
        assertThat(world.runtimes.sent()).hasSize(2);
        assertThat(world.runtimes.sent().get(1)).isEqualTo(world.runtimes.sent().get(0));
    }

    @Test
    void aCommandThatThePodRefusesIsToldWithItsReason() {
        var world = held();
        world.runtimes.answer(Outcome.REFUSED, "the ledger belongs to another");
        assertThat(world.pass()).contains(Duration.ofSeconds(30));
        assertThat(messages(world)).contains("the ledger belongs to another");
    }

    @Test
    void anInvalidSpecIsToldAndNeverHarmsTheJobThatRuns() {
        var world = World.running();
        var effects = world.kubernetes.effects();
        world.kubernetes.edit(World.job("", 2, "checkpoint: {interval: soon}"));
        world.pass();
        world.pass();
        assertThat(world.kubernetes.effects()).isEqualTo(effects);
        assertThat(world.runtimes.sent()).isEmpty();
        assertThat(messages(world)).contains("spec.program.sql", "spec.checkpoint.interval");
        assertThat(status(world).phase()).as("it runs on").isEqualTo(Phase.RUNNING);
        assertThat(status(world).term()).isEqualTo(1);
        assertThat(world.kubernetes.events().getLast().getReason())
                .isEqualTo(Reason.SPEC_INVALID.word());
    }

    @Test
    void anInvalidSpecThatIsMendedGoesOnAsIfNothingHadBeen() {
        var world = World.running();
        var effects = world.kubernetes.effects();
        var valid = world.kubernetes.job().getSpec();
        world.kubernetes.edit(World.job("", 2, ""));
        world.pass();
        var mended = World.job("x", 3, "");
        mended.setSpec(valid);
        world.kubernetes.edit(mended);
        world.pass();
        assertThat(world.kubernetes.effects()).isEqualTo(effects);
        assertThat(status(world).phase()).isEqualTo(Phase.RUNNING);
        assertThat(status(world).observedGeneration()).isEqualTo(3);
    }

    @Test
    void aProgramThatDoesNotCompileNeverStopsTheJobThatRuns() {
        var world = World.running();
        world.kubernetes.edit(World.job(EDITED, 2, ""));
        world.pass();
        world.pass();
        assertThat(world.kubernetes.podNames()).hasSize(2);
        world.podSays(
                new RuntimeState.Unfit(
                        Problem.of(Problem.Kind.PROGRAM_INVALID, "no table c", "create it")),
                World.open(1));
        var effects = world.kubernetes.effects();
        world.pass();
        world.pass();
        assertThat(world.kubernetes.effects()).isEqualTo(effects);
        assertThat(world.runtimes.sent()).isEmpty();
        assertThat(messages(world)).contains("no table c");
        assertThat(status(world).phase()).isNotEqualTo(Phase.FAILED);
    }

    @Test
    void podsOfAnEarlierJobOfTheNameAreNeitherHeardNorTouched() {
        var world = World.created();
        world.pass();
        world.pass();
        world.pass();
        var ours = world.kubernetes.pod(world.kubernetes.podNames().getFirst());
        var theirs =
                new PodBuilder(ours)
                        .editMetadata()
                        .withName("of-an-earlier-job")
                        .withUid("uid of an earlier job's pod")
                        .editFirstOwnerReference()
                        .withUid("u-0")
                        .endOwnerReference()
                        .endMetadata()
                        .build();
        world.kubernetes.put(theirs);
        world.kubernetes.starts("of-an-earlier-job");
        world.pass();
        assertThat(world.kubernetes.effects()).noneMatch(e -> e.startsWith("DELETE_POD"));
        assertThat(world.runtimes.listenedTo()).isEmpty();
    }

    @Test
    void aPodThatFallsSilentLosesTheJobNothing() {
        var world = World.running();
        var effects = world.kubernetes.effects();
        var pod = world.kubernetes.pod(world.kubernetes.podNames().getFirst());
        world.runtimes.silent(pod.getMetadata().getUid());
        world.pass();
        assertThat(world.kubernetes.effects()).isEqualTo(effects);
        assertThat(world.runtimes.sent()).isEmpty();
        assertThat(ready(world).status()).isNotEqualTo(JobCondition.Holds.TRUE);
    }

    @Test
    void aDeletedJobIsStoppedWithASavepointBeforeAnythingGoes() {
        var world = World.running();
        var effects = world.kubernetes.effects();
        world.kubernetes.job().getMetadata().setDeletionTimestamp(World.NOW.toString());
        world.pass();
        assertThat(world.kubernetes.effects()).isEqualTo(effects);
        assertThat(world.runtimes.sent()).singleElement().isInstanceOf(Command.Stop.class);
        assertThat(world.kubernetes.job().getMetadata().getFinalizers()).isNotEmpty();
    }

    @Test
    void aDeletedJobWhoseSpecIsInvalidIsStoppedWithASavepointAllTheSame() {
        var world = World.running();
        world.kubernetes.edit(World.job("", 2, "checkpoint: {interval: soon}"));
        world.kubernetes.job().getMetadata().setDeletionTimestamp(World.NOW.toString());
        world.pass();
        assertThat(world.runtimes.sent())
                .singleElement()
                .isInstanceOfSatisfying(
                        Command.Stop.class,
                        stop -> assertThat(stop.reason()).isEqualTo(CloseReason.DELETION));
        assertThat(world.kubernetes.job().getMetadata().getFinalizers())
                .contains(StreamJob.FINALIZER);
    }

    @Test
    void aDeletedJobWhoseNamespaceEndsIsLetGoOnceNobodyCanBeMadeToCloseItsLedger() {
        var world = World.created();
        world.pass();
        world.kubernetes.job().getMetadata().setDeletionTimestamp(World.NOW.toString());
        world.kubernetes.namespaceEnds();
        assertThat(world.pass()).contains(Duration.ofMillis(20));
        assertThat(world.kubernetes.job().getMetadata().getFinalizers()).isNotEmpty();
        world.pass();
        assertThat(world.kubernetes.job().getMetadata().getFinalizers()).isEmpty();
        assertThat(world.kubernetes.podNames()).isEmpty();
    }

    private static World held() {
        var world = World.created();
        world.pass();
        world.pass();
        world.pass();
        world.podSays(new RuntimeState.Held(), World.empty());
        return world;
    }

    private static StreamJobStatus status(World world) {
        return Optional.ofNullable(world.kubernetes.job().getStatus()).orElseThrow();
    }

    private static JobCondition ready(World world) {
        return status(world).conditions().stream()
                .filter(condition -> condition.type() == JobCondition.Type.READY)
                .findFirst()
                .orElseThrow();
    }

    private static String messages(World world) {
        return String.join(
                "\n", status(world).conditions().stream().map(JobCondition::message).toList());
    }
}
