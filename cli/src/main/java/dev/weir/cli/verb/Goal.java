package dev.weir.cli.verb;

import dev.weir.cli.place.JobDocument;
import dev.weir.cli.show.Explanation;
import dev.weir.crds.JobCondition.Holds;
import dev.weir.crds.JobCondition.Type;
import dev.weir.crds.Reason;
import java.util.Optional;
import java.util.Set;

/**
 * What is waited for. One look at the job says whether it is reached, or can't be without a person.
 *
 * <ol>
 *   <li>What was reported of an older spec says nothing of this one.
 *   <li>A job that was blocked by its user's doing is not waited for; one that time alone may help
 *       (a node that comes, a store or registry that answers again) is.
 *   <li>A job that has gone is waited for only by who wants it gone.
 * </ol>
 */
sealed interface Goal {

    /** All tasks run, as the newest spec says; or the program came to its own end. */
    record Ready() implements Goal {}

    record Suspended() implements Goal {}

    /**
     * @param uid of the job that is to go; another of its name is none of it
     */
    record Deleted(String uid) implements Goal {}

    /**
     * @param phase by its word, in capitals or not
     */
    record InPhase(String phase) implements Goal {}

    /** What a look says. */
    sealed interface Verdict {

        record Reached() implements Verdict {}

        record NotYet() implements Verdict {}

        record Blocked(Explanation why) implements Verdict {}

        record Gone() implements Verdict {}
    }

    /** What may mend by itself, though a person may mend it sooner. */
    Set<Reason> TIME_MAY_HELP =
            Set.of(Reason.POD_UNSCHEDULABLE, Reason.IMAGE_UNAVAILABLE, Reason.STORE_UNREACHABLE);

    default Verdict judge(Optional<JobDocument> job) {
        if (this instanceof Deleted(var uid)) {
            return job.filter(there -> there.uid().equals(uid)).isPresent()
                    ? new Verdict.NotYet()
                    : new Verdict.Reached();
        }
        return job.map(this::judgePresent).orElseGet(Verdict.Gone::new);
    }

    private Verdict judgePresent(JobDocument job) {
        var reached =
                switch (this) {
                    case Ready() -> job.isReported() && isReady(job);
                    case Suspended() -> job.isReported() && job.phase().equals("Suspended");
                    case Deleted _ -> false;
                    case InPhase(var phase) -> job.phase().equalsIgnoreCase(phase);
                };
        if (reached) {
            return new Verdict.Reached();
        }
        return blocked(job).<Verdict>map(Verdict.Blocked::new).orElseGet(Verdict.NotYet::new);
    }

    private static boolean isReady(JobDocument job) {
        return job.phase().equals("Completed")
                || holds(job, Type.READY) && holds(job, Type.UP_TO_DATE);
    }

    private static boolean holds(JobDocument job, Type type) {
        return job.condition(type).filter(c -> c.status() == Holds.TRUE).isPresent();
    }

    private Optional<Explanation> blocked(JobDocument job) {
        if (this instanceof InPhase) {
            return Optional.empty();
        }
        return job.condition(Type.PROGRESSING)
                .filter(c -> c.status() == Holds.FALSE)
                .filter(
                        c ->
                                c.observedGeneration() != null
                                        && c.observedGeneration() >= job.generation())
                .map(Explanation::of)
                .filter(why -> why.remedy().isPresent())
                .filter(why -> why.reason().filter(TIME_MAY_HELP::contains).isEmpty());
    }
}
