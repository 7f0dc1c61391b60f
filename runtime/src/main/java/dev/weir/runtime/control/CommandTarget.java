package dev.weir.runtime.control;

import dev.weir.protocol.Command;

/**
 * What carries out commands that are genuine. Returns at once; what comes of a command is told on
 * the board.
 */
@FunctionalInterface
public interface CommandTarget {
    void carryOut(Command command);
}
