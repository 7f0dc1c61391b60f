package dev.weir.cli.verb;

import dev.weir.cli.manifest.Manifests;
import dev.weir.cli.place.DeniedException;
import dev.weir.cli.place.JobDocument;
import dev.weir.cli.place.Place;
import dev.weir.cli.place.Places;
import dev.weir.cli.show.Console;
import dev.weir.operator.wake.JobKey;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Hands in StreamJobs: each for itself, so that a refused one keeps none of the others back. */
@Command(
        name = "apply",
        description = {
            "Creates the StreamJobs of a file, or gives those that are there the file's spec.",
            "Each document is taken or refused for itself. Labels and annotations are added to those that the job has."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir apply -f delays.yaml",
            "  weir apply -f jobs/ --wait=2m",
            "  weir init upsert --name delays | weir apply -f -"
        })
public final class Apply implements Callable<Integer> {

    private final Places places;
    private final Console console;

    @Mixin private PlaceOptions where = new PlaceOptions();

    @Option(
            names = {"-f", "--filename"},
            paramLabel = "FILE",
            required = true,
            description =
                    "File or folder with StreamJobs in YAML or JSON; - is the standard input. Repeatable.")
    private List<String> sources = List.of();

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            arity = "0..1",
            converter = WaitOption.Bound.class,
            preprocessor = WaitOption.Attached.class,
            description = {
                "Wait until the jobs are ready (those to be suspended: until they are), and tell how far they are."
                        + " Ends at once where only you can help (default: "
                        + Waiting.DEFAULT_BOUND
                        + ")."
            })
    private Optional<Duration> wait = Optional.empty();

    public Apply(Places places, Console console) {
        this.places = places;
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        try (var place = places.choose(where.choice())) {
            var found =
                    new Manifests(console.in(), where.namespace(), where.namespaceIn(place))
                            .read(sources);
            var endings = new ArrayList<Ending>();
            var taken = new LinkedHashMap<JobKey, Goal>();
            for (var one : found) {
                switch (one) {
                    case Manifests.Unusable unusable -> {
                        console.tell(unusable.toString());
                        endings.add(Ending.FAILED);
                    }
                    case Manifests.Job(var document) ->
                            apply(place, document)
                                    .ifPresentOrElse(
                                            job -> taken.put(job.key(), goal(job)),
                                            () -> endings.add(Ending.FAILED));
                }
            }
            wait.ifPresent(
                    bound -> endings.addAll(new Waiting(place, console).untilAll(taken, bound)));
            return Ending.first(endings).code();
        }
    }

    private Optional<JobDocument> apply(Place place, JobDocument document) {
        try {
            return Answers.say(console, document, place.apply(document));
        } catch (DeniedException e) {
            console.tell(document + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private static Goal goal(JobDocument job) {
        return job.isToBeSuspended() ? new Goal.Suspended() : new Goal.Ready();
    }
}
