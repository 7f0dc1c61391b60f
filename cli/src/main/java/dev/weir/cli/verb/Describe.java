package dev.weir.cli.verb;

import dev.weir.cli.place.Places;
import dev.weir.cli.show.Console;
import dev.weir.cli.show.DescribedJob;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tells all that is known of a job: why it is as it is, what helps, and what happened. */
@Command(
        name = "describe",
        description =
                "Tells why a job is as it is and what helps, its newest checkpoint, its last failure, its pods and its events.",
        footerHeading = "%nExamples:%n",
        footer = "  weir describe delays")
public final class Describe implements Callable<Integer> {

    private final Places places;
    private final Console console;

    @Mixin private PlaceOptions where = new PlaceOptions();

    @Parameters(
            arity = "1..*",
            paramLabel = "NAME",
            description = "The job; several are told one after the other.")
    private List<String> names = List.of();

    public Describe(Places places, Console console) {
        this.places = places;
        this.console = console;
    }

    @Override
    public Integer call() {
        try (var place = places.choose(where.choice())) {
            var endings = new ArrayList<Ending>();
            for (var key : JobNames.in(where.namespaceIn(place), names)) {
                var job = place.job(key);
                if (job.isEmpty()) {
                    console.tell(JobNames.absent(key));
                    endings.add(Ending.FAILED);
                    continue;
                }
                if (!endings.isEmpty()) {
                    console.say("");
                }
                new DescribedJob(job.get(), place.pods(key), place.events(key), console.now())
                        .lines(console.paint())
                        .forEach(console::say);
                endings.add(Ending.OK);
            }
            return Ending.first(endings).code();
        }
    }
}
