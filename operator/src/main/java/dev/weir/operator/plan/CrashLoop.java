package dev.weir.operator.plan;

import java.time.Duration;

/**
 * What is made of a pod whose container has ended more than once, and waits for the kubelet to
 * start it again.
 *
 * <ol>
 *   <li>A container that ran for a while is not made to wait for what earlier ones did: its pod is
 *       replaced, and the new one starts at once.
 *   <li>One that ends soon after each start is left to the kubelet, whose pauses grow. A pod in its
 *       place would end as soon, and pods would be made as fast as they end.
 *   <li>After some starts it is replaced all the same, as another machine may do better.
 * </ol>
 *
 * So pods are made at most every {@link #A_WHILE}, whatever ails them.
 */
public final class CrashLoop {

    static final Duration A_WHILE = Duration.ofSeconds(20);

    /** The kubelet's pauses before the fifth add up to two and a half minutes. */
    static final int MANY_STARTS = 5;

    private CrashLoop() {}

    /**
     * @param lastRan from the container's last start to its end
     * @param restarts how often the kubelet has started it again
     */
    public static PodView.Health of(Duration lastRan, int restarts, String message) {
        return lastRan.compareTo(A_WHILE) >= 0 || restarts >= MANY_STARTS
                ? new PodView.Dead(message)
                : new PodView.Crashing(message);
    }
}
