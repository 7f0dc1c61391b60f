package dev.weir.runtime.kafka;

import dev.weir.protocol.Problem;
import dev.weir.runtime.program.KafkaTable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Asks a program's Kafka for what the job will need, before the pod becomes Held: a job that runs
 * is never stopped for one that could not start. What is missing is asked for again until it is
 * there.
 */
public final class KafkaCheck {

    private static final Duration PAUSE = Duration.ofSeconds(3);

    private final Consumer<Optional<Problem>> problem;

    /**
     * @param problem told what is wrong, and that nothing is any more
     */
    public KafkaCheck(Consumer<Optional<Problem>> problem) {
        this.problem = problem;
    }

    /** Returns once there is nothing to object to. */
    public void untilThere(List<KafkaTable> tables) throws InterruptedException {
        while (true) {
            Optional<Problem> found = KafkaLook.at(tables);
            problem.accept(found);
            if (found.isEmpty()) {
                return;
            }
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        }
    }
}
