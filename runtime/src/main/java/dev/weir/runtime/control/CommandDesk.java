package dev.weir.runtime.control;

import dev.weir.protocol.Command;
import dev.weir.protocol.CommandVerifier;
import dev.weir.protocol.CommandVerifier.Forged;
import dev.weir.protocol.CommandVerifier.Genuine;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.Receipt.Outcome;
import dev.weir.protocol.SignedCommand;

/**
 * Takes commands in: checks who sent them, answers a repeat with what it did, and passes the rest
 * on. One at a time, so that two deliveries of one command can't both pass.
 */
public final class CommandDesk {

    private final CommandVerifier verifier;
    private final StatusBoard board;
    private final CommandTarget target;

    public CommandDesk(CommandVerifier verifier, StatusBoard board, CommandTarget target) {
        this.verifier = verifier;
        this.board = board;
        this.target = target;
    }

    public synchronized Receipt receive(SignedCommand signed) {
        return switch (verifier.verify(signed)) {
            case Forged(var why) -> new Receipt("", Outcome.FORBIDDEN, why);
            case Genuine(var command) -> receive(command);
        };
    }

    private Receipt receive(Command command) {
        return board.view().receipts().stream()
                .filter(known -> known.command().equals(command.id()) && stands(known.outcome()))
                .findFirst()
                .orElseGet(() -> accept(command));
    }

    private Receipt accept(Command command) {
        var accepted = new Receipt(command.id(), Outcome.ACCEPTED, "");
        board.receipt(accepted);
        target.carryOut(command);
        return accepted;
    }

    /** A command that did nothing is looked at anew: the pod or the ledger may allow it now. */
    private static boolean stands(Outcome outcome) {
        return switch (outcome) {
            case ACCEPTED, DONE -> true;
            case FORBIDDEN, STALE, REFUSED, UNREADABLE, FAILED -> false;
        };
    }
}
