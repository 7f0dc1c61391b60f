package dev.weir.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks for savepoints at random times, changes what becomes of their files, wipes their statuses,
 * deletes them.
 */
final class SavepointUser {

    private static final int MOST = 5;

    private static final Duration PATIENT = Duration.ofHours(1);

    /** Less than what the faults that befall a job may take. */
    private static final Duration IMPATIENT = Duration.ofSeconds(20);

    private final World world;
    private final SavepointShelf shelf;
    private boolean done;

    SavepointUser(World world, SavepointShelf shelf) {
        this.world = world;
        this.shelf = shelf;
    }

    void begin() {
        world.agenda()
                .after(
                        world.chance().between(2_000, 40_000),
                        () -> {
                            if (!done) {
                                act();
                                begin();
                            }
                        });
    }

    void finish() {
        done = true;
    }

    private void act() {
        List<Runnable> acts = new ArrayList<>();
        if (shelf.all().size() < MOST) {
            acts.add(this::ask);
            acts.add(this::ask);
        }
        var there = shelf.all().stream().map(SavepointResource::uid).toList();
        if (!there.isEmpty()) {
            var uid = world.chance().pick(there);
            acts.add(() -> told("deletes " + uid, () -> shelf.delete(uid)));
            acts.add(() -> told("turns the policy of " + uid, () -> shelf.turn(uid)));
            acts.add(() -> told("wipes the status of " + uid, () -> shelf.wipeStatus(uid)));
        }
        world.chance().pick(acts).run();
    }

    private void ask() {
        var erase = world.chance().happens(0.6);
        shelf.create(erase, world.chance().happens(0.3) ? IMPATIENT : PATIENT);
    }

    private void told(String what, Runnable act) {
        world.trace().event("user", what);
        act.run();
    }
}
