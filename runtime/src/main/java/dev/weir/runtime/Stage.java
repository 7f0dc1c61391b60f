package dev.weir.runtime;

import dev.weir.ledger.Owned;
import dev.weir.protocol.JobDescription;
import dev.weir.runtime.flink.ActiveJob;
import dev.weir.runtime.flink.HeldEngine;
import dev.weir.runtime.flink.RunningTerm;
import dev.weir.runtime.program.HeldProgram;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * An engine that waits and a program that is compiled: what it takes to start a job at once.
 *
 * @param work scratch of this pod
 */
record Stage(HeldEngine engine, HeldProgram program, JobDescription job, Path work) {

    /**
     * @param room done once the engine has room for it
     */
    ActiveJob start(RunningTerm term, Owned owned, CompletableFuture<Void> room) {
        return ActiveJob.start(
                engine, program.graph(), term, owned, job.storage().root().toString(), room);
    }

    WarmUp.Try warmUp(Consumer<WarmUp.End> over) {
        return Rehearsal.begin(engine, job, work.resolve("warm-up"), over);
    }
}
