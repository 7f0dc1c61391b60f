package dev.weir.cli;

import dev.weir.cli.show.Console;
import dev.weir.cli.show.Paint;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * The console of this process. A JVM can't tell which of its streams is a terminal, so the launcher
 * does, by the property {@code weir.terminals}: the numbers of those that are.
 */
final class Terminal {

    private static final String PROPERTY = "weir.terminals";
    private static final int USUAL_WIDTH = 80;

    private Terminal() {}

    static Console console(Map<String, String> environment) {
        var terminals = System.getProperty(PROPERTY, "");
        boolean out = terminals.contains("1");
        boolean err = terminals.contains("2");
        boolean plain =
                !environment.getOrDefault("NO_COLOR", "").isEmpty()
                        || "dumb".equals(environment.get("TERM"));
        return new Console(
                System.in,
                writer(FileDescriptor.out),
                writer(FileDescriptor.err),
                err && !"dumb".equals(environment.get("TERM")),
                width(environment),
                out && err && !plain ? Paint.COLOURED : Paint.PLAIN,
                InstantSource.system());
    }

    // Whatever the locale says: names and messages may hold any character.
    private static PrintWriter writer(FileDescriptor stream) {
        return new PrintWriter(
                new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8));
    }

    private static int width(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("COLUMNS"))
                .filter(columns -> columns.matches("[1-9]\\d{1,3}"))
                .map(Integer::parseInt)
                .orElse(USUAL_WIDTH);
    }
}
