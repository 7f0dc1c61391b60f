package dev.weir.cli.verb;

import dev.weir.cli.show.Console;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a shell needs to complete verbs and options. Needs no place. */
@Command(
        name = "completion",
        description = "Prints a script that makes the shell complete verbs and options.",
        footerHeading = "%nExamples:%n",
        footer = {"  source <(weir completion bash)", "  source <(weir completion zsh)"})
public final class Completion implements Callable<Integer> {

    private final Console console;

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "One of ${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.BASH;

    public Completion(Console console) {
        this.console = console;
    }

    /** The script makes zsh read it as bash does. */
    enum Shell {
        BASH,
        ZSH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public Integer call() {
        var root = spec.root();
        console.say(
                AutoComplete.bash(root.name().replace(" ", "-"), root.commandLine())
                        .stripTrailing());
        return Ending.OK.code();
    }
}
