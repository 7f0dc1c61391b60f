package dev.weir.cli.verb;

import dev.weir.cli.output.KafkaSinks;
import dev.weir.cli.output.TopicTail;
import dev.weir.cli.place.JobDocument;
import dev.weir.cli.place.Places;
import dev.weir.cli.show.Console;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the newest rows that a job has written to Kafka. */
@Command(
        name = "tail",
        description = {
            "Shows the newest rows that a job has written to Kafka, as far as they are committed.",
            "The topic is found in the job's SQL, and read from where this command runs."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir tail delays",
            "  weir tail delays --follow --rows 3",
            "  weir tail delays --table totals"
        })
public final class Tail implements Callable<Integer> {

    private final Places places;
    private final Console console;

    @Mixin private PlaceOptions where = new PlaceOptions();

    @Parameters(paramLabel = "NAME", description = "The job.")
    private String name = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with each row that is committed.")
    private boolean follow;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many rows that are there (default: ${DEFAULT-VALUE}).")
    private int rows;

    @Option(
            names = "--table",
            paramLabel = "TABLE",
            description = "One of the tables that the job writes to.")
    private Optional<String> table = Optional.empty();

    public Tail(Places places, Console console) {
        this.places = places;
        this.console = console;
    }

    @Override
    public Integer call() {
        try (var place = places.choose(where.choice())) {
            var key = JobNames.in(where.namespaceIn(place), name);
            var job = place.job(key);
            if (job.isEmpty()) {
                console.tell(JobNames.absent(key));
                return Ending.FAILED.code();
            }
            return chosen(job.get()).map(this::show).orElse(Ending.FAILED).code();
        }
    }

    private Optional<KafkaSinks.Sink> chosen(JobDocument job) {
        List<KafkaSinks.Sink> sinks = KafkaSinks.of(job.text("/spec/program/sql"));
        if (sinks.isEmpty()) {
            console.tell(
                    name
                            + " writes to no Kafka table that its spec shows; what it prints is in 'logs "
                            + name
                            + "'");
            return Optional.empty();
        }
        Optional<KafkaSinks.Sink> chosen =
                sinks.stream()
                        .filter(sink -> table.map(sink.table()::equalsIgnoreCase).orElse(true))
                        .findFirst();
        if (chosen.isEmpty() || sinks.size() > 1 && table.isEmpty()) {
            console.tell(
                    name
                            + " writes to "
                            + sinks.stream()
                                    .map(KafkaSinks.Sink::table)
                                    .collect(Collectors.joining(", "))
                            + "; --table chooses one");
        }
        return chosen;
    }

    private Ending show(KafkaSinks.Sink sink) {
        TopicTail.read(
                sink,
                rows,
                follow,
                line -> {
                    console.say(line);
                    return !console.isDeaf();
                });
        return Ending.OK;
    }
}
