package dev.weir.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.operator.wake.JobKey;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PassLoopTest {

    private static final JobKey JOB = new JobKey("default", "delays");
    private static final JobKey OTHER = new JobKey("default", "other");

    private final BlockingQueue<JobKey> passes = new LinkedBlockingQueue<>();

    @Test
    void rule1_aJobHasOnePassAtATimeAndJobsDoNotWaitForEachOther() throws Exception {
        var inside = new AtomicInteger();
        var worst = new AtomicInteger();
        var gate = new Semaphore(0);
        try (var loop =
                new PassLoop(
                        job -> {
                            passes.add(job);
                            if (job.equals(JOB)) {
                                worst.accumulateAndGet(inside.incrementAndGet(), Math::max);
                                gate.acquireUninterruptibly();
                                inside.decrementAndGet();
                            }
                            return Optional.empty();
                        })) {
            loop.wake(JOB);
            assertThat(passes.take()).isEqualTo(JOB);
            loop.wake(JOB);
            loop.wake(OTHER);
            assertThat(passes.take()).isEqualTo(OTHER);
            gate.release(2);
            assertThat(passes.take()).isEqualTo(JOB);
            assertThat(worst).hasValue(1);
        }
    }

    @Test
    void rule2_wakeUpsDuringAPassAreFollowedByOneMore() throws Exception {
        var gate = new Semaphore(0);
        var last = new CountDownLatch(1);
        try (var loop =
                new PassLoop(
                        job -> {
                            passes.add(job);
                            gate.acquireUninterruptibly();
                            if (passes.size() > 1) {
                                last.countDown();
                            }
                            return Optional.empty();
                        })) {
            loop.wake(JOB);
            while (passes.isEmpty()) {
                Thread.onSpinWait();
            }
            for (var i = 0; i < 100; i++) {
                loop.wake(JOB);
            }
            gate.release(10);
            last.await();
            loop.wake(OTHER);
            while (!passes.contains(OTHER)) {
                Thread.onSpinWait();
            }
            assertThat(passes).containsExactly(JOB, JOB, OTHER);
        }
    }

    @Test
    void rule3_aPassThatAsksForAnotherGetsItAndAWakeUpComesFirst() throws Exception {
        try (var loop =
                new PassLoop(
                        job -> {
                            passes.add(job);
                            return passes.size() == 1
                                    ? Optional.of(Duration.ofMillis(1))
                                    : Optional.of(Duration.ofHours(1));
                        })) {
            loop.wake(JOB);
            while (passes.size() < 2) {
                Thread.onSpinWait();
            }
            loop.wake(JOB);
            while (passes.size() < 3) {
                Thread.onSpinWait();
            }
            assertThat(passes).hasSize(3);
        }
    }

    @Test
    void rule4_aPassThatFailsIsTriedAgain() throws Exception {
        var tries = new AtomicInteger();
        try (var loop =
                new PassLoop(
                        job -> {
                            if (tries.incrementAndGet() < 3) {
                                throw new IllegalStateException("not yet");
                            }
                            passes.add(job);
                            return Optional.empty();
                        })) {
            loop.wake(JOB);
            assertThat(passes.take()).isEqualTo(JOB);
            assertThat(tries).hasValue(3);
        }
    }
}
