package dev.weir.operator.plan;

import static dev.weir.operator.plan.Scenario.JOB_UID;
import static dev.weir.operator.plan.Scenario.NOW;
import static dev.weir.operator.plan.Scenario.OLD_REVISION;
import static dev.weir.operator.plan.Scenario.REVISION;
import static dev.weir.operator.plan.Scenario.ledger;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.crds.DeletionSpec.StateOnDeletion;
import dev.weir.crds.Phase;
import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.Seen;
import dev.weir.ledger.Start;
import dev.weir.operator.plan.Plan.Act;
import dev.weir.operator.plan.PodView.Health;
import dev.weir.protocol.Problem;
import dev.weir.protocol.RuntimeState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Every pair of pods in every state, against what must never happen. */
class PlannerExhaustiveTest {

    private static final List<Supplier<Scenario>> WISHES =
            List.of(
                    Scenario::job,
                    () -> Scenario.job().suspended(),
                    () -> Scenario.job().deleted(StateOnDeletion.RETAIN, Duration.ofSeconds(3)),
                    () -> Scenario.job().deleted(StateOnDeletion.DELETE, Duration.ofSeconds(3)));

    private static final List<Recorded> MEMORIES =
            List.of(
                    Recorded.nothing(),
                    new Recorded(Optional.of(Phase.RUNNING), Optional.of(3L)),
                    new Recorded(Optional.of(Phase.SUSPENDED), Optional.of(3L)));

    private static List<Seen<LedgerView>> ledgers() {
        return List.of(
                Seen.unreachable("403"),
                Scenario.empty(),
                Seen.present(new LedgerView.Deleted(3, 9)),
                Scenario.open(3),
                ledger(3, JOB_UID, new LedgerView.SealedBy("uid-x")),
                ledger(3, JOB_UID, new LedgerView.EndedWith("finished")),
                Scenario.closed(3, CloseReason.SUSPEND, false),
                Scenario.closed(3, CloseReason.DELETION, true),
                ledger(3, "another", new LedgerView.Open()));
    }

    private static List<PodView> pods(String name) {
        var pods = new ArrayList<PodView>();
        for (var revision : List.of(REVISION, OLD_REVISION)) {
            for (Health health :
                    List.of(
                            new PodView.Starting(),
                            new PodView.Up(),
                            new PodView.NoImage("none"),
                            new PodView.Crashing("at once"),
                            new PodView.Dead("crash"))) {
                pods.add(Scenario.silent(name, revision, health, Seen.unreachable("silence")));
            }
            for (var ledger : ledgers()) {
                for (var state : states()) {
                    var pod =
                            revision.equals(REVISION)
                                    ? Scenario.current(name, state, ledger)
                                    : Scenario.outdated(name, state, ledger);
                    pods.add(pod);
                }
            }
        }
        pods.add(
                Scenario.terminating(
                        Scenario.current(name, Scenario.running(3), Scenario.open(3))));
        ledgers().forEach(l -> pods.add(Scenario.storekeeper(name, new RuntimeState.Held(), l)));
        return pods;
    }

    private static List<RuntimeState> states() {
        return List.of(
                new RuntimeState.Preparing(),
                new RuntimeState.Unfit(Problem.of(Problem.Kind.STORE_DENIED, "403", "")),
                new RuntimeState.Held(),
                new RuntimeState.Activating(3, NOW),
                Scenario.running(3),
                new RuntimeState.Recovering(3, "cause", 1, NOW),
                new RuntimeState.Stopping(3, CloseReason.SUSPEND, NOW),
                new RuntimeState.GaveUp(3, "cause", 5),
                new RuntimeState.Ended(3, "finished"));
    }

    @Test
    void inNoStateOfTwoPodsIsAnyInvariantBroken() {
        var ones = pods("a");
        var others = pods("b");
        long plans = 0;
        for (var wish : WISHES) {
            for (var memory : MEMORIES) {
                plans += check(wish.get().recorded(memory), List.of(), memory);
                for (var one : ones) {
                    plans += check(wish.get().recorded(memory).pod(one), List.of(one), memory);
                    for (var other : others) {
                        var pods = List.of(one, other);
                        plans +=
                                check(
                                        wish.get().recorded(memory).pod(one).pod(other),
                                        pods,
                                        memory);
                    }
                }
            }
        }
        assertThat(plans).isGreaterThan(100_000);
    }

    private static long check(Scenario scenario, List<PodView> pods, Recorded memory) {
        var plan = scenario.plan();
        if (plan instanceof Act(var action, _, _)) {
            var why = scenario.desired() + "\n" + pods + "\n" + plan;
            if (action instanceof Action.Activate(_, var command)) {
                assertThat(runningElsewhere(pods, command.podUid())).as(why).isFalse();
                if (command.start() instanceof Start.First) {
                    assertThat(memory.term()).as(why).isEmpty();
                    assertThat(
                                    pods.stream().anyMatch(PlannerExhaustiveTest::hasTerm)
                                            && knownTo(pods, command.podUid()))
                            .as(why)
                            .isFalse();
                }
            }
            if (action instanceof Action.DeletePod(var ref, _)) {
                var pod = pods.stream().filter(p -> p.ref().equals(ref)).findFirst().orElseThrow();
                assertThat(runs(pod) && !anotherRuns(pods, pod)).as(why).isFalse();
                assertThat(silentAndUp(pod) && !anotherRuns(pods, pod)).as(why).isFalse();
            }
        }
        return 1;
    }

    private static boolean knownTo(List<PodView> pods, String uid) {
        return pods.stream()
                .filter(p -> p.uid().equals(uid))
                .anyMatch(PlannerExhaustiveTest::hasTerm);
    }

    private static boolean hasTerm(PodView pod) {
        return Fleet.view(pod)
                .filter(v -> v.ledger() instanceof Seen.Present<LedgerView>(LedgerView.Term _))
                .isPresent();
    }

    private static boolean runs(PodView pod) {
        return Fleet.view(pod).filter(v -> v.state() instanceof RuntimeState.Running).isPresent();
    }

    private static boolean runningElsewhere(List<PodView> pods, String uid) {
        return pods.stream().anyMatch(p -> !p.uid().equals(uid) && !p.terminating() && runs(p));
    }

    private static boolean anotherRuns(List<PodView> pods, PodView pod) {
        return runningElsewhere(pods, pod.uid());
    }

    private static boolean silentAndUp(PodView pod) {
        return Fleet.view(pod).isEmpty() && pod.health() instanceof PodView.Up;
    }
}
