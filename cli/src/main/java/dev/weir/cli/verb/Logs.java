package dev.weir.cli.verb;

import dev.weir.cli.place.Place;
import dev.weir.cli.place.Places;
import dev.weir.cli.show.Console;
import dev.weir.operator.wake.JobKey;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the log of a job's pod: the newest one that is not ending, unless another is named. */
@Command(
        name = "logs",
        description =
                "Shows the log of a job's pod: of the newest that is not ending, unless another is named.",
        footerHeading = "%nExamples:%n",
        footer = {"  weir logs delays --tail 20", "  weir logs delays --follow"})
public final class Logs implements Callable<Integer> {

    private final Places places;
    private final Console console;

    @Mixin private PlaceOptions where = new PlaceOptions();

    @Parameters(paramLabel = "NAME", description = "The job.")
    private String name = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with each line, until the pod is gone.")
    private boolean follow;

    @Option(names = "--tail", paramLabel = "N", description = "Only the newest N lines.")
    private Optional<Integer> tail = Optional.empty();

    @Option(names = "--pod", paramLabel = "POD", description = "One of the job's pods.")
    private Optional<String> pod = Optional.empty();

    public Logs(Places places, Console console) {
        this.places = places;
        this.console = console;
    }

    @Override
    public Integer call() {
        try (var place = places.choose(where.choice())) {
            var key = JobNames.in(where.namespaceIn(place), name);
            if (place.job(key).isEmpty()) {
                console.tell(JobNames.absent(key));
                return Ending.FAILED.code();
            }
            return chosen(key, place.pods(key))
                    .map(one -> show(place, one))
                    .orElse(Ending.FAILED)
                    .code();
        }
    }

    private Optional<Pod> chosen(JobKey key, List<Pod> pods) {
        if (pods.isEmpty()) {
            console.tell(key.name() + " has no pod; 'describe " + key.name() + "' says why");
            return Optional.empty();
        }
        if (pod.isPresent()) {
            var named = pods.stream().filter(one -> name(one).equals(pod.get())).findFirst();
            if (named.isEmpty()) {
                console.tell(key.name() + " has no pod " + pod.get() + "; there is " + names(pods));
            }
            return named;
        }
        var newest =
                pods.reversed().stream()
                        .filter(one -> one.getMetadata().getDeletionTimestamp() == null)
                        .findFirst()
                        .orElseGet(pods::getLast);
        if (pods.size() > 1) {
            console.tell("of " + name(newest) + "; --pod chooses another one of " + names(pods));
        }
        return Optional.of(newest);
    }

    private Ending show(Place place, Pod chosen) {
        place.logs(
                chosen,
                tail,
                follow,
                line -> {
                    console.say(line);
                    return !console.isDeaf();
                });
        return Ending.OK;
    }

    private static String names(List<Pod> pods) {
        return pods.stream().map(Logs::name).collect(Collectors.joining(", "));
    }

    private static String name(Pod pod) {
        return pod.getMetadata().getName();
    }
}
