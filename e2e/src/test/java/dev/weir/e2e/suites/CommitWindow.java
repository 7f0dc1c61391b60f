package dev.weir.e2e.suites;

import dev.weir.e2e.node.Await;
import dev.weir.e2e.node.ContainerProcess;
import dev.weir.e2e.node.Signal;
import dev.weir.e2e.node.Stage;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The instant between a checkpoint's record in the ledger and the commit of its Kafka transaction,
 * a few milliseconds long. It is met by watching the store's files and stopping the process as soon
 * as a record appears; whether the stop came before the commit is read from the broker. If it did
 * not, the process goes on, and the next checkpoint is tried.
 */
final class CommitWindow {

    private static final int TRIES = 60;
    private static final Duration CHECKPOINT_BOUND = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Stage stage;
    private final ExactJob exact;

    CommitWindow(Stage stage, ExactJob exact) {
        this.stage = stage;
        this.exact = exact;
    }

    /** Returns with the process stopped inside the window. */
    void freeze(ContainerProcess process) throws IOException, InterruptedException {
        Path term = newestTerm();
        try (WatchService watch = FileSystems.getDefault().newWatchService()) {
            term.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            for (int attempt = 1; attempt <= TRIES; attempt++) {
                awaitRecord(watch, term);
                process.signal(Signal.STOP);
                if (exact.topics().openTransactions(exact.transactionalIdPrefix()) > 1) {
                    System.out.printf("frozen between append and commit at attempt %d%n", attempt);
                    return;
                }
                process.signal(Signal.CONT);
                Await.pass(PAUSE);
                drain(watch);
            }
        }
        throw new AssertionError(
                "the window between append and commit was missed " + TRIES + " times");
    }

    private static void awaitRecord(WatchService watch, Path term) throws InterruptedException {
        Instant deadline = Instant.now().plus(CHECKPOINT_BOUND);
        while (Instant.now().isBefore(deadline)) {
            WatchKey events = watch.poll(CHECKPOINT_BOUND.toMillis(), TimeUnit.MILLISECONDS);
            // The store writes a draft beside the object first, which decides nothing.
            if (events != null && drained(events).anyMatch(name -> name.endsWith(".json"))) {
                return;
            }
        }
        throw new AssertionError(
                "no checkpoint within " + CHECKPOINT_BOUND.toSeconds() + " s in " + term);
    }

    private static void drain(WatchService watch) {
        for (WatchKey events = watch.poll(); events != null; events = watch.poll()) {
            drained(events);
        }
    }

    private static Stream<String> drained(WatchKey events) {
        List<String> names =
                events.pollEvents().stream().map(event -> String.valueOf(event.context())).toList();
        events.reset();
        return names.stream();
    }

    private Path newestTerm() throws IOException {
        Path ledger =
                stage.servers()
                        .bucketDirectory()
                        .resolve(exact.job().namespace())
                        .resolve(exact.job().name())
                        .resolve("ledger");
        try (Stream<Path> terms = Files.list(ledger)) {
            return terms.filter(Files::isDirectory)
                    .max(Comparator.comparing(term -> term.getFileName().toString()))
                    .orElseThrow();
        }
    }
}
