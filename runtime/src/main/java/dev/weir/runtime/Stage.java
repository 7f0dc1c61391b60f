package dev.weir.runtime;

import dev.weir.ledger.Owned;
import dev.weir.runtime.flink.ActiveJob;
import dev.weir.runtime.flink.HeldEngine;
import dev.weir.runtime.flink.RunningTerm;
import dev.weir.runtime.program.HeldProgram;

/** An engine that waits and a program that is compiled: what it takes to start a job at once. */
record Stage(HeldEngine engine, HeldProgram program, String root) {

    ActiveJob start(RunningTerm term, Owned owned) {
        return ActiveJob.start(engine, program.graph(), term, owned, root);
    }
}
