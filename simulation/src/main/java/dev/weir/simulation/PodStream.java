package dev.weir.simulation;

import dev.weir.ledger.LedgerRecord.Claim;
import dev.weir.ledger.LedgerView;
import dev.weir.ledger.Seen;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import dev.weir.protocol.SavepointView;
import java.util.List;
import java.util.Optional;

/**
 * One operator's stream to one pod, as the operator's {@code RuntimeStream}: Absent before the
 * first word, Unreachable after two failures in a row or silence, a wake-up for news that a plan
 * can turn on.
 */
final class PodStream {

    private static final long SILENCE = 5_000;
    private static final long LONGEST_PAUSE = 1_000;

    private final World world;
    private final Life operator;
    private final KubePod pod;
    private final Runnable wakeup;
    private Seen<RuntimeView> seen = Seen.absent();
    private Optional<PodProcess> connected = Optional.empty();
    private long lastHeard;
    private long lastDelivery;
    private long nextAttempt;
    private long silentUntil;
    private int failures;
    private boolean spoken;
    private boolean missed;

    PodStream(World world, Life operator, KubePod pod, Runnable wakeup) {
        this.world = world;
        this.operator = operator;
        this.pod = pod;
        this.wakeup = wakeup;
    }

    Seen<RuntimeView> seen() {
        return seen;
    }

    void silence(long millis) {
        silentUntil = world.agenda().millis() + millis;
    }

    /** Opens what is due to be opened, and gives up what has been silent for too long. */
    void pulse() {
        var now = world.agenda().millis();
        if (connected.isPresent()) {
            listen(connected.get(), now);
        }
        if (connected.isEmpty() && now >= nextAttempt) {
            connect(now);
        }
    }

    private void listen(PodProcess peer, long now) {
        if (talks(peer, now)) {
            lastHeard = now;
            if (missed) {
                missed = false;
                deliver(peer.view());
            }
        } else if (peer.life().ended() && pod.reachable().isEmpty() == pod.process().isEmpty()) {
            connected = Optional.empty();
            lost("the pod closed the stream", now);
        } else if (now > lastHeard + SILENCE) {
            connected = Optional.empty();
            lost("silent", now);
        }
    }

    private void connect(long now) {
        lastHeard = now;
        var peer = pod.reachable().filter(p -> talks(p, now));
        if (peer.isPresent()) {
            connected = peer;
            missed = false;
            deliver(peer.get().view());
        } else {
            lost("no connection", now);
        }
    }

    private boolean talks(PodProcess peer, long now) {
        return peer.life().awake()
                && now >= silentUntil
                && pod.reachable().equals(Optional.of(peer));
    }

    private void lost(String why, long now) {
        failures++;
        nextAttempt = now + Math.min(LONGEST_PAUSE, 50L << Math.min(10, failures));
        if (spoken && (failures > 1 || now > lastHeard + SILENCE)) {
            see(Seen.unreachable(why));
        }
    }

    /** The pod's process has news. */
    void said(RuntimeView view) {
        var now = world.agenda().millis();
        if (connected.isEmpty() || !connected.get().view().boot().equals(view.boot())) {
            return;
        }
        if (!talks(connected.get(), now)) {
            missed = true;
        } else if (world.faults().strikes(Fault.EVENT_LOST, pod.identity().name())) {
            connected = Optional.empty();
            lost("broken", now);
        } else {
            deliver(view);
            if (world.faults().strikes(Fault.EVENT_DOUBLED, pod.identity().name())) {
                deliver(view);
            }
        }
    }

    private void deliver(RuntimeView view) {
        var now = world.agenda().millis();
        lastDelivery = Math.max(lastDelivery, now + world.little());
        operator.after(
                lastDelivery - now,
                () -> {
                    failures = 0;
                    spoken = true;
                    lastHeard = world.agenda().millis();
                    see(Seen.present(view));
                });
    }

    private void see(Seen<RuntimeView> now) {
        var before = significant(seen);
        seen = now;
        if (!before.equals(significant(now))) {
            wakeup.run();
        }
    }

    private static Seen<Significance> significant(Seen<RuntimeView> seen) {
        return switch (seen) {
            case Seen.Present<RuntimeView>(var view) -> Seen.present(Significance.of(view));
            case Seen.Absent<RuntimeView>() -> Seen.absent();
            case Seen.Unreachable<RuntimeView> _ -> Seen.unreachable("");
        };
    }

    /** The part of a view that a plan can turn on. */
    private record Significance(
            String boot,
            RuntimeState state,
            Seen<String> ledger,
            boolean restorable,
            Optional<RuntimeView.JobFailure> failure,
            List<Receipt> receipts,
            List<SavepointView> savepoints) {

        static Significance of(RuntimeView view) {
            return new Significance(
                    view.boot(),
                    view.state(),
                    view.ledger().flatMap(ledger -> Seen.present(brief(ledger))),
                    view.checkpoint().isPresent(),
                    view.lastFailure(),
                    view.receipts(),
                    view.savepoints());
        }

        private static String brief(LedgerView ledger) {
            return switch (ledger) {
                case LedgerView.Empty _ -> "empty";
                case LedgerView.Deleted deleted -> "deleted " + deleted.number();
                case LedgerView.Term(var number, Claim claim, _, _, _, var end) ->
                        number + " " + claim.writer() + " " + end;
            };
        }
    }
}
