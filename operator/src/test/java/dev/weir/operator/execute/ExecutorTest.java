package dev.weir.operator.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.crds.StreamJob;
import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.ledger.Start;
import dev.weir.operator.fake.FakeKubernetes;
import dev.weir.operator.fake.FakeKubernetes.Verb;
import dev.weir.operator.fake.FakeRuntimes;
import dev.weir.operator.fake.World;
import dev.weir.operator.kubernetes.Written;
import dev.weir.operator.observe.PodAddresses;
import dev.weir.operator.plan.Action;
import dev.weir.operator.plan.Desired;
import dev.weir.operator.plan.PodView.PodRef;
import dev.weir.operator.plan.PodView.Role;
import dev.weir.operator.plan.SpecReader;
import dev.weir.protocol.Command;
import dev.weir.protocol.Receipt;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each action does what it says, may be done twice, and each answer is told for what it is. */
final class ExecutorTest {

    private static final String POD = "delays-pod";

    private final StreamJob job = World.job("INSERT INTO a SELECT * FROM b", 1, "");
    private final FakeKubernetes kubernetes = new FakeKubernetes(job, World.NOW);
    private final FakeRuntimes runtimes = new FakeRuntimes();
    private final Executor executor =
            new Executor(kubernetes, new Messenger(runtimes, new PodAddresses(kubernetes)));
    private final Desired desired =
            ((SpecReader.Valid) SpecReader.read(job, World.defaults())).desired();
    private PodRef pod;

    @BeforeEach
    void aPodIsUp() {
        execute(new Action.CreatePod(POD, Role.STANDALONE));
        kubernetes.starts(POD);
        pod = new PodRef(POD, kubernetes.pod(POD).getMetadata().getUid());
    }

    @Test
    void everyActionDoneTwiceHasTheResultOfOnce() {
        for (var action :
                List.of(
                        new Action.AddFinalizer(),
                        new Action.CreateProgram(desired.run().revision()),
                        new Action.CreatePod("another", Role.STOREKEEPER),
                        activate(),
                        new Action.DeletePod(pod, false),
                        new Action.DeleteProgram(desired.run().revision()),
                        new Action.RemoveFinalizer())) {
            assertThat(execute(action)).as(action.toString()).isEqualTo(new Outcome.Done());
            if (!(action instanceof Action.Activate)) {
                assertThat(execute(action)).as("again").isEqualTo(new Outcome.Done());
            }
        }
        assertThat(kubernetes.podNames()).containsExactly("another");
        assertThat(job.getMetadata().getFinalizers()).isEmpty();
    }

    @Test
    void aPodIsDeletedByItsUidSoALaterOneOfTheNameLives() {
        execute(new Action.DeletePod(new PodRef(POD, "uid of an earlier one"), true));
        assertThat(kubernetes.podNames()).contains(POD);
    }

    @Test
    void everyKindOfCommandReachesThePodAsItIs() {
        var commands =
                List.of(
                        activate(),
                        new Action.Stop(
                                pod,
                                new Command.Stop(
                                        "s",
                                        World.JOB_UID,
                                        pod.uid(),
                                        1,
                                        CloseReason.SUSPEND,
                                        "name",
                                        Duration.ofMinutes(1))),
                        new Action.CloseLedger(
                                pod, new Command.Close("c", World.JOB_UID, pod.uid(), 1)),
                        new Action.EraseState(
                                pod, new Command.Erase("e", World.JOB_UID, pod.uid(), 1)));
        commands.forEach(this::execute);
        assertThat(runtimes.sent()).extracting(Command::id).containsExactly("a", "s", "c", "e");
    }

    @ParameterizedTest
    @EnumSource(Receipt.Outcome.class)
    void eachReceiptIsToldForWhatItIs(Receipt.Outcome receipt) {
        runtimes.answer(receipt, "because");
        var told = execute(activate());
        switch (receipt) {
            case ACCEPTED, DONE -> assertThat(told).isEqualTo(new Outcome.Done());
            case FORBIDDEN, REFUSED, UNREADABLE ->
                    assertThat(told)
                            .isInstanceOfSatisfying(
                                    Outcome.Refused.class,
                                    r -> assertThat(r.why()).contains(POD, "because"));
            case STALE, FAILED ->
                    assertThat(told)
                            .isInstanceOfSatisfying(
                                    Outcome.Undecided.class,
                                    u -> assertThat(u.why()).contains(POD, "because"));
        }
    }

    @Test
    void aPodThatGivesNoAnswerOrHasNoAddressLeavesTheCommandUndecided() {
        runtimes.lose();
        assertThat(execute(activate())).isInstanceOf(Outcome.Undecided.class);
        execute(new Action.CreatePod("pending", Role.STANDALONE));
        var pending = new PodRef("pending", kubernetes.pod("pending").getMetadata().getUid());
        var before = runtimes.sent().size();
        assertThat(execute(new Action.Activate(pending, activate().command())))
                .isInstanceOf(Outcome.Undecided.class);
        assertThat(runtimes.sent()).hasSize(before);
    }

    @Test
    void eachAnswerOfTheApiServerIsToldForWhatItIs() {
        kubernetes.answer(Verb.CREATE_POD, new Written.Conflict());
        kubernetes.answer(Verb.CREATE_POD, new Written.Refused("no"));
        kubernetes.answer(Verb.CREATE_POD, new Written.Undecided("timed out"));
        var create = new Action.CreatePod("more", Role.STANDALONE);
        assertThat(execute(create)).isEqualTo(new Outcome.Overtaken());
        assertThat(execute(create)).isEqualTo(new Outcome.Refused("no"));
        assertThat(execute(create)).isEqualTo(new Outcome.Undecided("timed out"));
        assertThat(execute(create)).isEqualTo(new Outcome.Done());
    }

    private Action.Activate activate() {
        return new Action.Activate(
                pod,
                new Command.Activate(
                        "a",
                        World.JOB_UID,
                        pod.uid(),
                        0,
                        new Start.First(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private Outcome execute(Action action) {
        return executor.execute(job, desired, action);
    }
}
