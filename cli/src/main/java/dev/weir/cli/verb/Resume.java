package dev.weir.cli.verb;

import dev.weir.cli.place.Places;
import dev.weir.cli.show.Console;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets suspended jobs go on from the savepoint that they were stopped with. */
@Command(
        name = "resume",
        description = {
            "Starts suspended jobs again, from exactly where they were stopped.",
            "It edits spec.suspend, and says so: a file that is applied later and says otherwise takes it back."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  weir resume delays", "  weir resume delays --wait=2m"})
public final class Resume implements Callable<Integer> {

    private final Places places;
    private final Console console;

    @Mixin private PlaceOptions where = new PlaceOptions();

    @Parameters(arity = "1..*", paramLabel = "NAME", description = "The jobs.")
    private List<String> names = List.of();

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            arity = "0..1",
            converter = WaitOption.Bound.class,
            preprocessor = WaitOption.Attached.class,
            description = "Wait until all tasks run (default: " + Waiting.DEFAULT_BOUND + ").")
    private Optional<Duration> wait = Optional.empty();

    public Resume(Places places, Console console) {
        this.places = places;
        this.console = console;
    }

    @Override
    public Integer call() {
        try (var place = places.choose(where.choice())) {
            var suspension = new Suspension(place, console);
            var endings = new ArrayList<Ending>();
            for (var key : JobNames.in(where.namespaceIn(place), names)) {
                endings.add(suspension.set(key, false, wait));
            }
            return Ending.first(endings).code();
        }
    }
}
