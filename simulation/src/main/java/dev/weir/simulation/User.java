package dev.weir.simulation;

import dev.weir.crds.DeletionSpec.StateOnDeletion;
import dev.weir.operator.plan.Names;
import java.util.ArrayList;
import java.util.List;

/**
 * Does to the resource what users do, at random times: edits, edits back, changes something that is
 * outside of the hash, suspends and resumes, deletes with Retain or Delete or by taking the
 * finalizer off, creates another of the same name, wipes the status.
 */
final class User {

    /** Its job fails soon after each start, most often before it has taken a checkpoint. */
    static final String BAD = "dddddddddddd0004";

    private static final List<String> REVISIONS =
            List.of("aaaaaaaaaaaa0001", "bbbbbbbbbbbb0002", "cccccccccccc0003", BAD);

    private final World world;
    private final Cluster cluster;
    private final Bucket bucket;
    private JobResource.Spec spec =
            new JobResource.Spec(REVISIONS.getFirst(), 0, false, StateOnDeletion.RETAIN);
    private boolean done;

    User(World world, Cluster cluster, Bucket bucket) {
        this.world = world;
        this.cluster = cluster;
        this.bucket = bucket;
    }

    void begin() {
        apply("creates the job", spec);
        later();
    }

    private void later() {
        world.agenda()
                .after(
                        world.chance().between(500, 30_000),
                        () -> {
                            if (!done) {
                                act();
                                later();
                            }
                        });
    }

    private void act() {
        if (cluster.job().isEmpty()) {
            apply("creates the job again", spec.suspend(world.chance().happens(0.1)));
            return;
        }
        if (cluster.job().get().deletionAsked().isPresent()) {
            return;
        }
        var acts = new ArrayList<Runnable>();
        acts.add(this::edit);
        acts.add(this::edit);
        acts.add(() -> apply("turns a knob", spec.turned()));
        acts.add(() -> apply("suspends or resumes", spec.suspend(!spec.suspend())));
        acts.add(() -> apply("suspends or resumes", spec.suspend(!spec.suspend())));
        acts.add(
                () -> {
                    world.trace().event("user", "wipes the status");
                    cluster.wipeStatus();
                });
        if (world.chance().happens(0.5)) {
            acts.add(this::delete);
        }
        world.chance().pick(acts).run();
    }

    private void edit() {
        var others = REVISIONS.stream().filter(r -> !r.equals(spec.revision())).toList();
        var next = world.chance().pick(others);
        apply("edits to " + next, spec.revision(next));
        if (world.chance().happens(0.3)) {
            var back = spec.revision(spec.revision().equals(next) ? REVISIONS.getFirst() : next);
            world.agenda()
                    .after(
                            world.chance().between(10, 4_000),
                            () -> {
                                if (!done && isEditable()) {
                                    apply("edits back", back);
                                }
                            });
        }
    }

    private boolean isEditable() {
        return cluster.job().filter(job -> job.deletionAsked().isEmpty()).isPresent();
    }

    private void delete() {
        var state = world.chance().pick(List.of(StateOnDeletion.values()));
        apply("sets deletion to " + state, spec.onDeletion(state));
        world.trace().event("user", "deletes the job");
        cluster.deleteJob();
        if (!done && world.chance().happens(0.15)) {
            world.trace().event("user", "takes the finalizer off");
            cluster.abandonJob();
        } else if (world.chance().happens(0.1) && world.faults().inTheMixture(Fault.STORE_OUTAGE)) {
            world.faults().struck(Fault.STORE_OUTAGE, "store");
            bucket.outage(world.chance().between(60_000, 330_000));
        }
    }

    private void apply(String what, JobResource.Spec changed) {
        world.trace().event("user", what + ": " + changed);
        spec = changed;
        cluster.apply(changed);
    }

    /** The last word: what the world has to come to. */
    void finish() {
        done = true;
        if (!isEditable()) {
            if (cluster.job().isEmpty() && world.chance().happens(0.5)) {
                apply("creates the job for good", spec.suspend(false));
            }
            return;
        }
        switch ((int) world.chance().between(0, 5)) {
            case 0, 1 -> apply("suspends for good", spec.suspend(true));
            case 2 -> delete();
            default -> apply("wants it to run", spec.suspend(false));
        }
    }

    /** A revision by the start of its hash, as names hold it. */
    static String revision(String shortened) {
        return REVISIONS.stream()
                .filter(revision -> Names.shortRevision(revision).equals(shortened))
                .findFirst()
                .orElseThrow();
    }

    void resume() {
        apply("resumes", spec.suspend(false));
    }
}
