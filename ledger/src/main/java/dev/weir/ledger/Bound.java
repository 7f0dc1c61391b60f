package dev.weir.ledger;

import java.time.Duration;

/**
 * How long an undecided append is tried again (rule 1).
 *
 * @param tries how often the store is asked in all, at least once
 * @param pause how long to wait between two tries
 */
public record Bound(int tries, Duration pause) {

    public Bound {
        if (tries < 1 || pause.isNegative()) {
            throw new IllegalArgumentException(
                    "at least one try, and no negative pause: " + tries + ", " + pause);
        }
    }

    /**
     * With the adapter's time-out of 2 s a request, and two requests a try, 43 s at worst: less
     * than the engine's heartbeat time-out of 50 s. 2.5 s where the store answers at once.
     */
    public static Bound standard() {
        return new Bound(10, Duration.ofMillis(250));
    }

    Bound less() {
        return new Bound(tries - 1, pause);
    }
}
