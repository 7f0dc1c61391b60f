package dev.weir.runtime;

import dev.weir.ledger.Bound;
import dev.weir.ledger.JobStore;
import dev.weir.ledger.LedgerJson;
import dev.weir.ledger.Seen;
import dev.weir.ledger.s3.S3Access;
import dev.weir.ledger.s3.S3LedgerStore;
import dev.weir.protocol.CommandKeys;
import dev.weir.protocol.CommandVerifier;
import dev.weir.protocol.JobDescription;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import dev.weir.runtime.control.CommandDesk;
import dev.weir.runtime.control.CommandTarget;
import dev.weir.runtime.control.ControlServer;
import dev.weir.runtime.control.StatusBoard;
import dev.weir.runtime.ledger.Eraser;
import dev.weir.runtime.ledger.JobLedger;
import dev.weir.runtime.ledger.StoreCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The process of a runtime pod: reads what it is to be, opens its control port, and takes up its
 * role.
 */
public final class RuntimeMain {

    private static final Clock CLOCK = Clock.systemUTC();

    /** How long a storekeeper asks a store again before it says that a command failed. */
    private static final Bound PATIENCE = new Bound(5, Duration.ofSeconds(2));

    private RuntimeMain() {}

    public static void main(String[] args) throws Exception {
        Halt halt = Halt.ofTheJvm();
        Surroundings pod;
        JobDescription job;
        try {
            pod = Surroundings.of(System.getenv());
            job = description(pod.program().resolve("job.json"));
        } catch (IllegalArgumentException | IOException e) {
            throw halt.now(Halt.Code.MISCONFIGURED, e.getMessage());
        }
        // At once, as the engine's own way down lets go of a job that has not finished.
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> halt.now(Halt.Code.TERMINATED, "the pod was told to end")));
        run(pod, job, s3(job), halt);
    }

    /** Opens the control port before anything slow, so that a pod that prepares can say so. */
    static ControlServer run(Surroundings pod, JobDescription job, JobStore store, Halt halt)
            throws IOException {
        var who = new Identity(pod.podUid(), UUID.randomUUID().toString(), job);
        var board = new StatusBoard(first(who));
        var ledger = new JobLedger(store, Bound.standard(), job.rollAfter(), halt);
        var thread = new DriverThread(halt);
        new SecretWatch(pod, board, halt).begin();
        return switch (pod.role()) {
            case STANDALONE -> {
                var driver = new JobDriver(who, board, ledger, thread, CLOCK);
                var server = serve(pod, who, board, driver);
                new Preparation(pod, job, board, ledger, halt).begin(driver);
                yield server;
            }
            case STOREKEEPER -> {
                var keeper = storekeeper(who, board, ledger, store, thread);
                var server = serve(pod, who, board, keeper);
                keeper.begin();
                yield server;
            }
        };
    }

    private static Storekeeper storekeeper(
            Identity who,
            StatusBoard board,
            JobLedger ledger,
            JobStore store,
            DriverThread thread) {
        var check =
                new StoreCheck(
                        who.job().storage(),
                        ledger,
                        board,
                        problem -> Storekeeper.tell(board, problem));
        var undertaker = new Undertaker(who, ledger, new Eraser(store, PATIENCE), PATIENCE, CLOCK);
        return new Storekeeper(board, ledger, check, undertaker, thread::run);
    }

    private static ControlServer serve(
            Surroundings pod, Identity who, StatusBoard board, CommandTarget target)
            throws IOException {
        var verifier =
                new CommandVerifier(
                        who.job().commandKeys().stream().map(CommandKeys::publicKey).toList(),
                        who.job().jobUid(),
                        who.podUid());
        return ControlServer.start(
                pod.ports().control(), board, new CommandDesk(verifier, board, target), CLOCK);
    }

    static RuntimeView first(Identity who) {
        return new RuntimeView(
                who.podUid(),
                who.boot(),
                who.job().jobUid(),
                who.job().revision(),
                new RuntimeState.Preparing(),
                Seen.unreachable("not read yet"),
                Optional.empty(),
                Seen.unreachable("held against no restore point yet"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                List.of());
    }

    private static JobDescription description(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException(
                    file + " cannot be read: the program's ConfigMap must be mounted there.");
        }
        return LedgerJson.mapper().readValue(file.toFile(), JobDescription.class);
    }

    static JobStore s3(JobDescription job) {
        var storage = job.storage();
        var access = new S3Access(storage.region(), storage.endpoint(), storage.pathStyle());
        return S3LedgerStore.at(storage.root(), access.client());
    }
}
