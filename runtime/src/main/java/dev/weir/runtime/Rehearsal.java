package dev.weir.runtime;

import dev.weir.protocol.JobDescription;
import dev.weir.runtime.flink.Causes;
import dev.weir.runtime.flink.EngineSettings;
import dev.weir.runtime.flink.HeldEngine;
import dev.weir.runtime.flink.ThrowAwayJob;
import dev.weir.runtime.program.HeldProgram;
import dev.weir.runtime.program.PreparationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One warm-up: a small aggregation with the job's state back end is started, checkpointed and
 * stopped with a savepoint, and started from that once more, so that the classes and code paths of
 * an activation are loaded and compiled before they are needed. The client of the job's store is
 * made too, and asks nothing.
 *
 * <ul>
 *   <li>It has a program, a job id and a directory of its own: no ledger, bucket, sink or program
 *       of the user is touched, and no file stays.
 *   <li>It may be ended at any moment, and then starts no job any more; what it is compiling then
 *       it compiles to the end, which takes no slot.
 *   <li>Whatever fails is logged, and harms nobody.
 * </ul>
 */
final class Rehearsal implements WarmUp.Try {

    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    private static final String NAME = "weir-warm-up";
    private static final int ROUNDS = 2;
    private static final Duration LONGEST_STEP = Duration.ofMinutes(2);

    private static final String SCRIPT =
            """
            CREATE TABLE weir_warm_up_in (k BIGINT, v BIGINT) WITH ('connector' = 'datagen',
              'rows-per-second' = '1000', 'fields.k.min' = '0', 'fields.k.max' = '99');
            CREATE TABLE weir_warm_up_out (k BIGINT, n BIGINT, s BIGINT) WITH ('connector' = 'blackhole');
            INSERT INTO weir_warm_up_out
              SELECT k, COUNT(*), SUM(v) FROM weir_warm_up_in WHERE v > 0 GROUP BY k;
            """;

    private final HeldEngine engine;
    private final JobDescription job;
    private final Path directory;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private Optional<ThrowAwayJob> newest = Optional.empty();
    private CompletableFuture<Void> room = CompletableFuture.completedFuture(null);

    private Rehearsal(HeldEngine engine, JobDescription job, Path directory) {
        this.engine = engine;
        this.job = job;
        this.directory = directory;
    }

    /**
     * @param directory of its own, in which nothing else is
     * @param over told on the rehearsal's own thread, which ends then
     */
    static Rehearsal begin(
            HeldEngine engine, JobDescription job, Path directory, Consumer<WarmUp.End> over) {
        var rehearsal = new Rehearsal(engine, job, directory);
        Thread.ofPlatform()
                .name("warm-up")
                .daemon()
                .start(() -> over.accept(rehearsal.performed()));
        return rehearsal;
    }

    @Override
    public synchronized CompletableFuture<Void> end() {
        if (ended.complete(null)) {
            room = newest.map(Rehearsal::cancelled).orElse(room);
        }
        return room;
    }

    private static CompletableFuture<Void> cancelled(ThrowAwayJob job) {
        boolean cutShort = !job.over().isDone();
        long toldAt = System.nanoTime();
        job.cancel();
        CompletableFuture<Void> gone = job.gone(WarmUp.LONGEST_WAIT);
        if (cutShort) {
            gone.thenRun(() -> LOG.info("The warm-up was cut short in {} ms", millisSince(toldAt)));
        }
        return gone;
    }

    private static long millisSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
    }

    private WarmUp.End performed() {
        try {
            delete(directory);
            perform();
            return ended.isDone() ? WarmUp.End.ENDED : WarmUp.End.WARM;
        } catch (IOException
                | PreparationException
                | ExecutionException
                | TimeoutException
                | RuntimeException
                | LinkageError e) {
            return failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(e);
        } finally {
            leave();
        }
    }

    private void perform()
            throws IOException,
                    PreparationException,
                    ExecutionException,
                    TimeoutException,
                    InterruptedException {
        HeldProgram program =
                HeldProgram.ofSql(SCRIPT, NAME, EngineSettings.warmUp(job, directory), 1);
        HeldEngine.open(job.storage().root());
        Optional<String> from = Optional.empty();
        for (int round = 0; round < ROUNDS && !ended.isDone(); round++) {
            var running = start(program.graph(), from);
            if (running.isPresent() && awaited(running.get().checkpoint()).isPresent()) {
                from = awaited(running.get().stop(directory.toUri() + "/savepoints"));
            }
        }
    }

    /** Empty once it was ended: between that and a start there is no moment. */
    private synchronized Optional<ThrowAwayJob> start(JobGraph graph, Optional<String> from) {
        if (ended.isDone()) {
            return Optional.empty();
        }
        newest = Optional.of(ThrowAwayJob.start(engine, graph, from));
        return newest;
    }

    /** What comes of it; empty if the rehearsal is ended before. */
    private <T> Optional<T> awaited(CompletableFuture<T> step)
            throws ExecutionException, TimeoutException, InterruptedException {
        CompletableFuture.anyOf(step, ended).get(LONGEST_STEP.toMillis(), TimeUnit.MILLISECONDS);
        return ended.isDone() ? Optional.empty() : Optional.of(step.get());
    }

    /** A job that is cancelled fails its steps, which is no failure of the warm-up. */
    private WarmUp.End failed(Throwable cause) {
        if (ended.isDone()) {
            return WarmUp.End.ENDED;
        }
        LOG.warn("The warm-up failed; the pod waits cold: {}", Causes.inOneLine(cause));
        return WarmUp.End.FAILED;
    }

    /** A job that is still there has failed a step, or is about to go. */
    private void leave() {
        end();
        try {
            over().get(LONGEST_STEP.toMillis(), TimeUnit.MILLISECONDS);
            delete(directory);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | UncheckedIOException | ExecutionException | TimeoutException e) {
            LOG.warn("The warm-up left something behind: {}", Causes.inOneLine(e));
        }
    }

    private synchronized CompletableFuture<Void> over() {
        return newest.map(ThrowAwayJob::over)
                .orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> inside;
        try (var found = Files.walk(directory)) {
            inside = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : inside) {
            Files.deleteIfExists(path);
        }
    }
}
