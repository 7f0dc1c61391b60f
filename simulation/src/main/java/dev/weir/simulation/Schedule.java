package dev.weir.simulation;

import dev.weir.ledger.Bound;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One world from its beginning to its end: some minutes in which the user acts and faults strike,
 * then quiet, in which it has to come to what the user wants and to stay there.
 */
final class Schedule {

    private static final long LONGEST_CONVERGENCE = Duration.ofMinutes(20).toMillis();
    private static final long STAY = Duration.ofMinutes(2).toMillis();

    /** What was on its way when faults ceased may still arrive for so long. */
    private static final long AFTERMATH = 30_000;

    private static final long LOOK = 1_000;
    private static final long LONG_PAUSE = Sink.EXPIRY + Duration.ofMinutes(5).toMillis();

    private final World world;
    private final LedgerOracle oracle;
    private final Bucket bucket;
    private final Sink sink;
    private final Cluster cluster;
    private final SavepointShelf shelf;
    private final Hands hands;
    private final Operators operators;
    private final Misfortune misfortune;
    private final User user;
    private final SavepointUser savepointUser;
    private final Convergence convergence;
    private final int rollAfter;

    /** What became of a schedule. */
    record Result(
            long number,
            long events,
            long digest,
            Map<Fault, Long> faults,
            Map<Class<?>, Long> actions,
            Optional<Failure> failure) {

        long faultCount() {
            return faults.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** What did not hold, and what came before. */
    record Failure(String invariant, String how, List<String> tail) {}

    private Schedule(long seed, long number, Consumer<Object> listener) {
        world = World.of(seed, number, listener);
        oracle = new LedgerOracle(world);
        var savepoints = new SavepointOracle(world, oracle);
        bucket = new Bucket(world, oracle, savepoints);
        sink = new Sink(world);
        cluster = new Cluster(world, this::container);
        shelf = new SavepointShelf(world, bucket, savepoints);
        hands = new Hands(world, cluster, oracle);
        operators = new Operators(world, cluster, shelf, hands);
        misfortune = new Misfortune(world, cluster, operators, bucket);
        user = new User(world, cluster, bucket);
        savepointUser = new SavepointUser(world, shelf);
        convergence = new Convergence(cluster, operators, oracle, bucket, sink);
        rollAfter = (int) world.chance().pick(List.of(3L, 6L, 1_000L)).longValue();
    }

    static Result run(long seed, long number, Consumer<Object> listener) {
        var schedule = new Schedule(seed, number, listener);
        Optional<Failure> failure;
        try {
            schedule.run();
            failure = Optional.empty();
        } catch (Invariant.Broken broken) {
            failure = Optional.of(schedule.failure(broken.which().name(), broken.getMessage()));
        } catch (RuntimeException fault) {
            var where = fault.getStackTrace().length == 0 ? "" : " at " + fault.getStackTrace()[0];
            failure = Optional.of(schedule.failure("NO_EXCEPTION", fault + where));
        }
        return new Result(
                number,
                schedule.world.trace().events(),
                schedule.world.trace().digest(),
                schedule.world.faults().hits(),
                schedule.hands.hits(),
                failure);
    }

    private Failure failure(String invariant, String how) {
        return new Failure(invariant, how, world.trace().tail());
    }

    private PodProcess container(KubePod pod) {
        var around =
                new Standalone.Surroundings(
                        world,
                        pod.identity(),
                        new ModelJob.Stage(bucket, sink, oracle),
                        Bound.standard(),
                        rollAfter,
                        pod::exited,
                        pod::said);
        return switch (pod.identity().role()) {
            case STANDALONE -> new Standalone(around);
            case STOREKEEPER -> new Storekeeper(around);
        };
    }

    private void run() {
        operators.begin();
        user.begin();
        savepointUser.begin();
        misfortune.begin();
        world.agenda().runUntil(world.chance().between(60_000, 240_000));
        user.finish();
        savepointUser.finish();
        world.agenda().runUntil(world.agenda().millis() + world.chance().between(0, 5_000));
        world.faults().cease();
        misfortune.end();
        world.agenda().runUntil(world.agenda().millis() + AFTERMATH);
        var state = converge();
        if (state.equals("suspended")) {
            pause();
        }
        settleSavepoints();
    }

    /** With a job that runs, or none any more, each has come to its end. */
    private void settleSavepoints() {
        var state = convergence.state().orElse("");
        var running = state.startsWith("running");
        var gone = state.equals("gone");
        var until = world.agenda().millis() + LONGEST_CONVERGENCE;
        while (shelf.unsettled(running, gone).isPresent()) {
            if (world.agenda().millis() > until) {
                throw Invariant.CONVERGES.broken(
                        shelf.unsettled(running, gone).get() + " while the job is " + state);
            }
            world.agenda().runUntil(world.agenda().millis() + LOOK);
        }
    }

    private String converge() {
        var state = awaitConvergence();
        var before = sink.frontier();
        var until = world.agenda().millis() + STAY;
        while (world.agenda().millis() < until) {
            world.agenda().runUntil(world.agenda().millis() + LOOK);
            var now = convergence.state();
            if (!now.equals(Optional.of(state))) {
                throw Invariant.STAYS.broken("it was " + state + ", and is " + now);
            }
        }
        if (state.startsWith("running") && sink.frontier() <= before) {
            throw Invariant.CONVERGES.broken("it runs, and commits nothing");
        }
        return state;
    }

    private String awaitConvergence() {
        var from = world.agenda().millis();
        while (world.agenda().millis() < from + LONGEST_CONVERGENCE) {
            world.agenda().runUntil(world.agenda().millis() + LOOK);
            var state = convergence.state();
            if (state.isPresent()) {
                world.trace().event("world", "is " + state.get());
                return state.get();
            }
        }
        throw Invariant.CONVERGES.broken(
                "not within "
                        + LONGEST_CONVERGENCE / 60_000
                        + " minutes; the operator's last plan: "
                        + operators.leader().flatMap(Operator::lastPlan));
    }

    /** Longer than a transaction lasts, where nothing was left to be committed. */
    private void pause() {
        var waits = convergence.uncommitted();
        if (waits.isPresent() && convergence.saysCommitted()) {
            throw Invariant.SUSPENDED_WHEN_COMMITTED.broken(waits.get() + " waits for its commit");
        }
        if (waits.isEmpty()) {
            world.agenda().runUntil(world.agenda().millis() + LONG_PAUSE);
            sink.expire();
        }
        user.resume();
        converge();
    }
}
