package dev.weir.runtime;

import dev.weir.ledger.Bound;
import dev.weir.ledger.LedgerJson;
import dev.weir.ledger.LedgerStore;
import dev.weir.ledger.Seen;
import dev.weir.ledger.s3.S3Access;
import dev.weir.ledger.s3.S3LedgerStore;
import dev.weir.protocol.CommandKeys;
import dev.weir.protocol.CommandVerifier;
import dev.weir.protocol.JobDescription;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import dev.weir.runtime.control.CommandDesk;
import dev.weir.runtime.control.ControlServer;
import dev.weir.runtime.control.StatusBoard;
import dev.weir.runtime.ledger.JobLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The process of a runtime pod: reads what it is to be, opens its control port, and takes up its
 * role.
 */
public final class RuntimeMain {

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
        run(pod, job, s3(job), halt);
    }

    /** Opens the control port before anything slow, so that a pod that prepares can say so. */
    static ControlServer run(Surroundings pod, JobDescription job, LedgerStore store, Halt halt)
            throws IOException {
        var clock = Clock.systemUTC();
        var who = new Identity(pod.podUid(), UUID.randomUUID().toString(), job);
        var board = new StatusBoard(first(who));
        var ledger = new JobLedger(store, Bound.standard(), job.rollAfter(), halt);
        var thread = new DriverThread(halt);
        var verifier =
                new CommandVerifier(
                        job.commandKeys().stream().map(CommandKeys::publicKey).toList(),
                        job.jobUid(),
                        pod.podUid());
        var driver = new JobDriver(who, board, ledger, thread, clock);
        var server =
                ControlServer.start(
                        pod.ports().control(),
                        board,
                        new CommandDesk(verifier, board, driver),
                        clock);
        new Preparation(pod, job, board, ledger, halt).begin(driver);
        return server;
    }

    private static RuntimeView first(Identity who) {
        return new RuntimeView(
                who.podUid(),
                who.boot(),
                who.job().jobUid(),
                who.job().revision(),
                new RuntimeState.Preparing(),
                Seen.unreachable("not read yet"),
                Optional.empty(),
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

    static LedgerStore s3(JobDescription job) {
        var storage = job.storage();
        var access = new S3Access(storage.region(), storage.endpoint(), storage.pathStyle());
        return S3LedgerStore.at(storage.root(), access.client());
    }
}
