package dev.weir.runtime;

import dev.weir.protocol.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A script of {@code samples/mistakes} and what its first two lines say that its author is told.
 *
 * @param reason in one word, as the operator has it
 * @param says the place, and what is wrong there
 */
public record Mistake(String name, String script, String reason, String says, String remedy) {

    private static final Path FOLDER = Path.of("../samples/mistakes");
    private static final String COMMENT = "-- ";
    private static final String REMEDY = COMMENT + "Remedy: ";

    /** All of them, each by its file's name. */
    public static List<Mistake> all() {
        try (var files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".sql"))
                    .sorted()
                    .map(Mistake::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Mistake read(Path file) {
        try {
            String script = Files.readString(file);
            String[] lines = script.split("\n", 3);
            int colon = lines[0].indexOf(": ");
            return new Mistake(
                    file.getFileName().toString(),
                    script,
                    lines[0].substring(COMMENT.length(), colon),
                    lines[0].substring(colon + 2),
                    lines[1].substring(REMEDY.length()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The kind's word, which is also that of its reason. */
    public static String word(Problem.Kind kind) {
        return Arrays.stream(kind.name().split("_"))
                .map(part -> part.charAt(0) + part.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    /** Place and message as the operator joins them. */
    public static String says(Problem problem) {
        return problem.line()
                        .map(
                                line ->
                                        "spec.program.sql line %d, column %d: "
                                                .formatted(line, problem.column().orElse(0)))
                        .orElse("")
                + problem.message();
    }

    @Override
    public String toString() {
        return name;
    }
}
