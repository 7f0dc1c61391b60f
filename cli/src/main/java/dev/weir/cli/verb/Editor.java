package dev.weir.cli.verb;

import java.io.IOException;

/** Lets a person edit a text. */
@FunctionalInterface
public interface Editor {

    /**
     * The text as the person left it.
     *
     * @param name begins the file's name, and so tells the person what it is
     * @throws IOException where there is no editor, or it failed; the message says which
     */
    String edit(String name, String text) throws IOException;
}
