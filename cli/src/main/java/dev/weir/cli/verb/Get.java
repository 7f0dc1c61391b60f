package dev.weir.cli.verb;

import dev.weir.cli.place.JobDocument;
import dev.weir.cli.place.Place;
import dev.weir.cli.place.Places;
import dev.weir.cli.place.Scope;
import dev.weir.cli.show.Console;
import dev.weir.operator.wake.JobKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows jobs in the columns that kubectl has for them, or as they are written. */
@Command(
        name = "get",
        description = "Shows jobs, one line each; or in full, as YAML or JSON.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir get",
            "  weir get delays -o yaml",
            "  weir get -A -o wide",
            "  weir get delays --watch"
        })
public final class Get implements Callable<Integer> {

    private final Places places;
    private final Console console;

    @Mixin private PlaceOptions where = new PlaceOptions();

    @Parameters(
            arity = "0..*",
            paramLabel = "NAME",
            description = "Only these (default: all of the namespace).")
    private List<String> names = List.of();

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "Jobs of all namespaces.")
    private boolean everywhere;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES} (default: a table).",
            defaultValue = "table")
    private JobListing.Format format = JobListing.Format.TABLE;

    @Option(
            names = {"-w", "--watch"},
            description = "Go on with each change, until interrupted.")
    private boolean watch;

    public Get(Places places, Console console) {
        this.places = places;
        this.console = console;
    }

    @Override
    public Integer call() {
        if (everywhere && !names.isEmpty()) {
            console.tell("a name is looked for in one namespace; leave out --all-namespaces");
            return Ending.USAGE.code();
        }
        try (var place = places.choose(where.choice())) {
            var listing = new JobListing(console, format, everywhere);
            var keys = JobNames.in(where.namespaceIn(place), names);
            var jobs = keys.isEmpty() ? place.jobs(scope(place, keys)) : byName(place, keys);
            listing.show(jobs, keys.size() == 1);
            if (keys.isEmpty() && jobs.isEmpty()) {
                console.tell(everywhere ? "there are no StreamJobs" : none(place));
            }
            if (watch) {
                follow(place, listing, keys, jobs);
            }
            return (jobs.size() < keys.size() ? Ending.FAILED : Ending.OK).code();
        }
    }

    private List<JobDocument> byName(Place place, List<JobKey> keys) {
        var jobs = new ArrayList<JobDocument>();
        for (var key : keys) {
            place.job(key).ifPresentOrElse(jobs::add, () -> console.tell(JobNames.absent(key)));
        }
        return jobs;
    }

    private String none(Place place) {
        return "there are no StreamJobs in namespace " + where.namespaceIn(place);
    }

    private void follow(
            Place place, JobListing listing, List<JobKey> keys, List<JobDocument> shown) {
        var versions = new HashMap<JobKey, String>();
        shown.forEach(job -> versions.put(job.key(), job.version()));
        var wanted = Set.copyOf(keys);
        place.watch(
                scope(place, keys),
                Optional.empty(),
                (key, job) -> {
                    job.filter(_ -> wanted.isEmpty() || wanted.contains(key))
                            .filter(now -> !now.version().equals(versions.get(key)))
                            .ifPresent(
                                    now -> {
                                        versions.put(key, now.version());
                                        listing.showChange(now);
                                    });
                    return console.isDeaf();
                });
    }

    private Scope scope(Place place, List<JobKey> keys) {
        if (everywhere) {
            return new Scope.Everywhere();
        }
        return keys.size() == 1
                ? new Scope.One(keys.getFirst())
                : new Scope.Namespace(where.namespaceIn(place));
    }
}
