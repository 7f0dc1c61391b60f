package dev.weir.cli.show;

import java.io.InputStream;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Where a command reads and speaks: answers go to {@code out}, progress and errors to {@code err}.
 *
 * @param live whether a person watches {@code err}, so that a line of it may be written over
 * @param width columns of a line that is written over
 * @param paint of both
 */
public record Console(
        InputStream in,
        PrintWriter out,
        PrintWriter err,
        boolean live,
        int width,
        Paint paint,
        InstantSource clock) {

    public Instant now() {
        return clock.instant();
    }

    /** An answer. */
    public void say(String line) {
        out.println(line);
        out.flush();
    }

    /** Progress, or what went wrong. */
    public void tell(String line) {
        err.println(line);
        err.flush();
    }

    /** Whether whoever read the answers has gone. */
    public boolean isDeaf() {
        return out.checkError();
    }
}
