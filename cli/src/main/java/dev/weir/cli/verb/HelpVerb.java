package dev.weir.cli.verb;

import dev.weir.cli.show.Console;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a verb does, or lists them all. Needs no place. */
@Command(
        name = "help",
        description = "Says what a verb does, or lists them all.",
        footerHeading = "%nExamples:%n",
        footer = "  weir help apply")
public final class HelpVerb implements Callable<Integer> {

    private final Console console;

    @Spec private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "VERB", description = "The verb.")
    private Optional<String> verb = Optional.empty();

    public HelpVerb(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var root = spec.root().commandLine();
        var asked = verb.isEmpty() ? root : root.getSubcommands().get(verb.get());
        if (asked == null) {
            console.tell("there is no verb '" + verb.get() + "'; 'help' lists them");
            return Ending.USAGE.code();
        }
        asked.usage(console.out());
        return Ending.OK.code();
    }
}
