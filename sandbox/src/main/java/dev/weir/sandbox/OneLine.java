package dev.weir.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * How a verb of the launcher fails: one line that says what is wrong, and 1 as the exit code. Each
 * cause adds what the message before it has not said yet.
 */
public final class OneLine implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(
            Exception failure, CommandLine command, ParseResult arguments) {
        command.getErr().println(command.getCommandName() + ": " + of(failure));
        return 1;
    }

    static String of(Throwable failure) {
        List<String> said = new ArrayList<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message =
                    Objects.requireNonNullElse(
                                    cause.getMessage(),
                                    said.isEmpty() ? cause.getClass().getSimpleName() : "")
                            .strip()
                            .replaceAll("\\s*\\R\\s*", " ");
            if (said.stream().noneMatch(line -> line.contains(message))) {
                said.add(message);
            }
        }
        return String.join(": ", said);
    }
}
