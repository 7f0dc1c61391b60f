package dev.weir.runtime;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The one thread on which the pod's life is led. A fault in it is a fault of the program: the JVM
 * halts, for nobody else would go on.
 */
final class DriverThread {

    private final Halt halt;
    private final ScheduledExecutorService driver =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("driver").factory());
    private final ExecutorService aside =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("seal-watch").daemon().factory());

    DriverThread(Halt halt) {
        this.halt = halt;
    }

    void run(Runnable work) {
        driver.execute(guarded(work));
    }

    void after(Duration delay, Runnable work) {
        driver.schedule(guarded(work), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    void every(Duration period, Runnable work) {
        driver.scheduleWithFixedDelay(
                guarded(work), period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** For a look at the store, which may take seconds and must not delay the driver. */
    void aside(Runnable work) {
        aside.execute(guarded(work));
    }

    Error halt(Halt.Code code, String why) {
        return halt.now(code, why);
    }

    private Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                e.printStackTrace();
                throw halt.now(Halt.Code.FAULT, e.toString());
            }
        };
    }
}
