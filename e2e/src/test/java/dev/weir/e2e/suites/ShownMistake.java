package dev.weir.e2e.suites;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A script of {@code samples/mistakes} and what its first two lines say that its author is told.
 *
 * @param reason in one word
 * @param says the place, and what is wrong there
 */
record ShownMistake(String script, String reason, String says, String remedy) {

    private static final String COMMENT = "-- ";
    private static final String REMEDY = COMMENT + "Remedy: ";

    static ShownMistake read(Path repository, String name) {
        try {
            String script =
                    Files.readString(repository.resolve("samples/mistakes").resolve(name + ".sql"));
            String[] lines = script.split("\n", 3);
            int colon = lines[0].indexOf(": ");
            return new ShownMistake(
                    script,
                    lines[0].substring(COMMENT.length(), colon),
                    lines[0].substring(colon + 2),
                    lines[1].substring(REMEDY.length()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
