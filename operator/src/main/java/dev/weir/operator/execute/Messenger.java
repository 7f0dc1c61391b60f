package dev.weir.operator.execute;

import dev.weir.ledger.Seen;
import dev.weir.operator.observe.PodAddresses;
import dev.weir.operator.plan.PodView.PodRef;
import dev.weir.operator.runtime.RuntimeGateway;
import dev.weir.operator.wake.JobKey;
import dev.weir.protocol.Command;
import dev.weir.protocol.Receipt;
import java.time.Duration;

/** Brings commands to pods, and makes of their receipts what became of the action. */
public final class Messenger {

    private final RuntimeGateway runtime;
    private final PodAddresses addresses;

    public Messenger(RuntimeGateway runtime, PodAddresses addresses) {
        this.runtime = runtime;
        this.addresses = addresses;
    }

    /**
     * @param silence the job's, so that the stream to the pod stays the one that is open
     */
    Outcome send(JobKey job, PodRef pod, Duration silence, Command command) {
        Seen<Receipt> receipt =
                addresses
                        .of(job, pod.uid(), silence)
                        .map(address -> runtime.send(address, command))
                        .orElseGet(() -> Seen.unreachable("the pod has no address"));
        return switch (receipt) {
            case Seen.Present<Receipt>(Receipt(_, var outcome, String detail)) ->
                    switch (outcome) {
                        case ACCEPTED, DONE -> new Outcome.Done();
                        case FORBIDDEN, REFUSED, UNREADABLE ->
                                new Outcome.Refused(pod.name() + " answers: " + detail);
                        case STALE, FAILED ->
                                new Outcome.Undecided(pod.name() + " answers: " + detail);
                    };
            case Seen.Absent<Receipt>() -> new Outcome.Undecided(pod.name() + " gave no receipt");
            case Seen.Unreachable<Receipt>(String why) ->
                    new Outcome.Undecided(pod.name() + ": " + why);
        };
    }
}
