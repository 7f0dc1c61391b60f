package dev.weir.cli;

import dev.weir.cli.place.DeniedException;
import dev.weir.cli.place.Places.NoPlaceException;
import dev.weir.cli.place.UnreachableException;
import dev.weir.cli.show.Console;
import dev.weir.cli.verb.Ending;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells what kept a verb from its work, and ends with the code for it. */
final class Failures implements IExecutionExceptionHandler {

    private final Console console;

    Failures(Console console) {
        this.console = console;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        var ending =
                switch (e) {
                    case UnreachableException _ -> Ending.UNREACHABLE;
                    case NoPlaceException _ -> Ending.USAGE;
                    case DeniedException _, IOException _ -> Ending.FAILED;
                    case Exception _ -> {
                        e.printStackTrace(console.err());
                        yield Ending.FAILED;
                    }
                };
        console.tell(command.getCommandSpec().qualifiedName() + ": " + message(e));
        return ending.code();
    }

    private static String message(Exception e) {
        return e instanceof NoSuchFileException
                ? "there is no file " + e.getMessage()
                : String.valueOf(e.getMessage());
    }
}
