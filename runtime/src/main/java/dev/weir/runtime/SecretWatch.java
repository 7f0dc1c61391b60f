package dev.weir.runtime;

import dev.weir.ledger.LedgerView;
import dev.weir.ledger.Seen;
import dev.weir.protocol.Problem.Kind;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import dev.weir.runtime.control.StatusBoard;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Takes a mended Secret without anybody's help. The environment keeps the credentials that the
 * process was started with; once the Secret holds others and the store refuses the old ones, the
 * process ends, and the container starts again with the new. One that runs a job is never ended for
 * it: its next append decides.
 */
final class SecretWatch {

    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final Surroundings pod;
    private final StatusBoard board;
    private final Halt halt;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("secret-watch").daemon().factory());

    SecretWatch(Surroundings pod, StatusBoard board, Halt halt) {
        this.pod = pod;
        this.board = board;
        this.halt = halt;
    }

    void begin() {
        thread.scheduleWithFixedDelay(
                this::look, PERIOD.toNanos(), PERIOD.toNanos(), TimeUnit.NANOSECONDS);
    }

    void look() {
        if (refused(board.view()) && changed()) {
            halt.now(
                    Halt.Code.NEW_CREDENTIALS,
                    "the Secret holds other credentials than the store refused");
        }
    }

    private static boolean refused(RuntimeView view) {
        return switch (view.state()) {
            case RuntimeState.Unfit(var problem) -> problem.kind() == Kind.STORE_DENIED;
            case RuntimeState.Held _ -> view.ledger() instanceof Seen.Unreachable<LedgerView>;
            case RuntimeState.Preparing _,
                    RuntimeState.Active _,
                    RuntimeState.GaveUp _,
                    RuntimeState.Ended _ ->
                    false;
        };
    }

    private boolean changed() {
        try {
            var now = pod.inSecret();
            return now.isPresent() && !now.equals(pod.credentials());
        } catch (IOException e) {
            // The kubelet swaps the files as one; a look in between finds them at the next.
            return false;
        }
    }
}
