package dev.weir.simulation;

import dev.weir.ledger.LedgerView;
import dev.weir.ledger.Seen;
import dev.weir.protocol.Command;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.Receipt.Outcome;
import dev.weir.protocol.RuntimeState;
import dev.weir.protocol.RuntimeView;
import dev.weir.protocol.SavepointView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What one process says of itself, as the runtime's board does: whole each time. {@code tell} after
 * a change, so that changes that belong together are seen together.
 */
final class Board {

    private final PodIdentity pod;
    private final String boot;
    private final Consumer<RuntimeView> listener;
    private final List<Receipt> receipts = new ArrayList<>();
    private RuntimeState state = new RuntimeState.Preparing();
    private Seen<LedgerView> ledger = Seen.unreachable("not read yet");
    private Optional<RuntimeView.CompletedCheckpoint> checkpoint = Optional.empty();
    private Optional<RuntimeView.JobFailure> failure = Optional.empty();
    private final List<SavepointView> savepoints = new ArrayList<>();
    private long restarts;
    private Optional<RuntimeView> told = Optional.empty();

    Board(PodIdentity pod, String boot, Consumer<RuntimeView> listener) {
        this.pod = pod;
        this.boot = boot;
        this.listener = listener;
    }

    RuntimeState state() {
        return state;
    }

    String boot() {
        return boot;
    }

    Board state(RuntimeState now) {
        state = now;
        return this;
    }

    Board ledger(Seen<LedgerView> now) {
        ledger = now;
        return this;
    }

    Board checkpoint(RuntimeView.CompletedCheckpoint newest) {
        checkpoint = Optional.of(newest);
        return this;
    }

    Board failure(RuntimeView.JobFailure last) {
        failure = Optional.of(last);
        return this;
    }

    Board restarted() {
        restarts++;
        return this;
    }

    Board receipt(Receipt newest) {
        receipts.removeIf(known -> known.command().equals(newest.command()));
        receipts.add(newest);
        if (receipts.size() > RuntimeView.MAX_RECEIPTS) {
            receipts.removeFirst();
        }
        return this;
    }

    Board savepoint(SavepointView newest) {
        savepoints.removeIf(known -> known.savepointUid().equals(newest.savepointUid()));
        savepoints.add(newest);
        if (savepoints.size() > RuntimeView.MAX_SAVEPOINTS) {
            savepoints.removeFirst();
        }
        return this;
    }

    Optional<SavepointView> savepoint(String uid) {
        return savepoints.stream().filter(known -> known.savepointUid().equals(uid)).findFirst();
    }

    /**
     * The runtime's {@code CommandDesk}: what is for another pod is refused, a repeat is answered
     * with what it did, and the rest is taken on.
     *
     * @param target carries out what is taken on, now or later
     */
    Receipt admit(Command command, Consumer<Command> target) {
        if (!command.podUid().equals(pod.uid())) {
            return new Receipt(command.id(), Outcome.FORBIDDEN, "for another pod");
        }
        return receipts.stream()
                .filter(known -> known.command().equals(command.id()) && stands(known))
                .findFirst()
                .orElseGet(() -> accept(command, target));
    }

    private Receipt accept(Command command, Consumer<Command> target) {
        var accepted = new Receipt(command.id(), Outcome.ACCEPTED, "");
        receipt(accepted).tell();
        target.accept(command);
        return accepted;
    }

    /** A command that did nothing is looked at anew. */
    private static boolean stands(Receipt receipt) {
        return switch (receipt.outcome()) {
            case ACCEPTED, DONE -> true;
            case FORBIDDEN, STALE, REFUSED, UNREADABLE, FAILED -> false;
        };
    }

    /** What changed nothing is not told. */
    void tell() {
        var now = Optional.of(view());
        if (!now.equals(told)) {
            told = now;
            listener.accept(now.get());
        }
    }

    RuntimeView view() {
        return new RuntimeView(
                pod.uid(),
                boot,
                pod.jobUid(),
                pod.revision(),
                state,
                ledger,
                Optional.of(new RuntimeView.Prepared(pod.revision(), List.of())),
                Seen.unreachable("a model keeps no state by operator"),
                checkpoint,
                Optional.empty(),
                failure,
                restarts,
                receipts,
                savepoints);
    }
}
