package dev.weir.simulation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The faults that come by the clock: to machines, pods, processes, streams, the lease, the store.
 */
final class Misfortune {

    private static final List<Fault> BY_THE_CLOCK =
            List.of(
                    Fault.STALE_LEADER,
                    Fault.STREAM_SILENCE,
                    Fault.STORE_OUTAGE,
                    Fault.JOB_FAILURE,
                    Fault.JOB_FAILURE,
                    Fault.ZOMBIE,
                    Fault.ZOMBIE,
                    Fault.ZOMBIE_MACHINE,
                    Fault.NODE_LOSS,
                    Fault.NODE_PARTITION,
                    Fault.EVICTION,
                    Fault.POD_DELETED_BY_HAND);

    private final World world;
    private final Cluster cluster;
    private final Operators operators;
    private final Bucket bucket;
    private final Map<Fault, Consumer<KubePod>> blows;

    Misfortune(World world, Cluster cluster, Operators operators, Bucket bucket) {
        this.world = world;
        this.cluster = cluster;
        this.operators = operators;
        this.bucket = bucket;
        blows = blows();
    }

    void begin() {
        bucket.unsound(
                world.faults().inTheMixture(Fault.STORE_UNSOUND) && world.chance().happens(0.05));
        later();
    }

    private void later() {
        world.agenda()
                .after(
                        world.chance().between(1_000, 20_000),
                        () -> {
                            if (!world.faults().ceased()) {
                                strike(world.chance().pick(BY_THE_CLOCK));
                                later();
                            }
                        });
    }

    private void strike(Fault fault) {
        if (!world.faults().inTheMixture(fault)) {
            return;
        }
        if (fault == Fault.STALE_LEADER) {
            operators.takeLease();
        } else if (fault == Fault.STORE_OUTAGE) {
            world.faults().struck(fault, "store");
            bucket.outage(world.chance().between(500, 30_000));
        } else if (fault == Fault.STREAM_SILENCE) {
            var streams = operators.leader().map(Operator::streams).orElse(List.of());
            if (!streams.isEmpty()) {
                world.faults().struck(fault, "streams");
                world.chance().pick(streams).silence(world.chance().between(1_000, 15_000));
            }
        } else {
            victim().ifPresent(pod -> strike(fault, pod));
        }
    }

    private Optional<KubePod> victim() {
        var running = cluster.everyPod().stream().filter(pod -> pod.process().isPresent()).toList();
        return running.isEmpty() ? Optional.empty() : Optional.of(world.chance().pick(running));
    }

    private void strike(Fault fault, KubePod pod) {
        world.faults().struck(fault, pod.identity().name());
        blows.get(fault).accept(pod);
    }

    private Map<Fault, Consumer<KubePod>> blows() {
        return Map.of(
                Fault.JOB_FAILURE, pod -> pod.process().ifPresent(PodProcess::failJob),
                Fault.ZOMBIE, pod -> pod.freeze(world.chance().between(500, 40_000)),
                Fault.ZOMBIE_MACHINE, pod -> pod.freezeMachine(absence()),
                Fault.NODE_LOSS, pod -> pod.loseMachine(absence()),
                Fault.NODE_PARTITION, pod -> pod.silenceMachine(absence()),
                Fault.EVICTION, KubePod::evict,
                Fault.POD_DELETED_BY_HAND, pod -> pod.delete(world.chance().happens(0.3)));
    }

    private long absence() {
        return world.chance().between(20_000, 150_000);
    }

    /** Everything that can come back does. */
    void end() {
        bucket.mend();
        cluster.everyPod().forEach(KubePod::machineReturns);
    }
}
