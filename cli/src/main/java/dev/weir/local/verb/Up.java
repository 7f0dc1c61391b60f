package dev.weir.local.verb;

import dev.weir.cli.place.JobDocument;
import dev.weir.cli.place.Place;
import dev.weir.cli.place.Scope;
import dev.weir.cli.show.Console;
import dev.weir.crds.JobCondition;
import dev.weir.crds.StreamJobStatus;
import dev.weir.local.LocalHome;
import dev.weir.local.LocalPlace;
import dev.weir.local.LocalWorld;
import dev.weir.local.Sample;
import dev.weir.operator.wake.JobKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Begins the local world, and a job in it, and says what to look at. */
@Command(
        name = "up",
        description = {
            "Begins a world of jobs on this machine: an object store, Kafka, and the operator, with pods as processes.",
            "It needs no Kubernetes, no root and no containers, and runs on until 'weir down'. A sample job is started,"
                    + " and its input sent."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir up                  begins where 'weir down' ended",
            "  weir up --no-sample      only the world",
            "  WEIR_HOME=/data/weir weir up"
        })
public final class Up implements Callable<Integer> {

    private static final Duration FIRST_CHECKPOINT = Duration.ofMinutes(3);

    private final LocalHome home;
    private final Path project;
    private final Console console;

    @Option(names = "--no-sample", description = "Start no sample job, and send no input for it.")
    private boolean noSample;

    /**
     * @param project the folder in which Weir was built
     */
    public Up(LocalHome home, Path project, Console console) {
        this.home = home;
        this.project = project;
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Instant began = console.now();
        LocalWorld world = new LocalWorld(home, project);
        boolean stopped = world.isStopped();
        LocalWorld.Addresses addresses = world.start(!noSample, stage -> tell(began, stage));
        tell(began, "the local world is up: Kafka " + addresses.kafka() + ", S3 " + addresses.s3());
        if (noSample) {
            next(Optional.empty(), addresses);
            return 0;
        }
        try (LocalPlace place = LocalPlace.of(home)) {
            JobKey job = new JobKey(place.defaultNamespace(), Sample.JOB);
            if (place.job(job).isEmpty()) {
                place.apply(Sample.in(home, project, addresses).document(job.namespace()));
                tell(began, "the sample job " + job.name() + " is applied");
            }
            // What a status says of a job whose processes were ended is of before, Ready included.
            long over = stopped ? place.job(job).map(Up::term).orElse(0L) : 0;
            Optional<JobDocument> running = awaitCheckpoint(place, job, over, began);
            next(running, addresses);
            return running.isPresent() ? 0 : 3;
        }
    }

    /**
     * @param over the newest term that is known to be over
     */
    private Optional<JobDocument> awaitCheckpoint(
            Place place, JobKey key, long over, Instant began) {
        AtomicReference<JobDocument> last = new AtomicReference<>();
        AtomicReference<String> told = new AtomicReference<>("");
        boolean seen =
                place.watch(
                        new Scope.One(key),
                        Optional.of(FIRST_CHECKPOINT),
                        (_, job) -> {
                            job.ifPresent(last::set);
                            String standing = job.map(Up::standing).orElse("");
                            if (!standing.isEmpty() && !standing.equals(told.getAndSet(standing))) {
                                tell(began, key.name() + ": " + standing);
                            }
                            return job.filter(there -> term(there) > over)
                                    .filter(Up::hasCheckpoint)
                                    .isPresent();
                        });
        return seen ? Optional.of(last.get()) : Optional.empty();
    }

    private static long term(JobDocument job) {
        return job.status().map(StreamJobStatus::term).orElse(0L);
    }

    private static boolean hasCheckpoint(JobDocument job) {
        return job.status().map(StreamJobStatus::checkpoint).isPresent()
                && job.condition(JobCondition.Type.READY)
                        .filter(ready -> ready.status() == JobCondition.Holds.TRUE)
                        .isPresent();
    }

    private static String standing(JobDocument job) {
        return job.condition(JobCondition.Type.READY)
                .map(ready -> job.phase() + ", " + ready.message())
                .orElse(job.phase());
    }

    private void next(Optional<JobDocument> job, LocalWorld.Addresses addresses) {
        job.ifPresent(
                there ->
                        console.say(
                                """

                                job      %s in namespace %s runs, with a checkpoint in its bucket
                                input    Kafka topic flights, %d rows a second
                                output   Kafka topic delays"""
                                        .formatted(
                                                there.key().name(),
                                                there.key().namespace(),
                                                LocalWorld.FLIGHTS_A_SECOND)));
        console.say(
                """
                Kafka    %s
                store    %s, bucket %s, files in %s
                logs     %s

                What to try next:
                  ./weir get -w              its phase and checkpoints, as they change
                  ./weir describe delays     what happened to it, and where Flink's UI is
                  ./weir tail delays -f      the rows that it writes
                  ./weir demo kill           kill a process, and see that no row is lost or doubled
                  ./weir edit delays         change the query while it runs
                  ./weir down                end everything; './weir up' goes on from there"""
                        .formatted(
                                addresses.kafka(),
                                addresses.s3(),
                                home.objects().getFileName(),
                                home.objects(),
                                home.logs()));
    }

    private void tell(Instant began, String what) {
        console.tell(
                String.format(
                        Locale.ROOT,
                        "%5.1f s  %s",
                        Duration.between(began, console.now()).toMillis() / 1000.0,
                        what));
    }
}
