package dev.weir.cli.verb;

import dev.weir.cli.manifest.Manifests;
import dev.weir.cli.place.Place;
import dev.weir.cli.place.Places;
import dev.weir.cli.show.Console;
import dev.weir.operator.wake.JobKey;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes jobs and waits until they are gone, telling what is being done to them. */
@Command(
        name = "delete",
        description = {
            "Deletes jobs. Each is stopped with a savepoint first; what becomes of its state, spec.deletion says.",
            "Waits until they are gone, unless told not to."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir delete delays",
            "  weir delete -f jobs/ --wait=5m",
            "  weir delete delays --no-wait"
        })
public final class Delete implements Callable<Integer> {

    private final Places places;
    private final Console console;

    @Mixin private PlaceOptions where = new PlaceOptions();

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            arity = "0..1",
            defaultValue = Waiting.DEFAULT_BOUND,
            converter = WaitOption.Bound.class,
            preprocessor = WaitOption.Attached.class,
            description = "How long to wait until they are gone (default: ${DEFAULT-VALUE}).")
    private Duration wait = Duration.ZERO;

    @Option(names = "--no-wait", description = "Ask for the deletion, and leave it at that.")
    private boolean noWait;

    /** Names, or files that hold them. */
    private static final class Which {

        @Parameters(arity = "1..*", paramLabel = "NAME", description = "Jobs to delete.")
        private List<String> names = List.of();

        @Option(
                names = {"-f", "--filename"},
                paramLabel = "FILE",
                description = "File or folder whose StreamJobs are to be deleted. Repeatable.")
        private List<String> sources = List.of();
    }

    public Delete(Places places, Console console) {
        this.places = places;
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        try (var place = places.choose(where.choice())) {
            var endings = new ArrayList<Ending>();
            var going = new LinkedHashMap<JobKey, Goal>();
            for (var key : keys(place, endings)) {
                var job = place.job(key);
                if (job.isPresent() && place.delete(key)) {
                    going.put(key, new Goal.Deleted(job.get().uid()));
                    if (noWait) {
                        console.say(job.get() + " is being deleted");
                    }
                } else {
                    console.tell(JobNames.absent(key));
                    endings.add(Ending.FAILED);
                }
            }
            if (!noWait) {
                endings.addAll(new Waiting(place, console).untilAll(going, wait));
            }
            return Ending.first(endings).code();
        }
    }

    private Set<JobKey> keys(Place place, List<Ending> endings) throws IOException {
        var namespace = where.namespaceIn(place);
        var keys = new LinkedHashSet<>(JobNames.in(namespace, which.names));
        var manifests = new Manifests(console.in(), where.namespace(), namespace);
        for (var found : manifests.read(which.sources)) {
            switch (found) {
                case Manifests.Job(var document) -> keys.add(document.key());
                case Manifests.Unusable unusable -> {
                    console.tell(unusable.toString());
                    endings.add(Ending.FAILED);
                }
            }
        }
        return keys;
    }
}
