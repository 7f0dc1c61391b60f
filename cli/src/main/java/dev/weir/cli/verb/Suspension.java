package dev.weir.cli.verb;

import dev.weir.cli.place.Admitted;
import dev.weir.cli.place.JobDocument;
import dev.weir.cli.place.Place;
import dev.weir.cli.show.Console;
import dev.weir.operator.wake.JobKey;
import java.time.Duration;
import java.util.Optional;

/**
 * Sets {@code spec.suspend} of a job and says so: an edit like any other, which a file that is
 * applied later may take back.
 */
final class Suspension {

    /** Others may edit at the same moment; nobody edits without end. */
    private static final int ATTEMPTS = 5;

    private final Place place;
    private final Console console;

    Suspension(Place place, Console console) {
        this.place = place;
        this.console = console;
    }

    /**
     * @param wait until the job is suspended, or ready
     */
    Ending set(JobKey key, boolean suspend, Optional<Duration> wait) {
        var ending = edit(key, suspend);
        return ending == Ending.OK && wait.isPresent()
                ? new Waiting(place, console)
                        .until(key, suspend ? new Goal.Suspended() : new Goal.Ready(), wait.get())
                : ending;
    }

    private Ending edit(JobKey key, boolean suspend) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var job = place.job(key);
            if (job.isEmpty()) {
                console.tell(JobNames.absent(key));
                return Ending.FAILED;
            }
            if (job.get().isToBeSuspended() == suspend) {
                console.say(job.get() + " unchanged: spec.suspend is " + suspend + " already");
                return Ending.OK;
            }
            var edited = edited(job.get(), suspend);
            switch (place.replace(edited, job.get().generation())) {
                case Admitted.Created _, Admitted.Configured _, Admitted.Unchanged _ -> {
                    console.say("%s: spec.suspend: %s -> %s".formatted(edited, !suspend, suspend));
                    return Ending.OK;
                }
                case Admitted.Refused(var problems) -> {
                    console.tell(Answers.refusal(edited, problems));
                    return Ending.FAILED;
                }
                case Admitted.Overtaken() -> {
                    // The edit is the same on whatever the job has become.
                }
            }
        }
        console.tell(key.name() + ": others keep changing the job; try again");
        return Ending.FAILED;
    }

    private static JobDocument edited(JobDocument job, boolean suspend) {
        return job.withSpec(job.json().withObject("/spec").put("suspend", suspend));
    }
}
