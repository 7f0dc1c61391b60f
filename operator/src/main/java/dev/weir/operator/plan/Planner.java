package dev.weir.operator.plan;

import dev.weir.crds.Reason;
import dev.weir.operator.plan.Plan.Act;
import java.util.Optional;

/**
 * What to do next for one job: pure and total. It chooses which planner answers, and nothing else.
 *
 * <ol>
 *   <li>A deleted job is brought to its end, whatever else its spec says.
 *   <li>Our finalizer is there before anything is made.
 *   <li>A pod that is beyond help is removed; another is made in the same breath.
 *   <li>A suspended job is stopped with a savepoint, and then has no pods.
 *   <li>Otherwise a pod of the spec's revision is made, held, and activated once no other is
 *       active; pods of other revisions make room for it, not before it is ready.
 * </ol>
 */
public final class Planner {

    private Planner() {}

    public static Plan plan(Desired desired, Recorded recorded, Observation seen) {
        var fleet = new Fleet(desired, seen);
        if (desired.deletionAsked().isPresent()) {
            return TeardownPlanner.plan(desired, fleet, seen);
        }
        if (!desired.finalizer()) {
            return new Act(new Action.AddFinalizer(), Reason.CLAIMING_RESOURCE, "");
        }
        return removeDead(fleet)
                .orElseGet(
                        () ->
                                desired.suspend()
                                        ? SuspendPlanner.plan(desired, recorded, fleet, seen)
                                        : StartPlanner.plan(desired, recorded, fleet, seen));
    }

    /**
     * A job whose spec does not hold together and that is being deleted has nothing to be read
     * from: it is let go.
     */
    public static Plan letGo(boolean finalizer) {
        return finalizer
                ? new Act(
                        new Action.RemoveFinalizer(),
                        Reason.DELETION_INCOMPLETE,
                        "the spec was invalid")
                : new Plan.Converged(Reason.DELETED, "");
    }

    static Optional<Plan> removeDead(Fleet fleet) {
        return fleet.dead()
                .map(
                        pod ->
                                new Act(
                                        new Action.DeletePod(pod.ref(), true),
                                        Reason.REPLACING_POD,
                                        pod.name()
                                                + ": "
                                                + ((PodView.Dead) pod.health()).message()));
    }
}
