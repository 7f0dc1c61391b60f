package dev.weir.cli;

import dev.weir.cli.show.Console;
import dev.weir.cli.verb.Ending;
import java.util.List;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Answers a command line that makes no sense: what is wrong, and where to read on. */
final class Misuse implements IParameterExceptionHandler {

    private final Console console;

    Misuse(Console console) {
        this.console = console;
    }

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        var command = e.getCommandLine();
        var name = command.getCommandSpec().qualifiedName();
        console.tell(name + ": " + e.getMessage());
        suggestions(e).forEach(near -> console.tell("  did you mean '" + near + "'?"));
        console.tell("'" + name + " --help' says more");
        return Ending.USAGE.code();
    }

    private static List<String> suggestions(ParameterException e) {
        return e instanceof UnmatchedArgumentException unmatched
                ? unmatched.getSuggestions()
                : List.of();
    }
}
