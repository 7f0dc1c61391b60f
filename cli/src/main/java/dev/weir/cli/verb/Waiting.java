package dev.weir.cli.verb;

import dev.weir.cli.place.JobDocument;
import dev.weir.cli.place.Place;
import dev.weir.cli.place.Scope;
import dev.weir.cli.show.Console;
import dev.weir.cli.show.Explanation;
import dev.weir.crds.DurationText;
import dev.weir.crds.JobCondition.Type;
import dev.weir.operator.wake.JobKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Waits until a job is as wanted, telling each change of its phase and reason. Ends at once where
 * only a person can help.
 */
final class Waiting {

    /** For who waits and says no time. */
    static final String DEFAULT_BOUND = "10m";

    private final Place place;
    private final Console console;

    Waiting(Place place, Console console) {
        this.place = place;
        this.console = console;
    }

    /** One after the other, within one bound: while one is waited for, the others go on as well. */
    List<Ending> untilAll(Map<JobKey, Goal> goals, Duration within) {
        var end = console.now().plus(within);
        var endings = new ArrayList<Ending>();
        goals.forEach(
                (key, goal) -> {
                    var left = Duration.between(console.now(), end);
                    endings.add(until(key, goal, left.isNegative() ? Duration.ZERO : left));
                });
        return endings;
    }

    /** The last look at the job, and what it says. */
    private record Look(Optional<JobDocument> job, Goal.Verdict verdict) {}

    Ending until(JobKey key, Goal goal, Duration within) {
        var begin = console.now();
        var progress = new Progress(console);
        var last = new AtomicReference<>(new Look(Optional.empty(), new Goal.Verdict.NotYet()));
        place.watch(
                new Scope.One(key),
                Optional.of(within),
                (_, job) -> {
                    var verdict = goal.judge(job);
                    last.set(new Look(job, verdict));
                    job.filter(_ -> verdict instanceof Goal.Verdict.NotYet)
                            .filter(JobDocument::isReported)
                            .ifPresent(there -> progress.tell(key.name() + ": " + standing(there)));
                    return !(verdict instanceof Goal.Verdict.NotYet);
                });
        progress.end();
        var job = last.get().job();
        return switch (last.get().verdict()) {
            case Goal.Verdict.Reached() -> reached(key, goal, job, begin);
            case Goal.Verdict.Blocked(var why) -> blocked(key, job, why);
            case Goal.Verdict.Gone() -> gone(key);
            case Goal.Verdict.NotYet() -> late(key, goal, job, within);
        };
    }

    private Ending reached(JobKey key, Goal goal, Optional<JobDocument> job, Instant begin) {
        var state =
                switch (goal) {
                    case Goal.Ready() ->
                            job.filter(there -> there.phase().equals("Completed"))
                                    .map(_ -> "completed")
                                    .orElse("ready");
                    case Goal.Suspended() -> "suspended";
                    case Goal.Deleted _ -> "deleted";
                    case Goal.InPhase(var phase) -> "in phase " + phase;
                };
        console.say(
                "%s/%s %s%s after %s"
                        .formatted(
                                JobDocument.RESOURCE,
                                key.name(),
                                console.paint().good(state),
                                goal instanceof Goal.Ready
                                        ? job.map(there -> " (" + there.phase() + ")").orElse("")
                                        : "",
                                took(Duration.between(begin, console.now()))));
        return Ending.OK;
    }

    private Ending blocked(JobKey key, Optional<JobDocument> job, Explanation why) {
        console.tell(
                key.name()
                        + ": "
                        + console.paint()
                                .bad(job.map(JobDocument::phase).orElse("") + ", " + why.word()));
        console.tell("  " + why.what());
        why.remedy().ifPresent(remedy -> console.tell("  Remedy: " + remedy));
        return Ending.BLOCKED;
    }

    private Ending gone(JobKey key) {
        console.tell(key.name() + ": the job was deleted meanwhile");
        return Ending.FAILED;
    }

    private Ending late(JobKey key, Goal goal, Optional<JobDocument> job, Duration within) {
        console.tell(
                key.name()
                        + ": not "
                        + wanted(goal)
                        + " after "
                        + DurationText.format(within)
                        + ": "
                        + job.map(Waiting::standing).orElse("nothing is known of it"));
        job.flatMap(there -> there.condition(Type.PROGRESSING))
                .flatMap(condition -> Explanation.of(condition).remedy())
                .ifPresent(remedy -> console.tell("  Remedy: " + remedy));
        return Ending.BLOCKED;
    }

    private static String wanted(Goal goal) {
        return switch (goal) {
            case Goal.Ready() -> "ready";
            case Goal.Suspended() -> "suspended";
            case Goal.Deleted _ -> "gone";
            case Goal.InPhase(var phase) -> "in phase " + phase;
        };
    }

    /** Phase, and why. What was reported of an older spec is no news. */
    private static String standing(JobDocument job) {
        if (!job.isReported()) {
            return "no operator has looked at it yet; does one run?";
        }
        return job.condition(Type.PROGRESSING)
                .map(Explanation::of)
                .map(why -> job.phase() + ", " + why.text())
                .orElse(job.phase());
    }

    /** Tenths of a second matter only while there are few. */
    private static String took(Duration span) {
        return span.compareTo(Duration.ofMinutes(1)) < 0
                ? String.format(Locale.ROOT, "%.1fs", span.toMillis() / 1000.0)
                : DurationText.format(Duration.ofSeconds(span.toSeconds()));
    }
}
