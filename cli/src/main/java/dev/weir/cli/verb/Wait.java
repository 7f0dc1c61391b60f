package dev.weir.cli.verb;

import dev.weir.cli.place.JobDocument;
import dev.weir.cli.place.Places;
import dev.weir.cli.show.Console;
import dev.weir.operator.wake.JobKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Waits until jobs are as wanted, and ends at once where only a person can help. */
@Command(
        name = "wait",
        description = {
            "Waits until jobs are as wanted, and tells how far they are.",
            "Ends at once where only you can help, except for a phase."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir wait delays --for=ready",
            "  weir wait delays --for=deleted --timeout=5m",
            "  weir wait delays --for=phase=Completed"
        })
public final class Wait implements Callable<Integer> {

    private final Places places;
    private final Console console;

    @Mixin private PlaceOptions where = new PlaceOptions();

    @Parameters(arity = "1..*", paramLabel = "NAME", description = "The jobs.")
    private List<String> names = List.of();

    @Option(
            names = "--for",
            paramLabel = "STATE",
            required = true,
            converter = Wanted.Parser.class,
            description = "ready, suspended, deleted, or phase=PHASE.")
    private Wanted wanted = new Wanted("");

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = Waiting.DEFAULT_BOUND,
            converter = WaitOption.Bound.class,
            description = "How long at most (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ZERO;

    public Wait(Places places, Console console) {
        this.places = places;
        this.console = console;
    }

    /** A state by its word on the command line. */
    private record Wanted(String word) {

        private static final String PHASE = "phase=";

        Goal of(JobDocument job) {
            return switch (word) {
                case "ready" -> new Goal.Ready();
                case "suspended" -> new Goal.Suspended();
                case "deleted" -> new Goal.Deleted(job.uid());
                default -> new Goal.InPhase(word.substring(PHASE.length()));
            };
        }

        boolean isDeleted() {
            return word.equals("deleted");
        }

        static final class Parser implements ITypeConverter<Wanted> {
            @Override
            public Wanted convert(String text) {
                var word = text.toLowerCase(Locale.ROOT);
                if (List.of("ready", "suspended", "deleted").contains(word)) {
                    return new Wanted(word);
                }
                if (word.startsWith(PHASE) && text.length() > PHASE.length()) {
                    return new Wanted(PHASE + text.substring(PHASE.length()));
                }
                throw new TypeConversionException(
                        "'" + text + "' is none of ready, suspended, deleted, phase=PHASE");
            }
        }
    }

    @Override
    public Integer call() {
        try (var place = places.choose(where.choice())) {
            var endings = new ArrayList<Ending>();
            var goals = new LinkedHashMap<JobKey, Goal>();
            for (var key : JobNames.in(where.namespaceIn(place), names)) {
                place.job(key)
                        .ifPresentOrElse(
                                job -> goals.put(key, wanted.of(job)),
                                () -> endings.add(withoutJob(key)));
            }
            endings.addAll(new Waiting(place, console).untilAll(goals, timeout));
            return Ending.first(endings).code();
        }
    }

    private Ending withoutJob(JobKey key) {
        console.tell(JobNames.absent(key));
        return wanted.isDeleted() ? Ending.OK : Ending.FAILED;
    }
}
