package dev.weir.cli.verb;

import dev.weir.cli.show.Console;

/**
 * Tells how far something is: one line for each change, or, where a person watches, one line that
 * is written over.
 */
final class Progress {

    /** Back to the line's begin, and nothing right of what is written. */
    private static final String OVER = "\r";

    private static final String CLEAR = "\u001b[K";

    private final Console console;
    private String told = "";

    Progress(Console console) {
        this.console = console;
    }

    /** Says nothing if it is what was told last. */
    void tell(String line) {
        if (line.equals(told)) {
            return;
        }
        told = line;
        if (console.live()) {
            console.err().print(OVER + cut(line) + CLEAR);
            console.err().flush();
        } else {
            console.tell(line);
        }
    }

    /** What comes after stands on a line of its own. */
    void end() {
        if (console.live() && !told.isEmpty()) {
            console.err().print(OVER + CLEAR);
            console.err().flush();
        }
        told = "";
    }

    // A line that wraps could not be written over.
    private String cut(String line) {
        return line.length() < console.width()
                ? line
                : line.substring(0, Math.max(0, console.width() - 2)) + "…";
    }
}
