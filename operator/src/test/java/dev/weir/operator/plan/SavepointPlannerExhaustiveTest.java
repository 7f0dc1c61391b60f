package dev.weir.operator.plan;

import static dev.weir.operator.plan.SavepointScenes.OURS;
import static dev.weir.operator.plan.SavepointScenes.RESULT;
import static dev.weir.operator.plan.SavepointScenes.deleted;
import static dev.weir.operator.plan.SavepointScenes.wanted;
import static dev.weir.operator.plan.Scenario.NOW;
import static dev.weir.operator.plan.Scenario.current;
import static dev.weir.operator.plan.Scenario.open;
import static dev.weir.operator.plan.Scenario.outdated;
import static dev.weir.operator.plan.Scenario.running;
import static dev.weir.operator.plan.Scenario.terminating;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.crds.Reason;
import dev.weir.crds.SavepointPhase;
import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.Seen;
import dev.weir.operator.plan.SavepointPlan.Act;
import dev.weir.operator.plan.SavepointPlan.Settled;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.Receipt.Outcome;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import dev.weir.protocol.SavepointView;
import dev.weir.protocol.SavepointView.Complete;
import dev.weir.protocol.SavepointView.Failed;
import dev.weir.protocol.SavepointView.InProgress;
import dev.weir.protocol.SavepointView.LookedUp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every pair of pods in every state, against what must never happen to a savepoint. */
class SavepointPlannerExhaustiveTest {

    private static final List<WantedSavepoint> WISHES =
            Stream.of(
                            wanted().plain(),
                            wanted().erased(),
                            wanted().erasedAndProtected(),
                            wanted().protectedOnly())
                    .flatMap(wish -> Stream.of(wish, deleted(wish)))
                    .toList();

    private static final List<RecordedSavepoint> MEMORIES =
            Stream.concat(
                            Stream.of(
                                    RecordedSavepoint.nothing(),
                                    SavepointScenes.waiting(SavepointScenes.PATIENCE)),
                            Arrays.stream(SavepointPhase.values()).map(SavepointScenes::recorded))
                    .toList();

    @Test
    void inNoStateOfTwoPodsIsAnyInvariantBroken() {
        var ones = pods("a", 3);
        var others = pods("b", 4);
        long plans = 0;
        for (var wish : WISHES) {
            for (var memory : MEMORIES) {
                plans += check(wish, memory, SavepointScenes.absent());
                plans += check(wish, memory, SavepointScenes.unreachable());
                plans += check(wish, memory, SavepointScenes.scene());
                for (var one : ones) {
                    plans += check(wish, memory, SavepointScenes.scene(one));
                    for (var other : others) {
                        plans += check(wish, memory, SavepointScenes.scene(one, other));
                    }
                }
            }
        }
        assertThat(plans).isGreaterThan(100_000);
    }

    private static List<PodView> pods(String name, long term) {
        var pods = new ArrayList<PodView>();
        pods.add(
                Scenario.silent(
                        name, Scenario.REVISION, new PodView.Up(), Seen.unreachable("silence")));
        for (RuntimeState state :
                List.of(
                        new RuntimeState.Preparing(),
                        new RuntimeState.Held(),
                        running(term),
                        new RuntimeState.Recovering(term, "cause", 1, NOW),
                        new RuntimeState.Stopping(term, CloseReason.SUSPEND, NOW))) {
            for (Seen<LedgerView> ledger :
                    List.of(open(term), Seen.<LedgerView>unreachable("403"))) {
                var pod = current(name, state, ledger);
                pods.add(pod);
                progresses().forEach(p -> pods.add(SavepointScenes.told(pod, OURS, term, p)));
                pods.add(SavepointScenes.told(pod, "other", term, new LookedUp()));
            }
        }
        var runs = outdated(name, running(term), open(term));
        pods.add(runs);
        receipts(runs, term).forEach(r -> pods.add(SavepointScenes.receipted(runs, r)));
        pods.add(terminating(SavepointScenes.told(runs, OURS, term, new LookedUp())));
        pods.add(terminating(SavepointScenes.told(runs, OURS, term, new Complete(RESULT))));
        return pods;
    }

    private static List<SavepointView.Progress> progresses() {
        return List.of(
                new LookedUp(),
                new InProgress(42, RuntimeView.Phase.EXECUTING),
                new Complete(RESULT),
                new Failed("no room", 1),
                new Failed("no room", SavepointPlanner.ATTEMPTS));
    }

    private static List<Receipt> receipts(PodView pod, long term) {
        var job = new SavepointScene.Job(Scenario.JOB_UID, Optional.empty());
        var take = SavepointCommands.take(wanted().plain(), job, pod, term).id();
        var erase = SavepointCommands.eraseId(wanted().plain(), job, pod);
        return Arrays.stream(Outcome.values())
                .flatMap(
                        outcome ->
                                Stream.of(
                                        new Receipt(take, outcome, ""),
                                        new Receipt(erase, outcome, "")))
                .toList();
    }

    private static long check(WantedSavepoint wish, RecordedSavepoint memory, SavepointScene seen) {
        var plan = SavepointPlanner.plan(wish, memory, seen);
        Supplier<String> why = () -> wish + "\n" + memory + "\n" + seen + "\n" + plan;
        if (wish.deletionAsked().isEmpty()
                && memory.phase().filter(SavepointPhase::settled).isPresent()) {
            assertThat(plan instanceof Settled || isAboutTheFinalizer(plan)).as(why).isTrue();
        }
        if (plan instanceof SavepointPlan.Failed(var reason, _)
                && reason == Reason.SAVEPOINT_OVERDUE) {
            assertThat(memory.since()).as(why).isPresent();
            assertThat(underWay(seen)).as(why).isFalse();
            assertThat(seen.job()).as(why).isNotInstanceOf(Seen.Unreachable.class);
            assertThat(seen.pods()).as(why).allMatch(pod -> pod.runtime() instanceof Seen.Present);
        }
        if (plan instanceof Act(var action, _, _)) {
            switch (action) {
                case SavepointAction.Take(var pod, _) -> taken(wish, seen, pod, why);
                case SavepointAction.Erase _ -> {
                    assertThat(wish.deletionAsked()).as(why).isPresent();
                    assertThat(wish.erase() && wish.finalizer()).as(why).isTrue();
                    assertThat(underWay(seen)).as(why).isFalse();
                }
                case SavepointAction.RemoveFinalizer() -> {
                    assertThat(wish.finalizer()).as(why).isTrue();
                    assertThat(
                                    !wish.erase()
                                            || seen.job() instanceof Seen.Absent
                                            || saysErased(seen))
                            .as(why)
                            .isTrue();
                }
                case SavepointAction.AddFinalizer() ->
                        assertThat(wish.erase() && wish.deletionAsked().isEmpty()).as(why).isTrue();
            }
        }
        return 1;
    }

    private static void taken(
            WantedSavepoint wish, SavepointScene seen, PodView.PodRef pod, Supplier<String> why) {
        assertThat(wish.deletionAsked()).as(why).isEmpty();
        assertThat(wish.finalizer() || !wish.erase()).as(why).isTrue();
        assertThat(underWay(seen)).as(why).isFalse();
        var newest =
                seen.pods().stream()
                        .filter(p -> !p.terminating())
                        .mapToLong(Fleet::activeTerm)
                        .max()
                        .orElse(0);
        assertThat(seen.pods())
                .as(why)
                .filteredOn(p -> p.ref().equals(pod))
                .singleElement()
                .satisfies(
                        p -> {
                            assertThat(Fleet.view(p).orElseThrow().state())
                                    .isInstanceOf(RuntimeState.Running.class);
                            assertThat(Fleet.activeTerm(p)).isEqualTo(newest);
                            assertThat(p.terminating()).isFalse();
                        });
    }

    private static boolean isAboutTheFinalizer(SavepointPlan plan) {
        return plan instanceof Act(var action, _, _)
                && (action instanceof SavepointAction.AddFinalizer
                        || action instanceof SavepointAction.RemoveFinalizer);
    }

    private static boolean underWay(SavepointScene seen) {
        return seen.pods().stream()
                .filter(pod -> !pod.terminating())
                .flatMap(pod -> Fleet.view(pod).flatMap(v -> v.savepoint(OURS)).stream())
                .anyMatch(known -> known.progress().underWay());
    }

    private static boolean saysErased(SavepointScene seen) {
        return seen.pods().stream()
                .flatMap(pod -> Fleet.view(pod).stream())
                .flatMap(view -> view.receipts().stream())
                .anyMatch(receipt -> receipt.outcome() == Outcome.DONE);
    }
}
