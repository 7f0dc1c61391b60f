package dev.weir.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * The life of one process. What it set out to do happens only while it lives and is awake; a frozen
 * one does all of it when it wakes, as if no time had passed.
 */
final class Life {

    private static final long WAKING = 40;

    private final World world;
    private final List<Runnable> missed = new ArrayList<>();
    private boolean ended;
    private boolean frozen;

    Life(World world) {
        this.world = world;
    }

    void after(long millis, Runnable what) {
        world.agenda().after(millis, () -> now(what));
    }

    /** At once, or when it wakes, or never. */
    void now(Runnable what) {
        if (ended) {
            return;
        }
        if (frozen) {
            missed.add(what);
        } else {
            what.run();
        }
    }

    void freeze() {
        frozen = true;
    }

    /** Threads run on in no order that anybody has promised. */
    void wake() {
        if (!frozen || ended) {
            return;
        }
        frozen = false;
        missed.forEach(what -> after(world.chance().between(0, WAKING), what));
        missed.clear();
    }

    void end() {
        ended = true;
        missed.clear();
    }

    boolean ended() {
        return ended;
    }

    boolean awake() {
        return !ended && !frozen;
    }
}
