package dev.weir.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.crds.JobCondition.Type;
import dev.weir.crds.Reason;
import dev.weir.operator.fake.World;
import dev.weir.protocol.Problem;
import dev.weir.protocol.Problem.Kind;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView.JobFailure;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A job that stays wrong costs the API server two writes a minute at most, whatever it goes through
 * meanwhile and however its words change; and the first second of the trouble is not waited for.
 */
class TroubleWritesTest {

    private static final int SECONDS = 900;
    private static final int MOST_A_MINUTE = 2;

    /** What the world is like at a second of the trouble. */
    @FunctionalInterface
    private interface Second {
        void is(World world, int second);
    }

    @Test
    void aJobThatKeepsFailing() {
        var world = World.running();
        assertQuiet(world, Reason.JOB_KEEPS_FAILING, TroubleWritesTest::failsEvery15Seconds);
        assertThat(world.kubernetes.job().getStatus().restarts())
                .as("restarts, though not every one was written")
                .isGreaterThan(50);
    }

    @Test
    void aJobThatKeptFailingAndRunsOnIsReadyAgain() {
        var world = World.running();
        assertQuiet(world, Reason.JOB_KEEPS_FAILING, TroubleWritesTest::failsEvery15Seconds);
        var since = world.now();
        var failure = Optional.of(new JobFailure(since, "/ by zero", 60));
        world.podSays(new RuntimeState.Running(99, "f99", since), World.open(99), failure, 60);
        world.pass();
        assertThat(ready(world)).isEqualTo(Reason.JOB_KEEPS_FAILING.word());
        world.later(JobFailure.SETTLED);
        world.pass();
        assertThat(ready(world)).isEqualTo(Reason.RUNNING.word());
    }

    @Test
    void anImageOfWhichTheKubeletSaysSomethingElseEachTime() {
        var world = World.created();
        for (var i = 0; i < 3; i++) {
            world.pass();
        }
        assertQuiet(
                world,
                Reason.IMAGE_UNAVAILABLE,
                (w, second) ->
                        w.kubernetes.put(
                                waiting(
                                        w.kubernetes.pod(w.kubernetes.podNames().getLast()),
                                        second % 2 == 0 ? "ErrImagePull" : "ImagePullBackOff",
                                        "attempt " + second)));
    }

    @Test
    void aStoreWhoseTroubleIsAnotherEachTime() {
        var world = World.created();
        for (var i = 0; i < 3; i++) {
            world.pass();
        }
        assertQuiet(
                world,
                Reason.STORE_UNREACHABLE,
                (w, second) ->
                        w.podSays(
                                new RuntimeState.Unfit(
                                        Problem.of(Kind.STORE_UNREACHABLE, "words " + second, "")),
                                World.empty()));
    }

    /** Waits for 13 seconds, starts for one, runs for one. */
    private static void failsEvery15Seconds(World world, int second) {
        int failures = 1 + second / 15;
        Instant failed = world.now().minusSeconds(second % 15);
        long term = failures + (second % 15 < 13 ? 0 : 1);
        RuntimeState state =
                switch (second % 15) {
                    case 13 -> new RuntimeState.Activating(term, world.now());
                    case 14 -> new RuntimeState.Running(term, "f" + term, world.now());
                    default ->
                            new RuntimeState.Recovering(
                                    term, "/ by zero", failures, failed.plusSeconds(13));
                };
        world.podSays(
                state,
                World.open(term),
                Optional.of(new JobFailure(failed, "/ by zero", failures)),
                failures - 1);
    }

    /** From the second on in which {@code reason} is told for good. */
    private static void assertQuiet(World world, Reason reason, Second second) {
        List<Integer> writes = new ArrayList<>();
        Optional<Integer> told = Optional.empty();
        for (var s = 0; s < SECONDS; s++) {
            world.later(Duration.ofSeconds(1));
            second.is(world, s);
            int before = world.writes();
            world.pass();
            if (told.isPresent()) {
                assertThat(ready(world)).isEqualTo(reason.word());
                for (int write = before; write < world.writes(); write++) {
                    writes.add(s);
                }
            } else if (ready(world).equals(reason.word())) {
                told = Optional.of(s);
            }
        }
        assertThat(told).as("told soon").hasValueSatisfying(s -> assertThat(s).isLessThan(60));
        for (int s : writes) {
            assertThat(writes.stream().filter(other -> other >= s && other < s + 60).count())
                    .as("writes in the minute from second %d on, of %s", s, writes)
                    .isLessThanOrEqualTo(MOST_A_MINUTE);
        }
        System.out.printf(
                "%s: told after %d s, then %d writes in %d minutes%n",
                reason.word(), told.orElseThrow(), writes.size(), SECONDS / 60);
    }

    private static String ready(World world) {
        return Optional.ofNullable(world.kubernetes.job().getStatus()).stream()
                .flatMap(status -> status.conditions().stream())
                .filter(condition -> condition.type() == Type.READY)
                .map(condition -> condition.reason())
                .findFirst()
                .orElse("");
    }

    private static Pod waiting(Pod pod, String reason, String message) {
        return pod.edit()
                .editOrNewStatus()
                .withPhase("Pending")
                .withContainerStatuses(
                        new ContainerStatusBuilder()
                                .withName("runtime")
                                .withReady(false)
                                .withRestartCount(0)
                                .withNewState()
                                .withNewWaiting()
                                .withReason(reason)
                                .withMessage(message)
                                .endWaiting()
                                .endState()
                                .build())
                .endStatus()
                .build();
    }
}
