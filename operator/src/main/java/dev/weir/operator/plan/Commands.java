package dev.weir.operator.plan;

import dev.weir.ledger.LedgerRecord.CloseReason;
import dev.weir.ledger.Start;
import dev.weir.protocol.Command;
import java.time.Duration;
import java.util.Optional;

/**
 * Commands whose ids derive from what they do: job, pod, revision and term. Two leaders with the
 * same view give the same command, and a repeat is recognised as one.
 */
final class Commands {

    /**
     * A savepoint of large state takes minutes; the stop is given up after this, and the job runs
     * on.
     */
    static final Duration STOP_TIMEOUT = Duration.ofMinutes(10);

    private Commands() {}

    static Command.Activate activate(Desired desired, PodView pod, long expectedTerm, Start start) {
        var id = id("activate", desired, pod, expectedTerm, desired.run().revision());
        return new Command.Activate(
                id,
                desired.job().uid(),
                pod.uid(),
                expectedTerm,
                start,
                Optional.empty(),
                desired.rejected().filter(_ -> Fleet.isOf(pod, desired.run().revision())));
    }

    static Command.Stop stop(
            Desired desired, PodView pod, long term, CloseReason reason, Duration timeout) {
        var id = id("stop", desired, pod, term, reason.name());
        return new Command.Stop(
                id,
                desired.job().uid(),
                pod.uid(),
                term,
                reason,
                "%019d-%s".formatted(term, id.substring(0, 8)),
                timeout);
    }

    static Command.Close close(Desired desired, PodView pod, long term) {
        var id = id("close", desired, pod, term, "");
        return new Command.Close(id, desired.job().uid(), pod.uid(), term);
    }

    /** Its id is the same at every term: the erasure itself moves the ledger on. */
    static Command.Erase erase(Desired desired, PodView pod, long term) {
        return new Command.Erase(eraseId(desired, pod), desired.job().uid(), pod.uid(), term);
    }

    static String eraseId(Desired desired, PodView pod) {
        return id("erase", desired, pod, 0, "");
    }

    private static String id(String what, Desired desired, PodView pod, long term, String more) {
        return Names.digest(what, desired.job().uid(), pod.uid(), Long.toString(term), more)
                .substring(0, 32);
    }
}
