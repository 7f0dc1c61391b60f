package dev.weir.runtime;

import dev.weir.ledger.LedgerJson;
import dev.weir.ledger.LedgerRecord;
import dev.weir.ledger.Seen;
import dev.weir.ledger.Slot;
import dev.weir.protocol.Command;
import dev.weir.protocol.SavepointView.Result;
import dev.weir.protocol.SavepointView.Taking;
import dev.weir.runtime.flink.ActiveJob;
import dev.weir.runtime.flink.SavepointMetadata;
import dev.weir.runtime.ledger.JobLedger;
import dev.weir.runtime.ledger.SavepointPlace;
import dev.weir.runtime.ledger.SavepointSearch;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * Looks a savepoint up in the store, and has the engine take it if it is not there; either way its
 * metadata is read, so that what is told as complete can be read.
 */
final class EngineSavepoints {

    /** The engine's own time-out, which says why, comes before the one for asking it. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final Identity who;
    private final JobLedger ledger;
    private final Clock clock;
    private final SavepointSearch search;

    EngineSavepoints(Identity who, JobLedger ledger, Clock clock) {
        this.who = who;
        this.ledger = ledger;
        this.clock = clock;
        this.search = new SavepointSearch(ledger.store(), ledger.bound());
    }

    /** Takes as long as it takes, and none of the caller's threads. */
    CompletableFuture<Result> take(Command.TakeSavepoint command, ActiveJob job) {
        return aside(() -> search.complete(command.savepointUid()))
                .thenCompose(
                        seen ->
                                switch (seen) {
                                    case Seen.Present<String>(var directory) ->
                                            aside(() -> found(directory));
                                    case Seen.Absent<String>() -> taken(command, job);
                                    case Seen.Unreachable<String>(var cause) ->
                                            CompletableFuture.failedFuture(new IOException(cause));
                                });
    }

    private CompletableFuture<Result> taken(Command.TakeSavepoint command, ActiveJob job) {
        String directory =
                new SavepointPlace(command.savepointUid(), command.expectedTerm())
                        .directory(root());
        long began = System.nanoTime();
        return job.savepoint(
                        directory, command.format(), who.job().checkpoint().timeout().plus(MARGIN))
                .thenCompose(
                        location -> {
                            var took =
                                    new Taking(
                                            Duration.ofNanos(System.nanoTime() - began),
                                            SavepointMetadata.flinkVersion());
                            return aside(
                                    () ->
                                            result(
                                                    location,
                                                    command.expectedTerm(),
                                                    who.job().revision(),
                                                    Optional.of(took)));
                        });
    }

    private Result found(String directory) throws IOException {
        long term = SavepointPlace.of(directory).map(SavepointPlace::term).orElseThrow();
        return result(root() + "/" + directory, term, revision(term), Optional.empty());
    }

    /** Rule 7: a term's claim is kept for ever, and says what ran in it. */
    private String revision(long term) throws IOException {
        return switch (ledger.store().read(new Slot(term, 0).key()).flatMap(LedgerJson::read)) {
            case Seen.Present<LedgerRecord>(LedgerRecord.Claim claim) -> claim.revision();
            case Seen.Present<LedgerRecord>(var other) ->
                    throw new IOException("term " + term + " begins with " + other);
            case Seen.Absent<LedgerRecord>() ->
                    throw new IOException("term " + term + " has no claim");
            case Seen.Unreachable<LedgerRecord>(var cause) -> throw new IOException(cause);
        };
    }

    private Result result(String location, long term, String revision, Optional<Taking> taking)
            throws IOException {
        var metadata = SavepointMetadata.read(location);
        return new Result(
                location,
                term,
                revision,
                metadata.checkpointId(),
                metadata.bytes(),
                clock.instant(),
                taking,
                metadata.operators());
    }

    private String root() {
        return who.job().storage().root().toString();
    }

    /** For questions to the store, which may take seconds. */
    private static <T> CompletableFuture<T> aside(Callable<T> work) {
        return Aside.call(Thread.ofVirtual().name("savepoint")::start, work);
    }
}
