package dev.weir.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a pod that waits warms itself up, and that it keeps nobody waiting. */
@Timeout(60)
class WarmUpTest {

    /** A warm-up that ends when the test says so. */
    private static final class Rehearsed implements WarmUp.Try {
        private final Consumer<WarmUp.End> over;
        private final CompletableFuture<Void> slots = new CompletableFuture<>();
        private boolean ended;

        private Rehearsed(Consumer<WarmUp.End> over) {
            this.over = over;
        }

        @Override
        public CompletableFuture<Void> end() {
            ended = true;
            return slots;
        }
    }

    private final Deque<Runnable> seconds = new ArrayDeque<>();
    private final List<Rehearsed> begun = new ArrayList<>();
    private int warmed;
    private final WarmUp warmUp = new WarmUp(this::later, this::begin, () -> warmed++);

    private void later(Duration delay, Runnable work) {
        assertThat(delay).isEqualTo(WarmUp.QUIET);
        seconds.add(work);
    }

    private WarmUp.Try begin(Consumer<WarmUp.End> over) {
        begun.add(new Rehearsed(over));
        return begun.getLast();
    }

    private void aSecondPasses() {
        List.copyOf(seconds).forEach(Runnable::run);
        seconds.clear();
    }

    @Test
    void rule1_aPodThatIsToldNothingForASecondBegins() {
        warmUp.waits();
        assertThat(begun).isEmpty();
        aSecondPasses();
        assertThat(begun).hasSize(1);
        assertThat(warmUp.isWarm()).isFalse();
        begun.getFirst().over.accept(WarmUp.End.WARM);
        assertThat(warmUp.isWarm()).isTrue();
        assertThat(warmed).isEqualTo(1);
    }

    @Test
    void rule1_aPodThatIsNeededAtOnceNeverBegins() {
        warmUp.waits();
        warmUp.disturb();
        assertThat(warmUp.room()).isDone();
        aSecondPasses();
        assertThat(begun).isEmpty();
    }

    @Test
    void rule1_aPodThatIsSeenToWaitAgainAndAgainBeginsOnce() {
        for (int look = 0; look < 3; look++) {
            warmUp.waits();
        }
        aSecondPasses();
        warmUp.waits();
        aSecondPasses();
        assertThat(begun).hasSize(1);
        begun.getFirst().over.accept(WarmUp.End.WARM);
        warmUp.waits();
        aSecondPasses();
        assertThat(begun).hasSize(1);
    }

    @Test
    void rule2_whateverThePodIsToldEndsItAndAStartWaitsForItsSlots() {
        warmUp.waits();
        aSecondPasses();
        warmUp.disturb();
        assertThat(begun.getFirst().ended).isTrue();
        var room = warmUp.room();
        assertThat(room).isNotDone();
        begun.getFirst().slots.complete(null);
        assertThat(room).isCompleted();
    }

    @Test
    void rule2_slotsThatDoNotComeBackAreNotWaitedForForEver() throws Exception {
        warmUp.waits();
        aSecondPasses();
        warmUp.disturb();
        assertThat(warmUp.room().get(30, TimeUnit.SECONDS)).isNull();
        assertThat(begun.getFirst().slots).isNotDone();
    }

    @Test
    void rule2_slotsThatCannotBeAskedForHoldNobodyUp() {
        warmUp.waits();
        aSecondPasses();
        warmUp.disturb();
        begun.getFirst().slots.completeExceptionally(new IllegalStateException("gone"));
        assertThat(warmUp.room()).isCompleted();
    }

    @Test
    void rule3_oneThatWasEndedIsBegunAnewOnceItIsQuietAgain() {
        warmUp.waits();
        aSecondPasses();
        warmUp.disturb();
        warmUp.waits();
        aSecondPasses();
        assertThat(begun).as("while the ended one is still about").hasSize(1);
        begun.getFirst().over.accept(WarmUp.End.ENDED);
        warmUp.waits();
        aSecondPasses();
        assertThat(begun).hasSize(2);
    }

    @Test
    void rule3_oneThatFailedIsNotTriedAgain() {
        warmUp.waits();
        aSecondPasses();
        begun.getFirst().over.accept(WarmUp.End.FAILED);
        warmUp.waits();
        aSecondPasses();
        assertThat(begun).hasSize(1);
        assertThat(warmUp.isWarm()).isFalse();
        assertThat(warmUp.room()).isDone();
    }

    @Test
    void rule4_aPodWhoseOwnJobHasRunIsWarm() {
        warmUp.waits();
        aSecondPasses();
        warmUp.disturb();
        warmUp.room();
        begun.getFirst().over.accept(WarmUp.End.FAILED);
        assertThat(warmUp.isWarm()).isTrue();
        warmUp.waits();
        aSecondPasses();
        assertThat(begun).hasSize(1);
    }
}
