package dev.weir.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The operator's replicas and their lease: one leads, another stands by, and for a while two may
 * believe that they lead.
 */
final class Operators {

    private final World world;
    private final Cluster cluster;
    private final SavepointShelf shelf;
    private final Hands hands;
    private final List<Operator> all = new ArrayList<>();
    private int names;

    Operators(World world, Cluster cluster, SavepointShelf shelf, Hands hands) {
        this.world = world;
        this.cluster = cluster;
        this.shelf = shelf;
        this.hands = hands;
        hands.crashBy(this::crash);
    }

    void begin() {
        start().lead();
        start();
    }

    private Operator start() {
        var operator = new Operator("operator-" + ++names, world, cluster, shelf, hands);
        all.add(operator);
        cluster.watch(operator);
        shelf.watch(operator.savepoints());
        return operator;
    }

    private void crash(Life life) {
        all.stream().filter(o -> o.lives(life)).findFirst().ifPresent(this::replace);
    }

    private void replace(Operator gone) {
        var led = gone.leads();
        gone.end();
        all.remove(gone);
        cluster.forget(gone);
        shelf.forget(gone.savepoints());
        world.agenda().after(world.chance().between(500, 4_000), this::start);
        if (led) {
            world.agenda().after(world.chance().between(100, 5_000), this::elect);
        }
    }

    private void elect() {
        if (all.stream().noneMatch(Operator::leads)) {
            all.stream()
                    .findFirst()
                    .ifPresentOrElse(
                            Operator::lead, () -> world.agenda().after(1_000, this::elect));
        }
    }

    /** The lease goes to another; who had it finds out late. */
    void takeLease() {
        var before = leader();
        var next = all.stream().filter(o -> !o.leads()).findFirst();
        if (before.isPresent() && next.isPresent()) {
            world.faults().struck(Fault.STALE_LEADER, "operators");
            next.get().lead();
            world.agenda()
                    .after(
                            world.chance().between(1_000, 15_000),
                            () -> {
                                if (all.contains(before.get())) {
                                    replace(before.get());
                                }
                            });
        }
    }

    Optional<Operator> leader() {
        return all.stream().filter(Operator::leads).findFirst();
    }

    List<Operator> all() {
        return List.copyOf(all);
    }
}
