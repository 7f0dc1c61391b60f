package dev.weir.runtime;

import dev.weir.ledger.LedgerView;
import dev.weir.protocol.JobDescription;
import dev.weir.protocol.Problem;
import dev.weir.protocol.Problem.Kind;
import dev.weir.protocol.RuntimeState;
import dev.weir.runtime.control.StatusBoard;
import dev.weir.runtime.flink.Causes;
import dev.weir.runtime.flink.EngineSettings;
import dev.weir.runtime.flink.HeldEngine;
import dev.weir.runtime.kafka.KafkaCheck;
import dev.weir.runtime.ledger.JobLedger;
import dev.weir.runtime.ledger.StoreCheck;
import dev.weir.runtime.program.HeldProgram;
import dev.weir.runtime.program.PreparationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.flink.configuration.Configuration;

/**
 * From the process's start to Held: the engine boots, the program is compiled, the ledger is read
 * and its store tried, all at the same time; then the program's Kafka is asked. What is wrong with
 * one of them is told at once; the pod stays up and says it.
 */
final class Preparation {

    /** Which of the three a problem is with; the first one is told if there are several. */
    private enum Part {
        PROGRAM,
        STORE,
        KAFKA
    }

    private final Surroundings pod;
    private final JobDescription job;
    private final StatusBoard board;
    private final JobLedger ledger;
    private final Halt halt;
    private final Map<Part, Problem> problems = new EnumMap<>(Part.class);
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofPlatform().name("prepare-", 0).daemon().factory());

    Preparation(
            Surroundings pod, JobDescription job, StatusBoard board, JobLedger ledger, Halt halt) {
        this.pod = pod;
        this.job = job;
        this.board = board;
        this.ledger = ledger;
        this.halt = halt;
    }

    void begin(JobDriver driver) {
        Configuration settings = EngineSettings.cluster(job, pod);
        var fileSystems = async(() -> HeldEngine.fileSystems(settings));
        var engine =
                fileSystems.thenCompose(
                        plugins ->
                                async(
                                        () ->
                                                HeldEngine.boot(
                                                        settings, plugins, threads, this::lost)));
        var program = fileSystems.thenCompose(_ -> async(this::compile));
        CompletableFuture<LedgerView> view =
                async(
                        () ->
                                new StoreCheck(
                                                job.storage(),
                                                ledger,
                                                board,
                                                found -> problem(Part.STORE, found))
                                        .untilSound());
        program.thenCombine(view, Compiled::new)
                .thenCompose(compiled -> async(() -> withKafka(compiled)))
                .thenAcceptBoth(
                        engine,
                        (compiled, booted) ->
                                driver.ready(
                                        new Stage(booted, compiled.program(), job, pod.work()),
                                        compiled.ledger()));
        engine.whenComplete(
                (_, failure) -> {
                    if (failure != null) {
                        lost(failure);
                    }
                });
    }

    /**
     * Unfit programs end here: they are told, and the other parts go on, so that the ledger is seen
     * all the same.
     */
    private HeldProgram compile() throws InterruptedException {
        try {
            Path script = pod.program().resolve("program.sql");
            HeldProgram program =
                    HeldProgram.ofSql(
                            Files.readString(script),
                            job.name(),
                            EngineSettings.job(job),
                            job.parallelism());
            board.update(view -> view.prepared(program.prepared()));
            return program;
        } catch (PreparationException e) {
            problem(Part.PROGRAM, e.problem());
        } catch (IOException e) {
            problem(
                    Part.PROGRAM,
                    Problem.of(
                            Kind.CONFIGURATION_INVALID,
                            "program.sql cannot be read: " + e.getMessage(),
                            "the program's ConfigMap must hold the key program.sql"));
        } catch (RuntimeException | LinkageError e) {
            problem(
                    Part.PROGRAM,
                    Problem.of(
                            Kind.PROGRAM_INVALID,
                            "Flink cannot plan the program: " + Causes.inOneLine(e),
                            "see the pod's log for the whole of it, and simplify the statement that it names"));
            e.printStackTrace();
        }
        throw new InterruptedException("unfit");
    }

    /** A program, and the ledger that it would go on with. */
    private record Compiled(HeldProgram program, LedgerView ledger) {}

    /**
     * A program that ran before, by the ledger's newest claim, is not asked about: it is needed
     * now, and what its job meets is told by the job.
     */
    private Compiled withKafka(Compiled compiled) throws InterruptedException {
        String digest = compiled.program().prepared().digest();
        boolean ranBefore =
                compiled.ledger() instanceof LedgerView.Term term
                        && term.claim().programDigest().equals(digest);
        if (!ranBefore) {
            new KafkaCheck(found -> problem(Part.KAFKA, found))
                    .untilThere(compiled.program().kafka());
        }
        return compiled;
    }

    private void problem(Part part, Optional<Problem> problem) {
        problem.ifPresentOrElse(found -> problem(part, found), () -> solved(part));
    }

    private synchronized void problem(Part part, Problem found) {
        problems.put(part, found);
        tell();
    }

    private synchronized void solved(Part part) {
        if (problems.remove(part) != null) {
            tell();
        }
    }

    private void tell() {
        board.state(
                problems.values().stream()
                        .findFirst()
                        .<RuntimeState>map(RuntimeState.Unfit::new)
                        .orElseGet(RuntimeState.Preparing::new));
    }

    private void lost(Throwable failure) {
        halt.now(Halt.Code.ENGINE_LOST, Causes.inOneLine(failure));
    }

    private <T> CompletableFuture<T> async(Callable<T> work) {
        return Aside.call(threads, work);
    }
}
