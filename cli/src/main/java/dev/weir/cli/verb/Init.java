package dev.weir.cli.verb;

import dev.weir.cli.show.Console;
import dev.weir.cli.show.Table;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a manifest to begin with. Needs no place. */
@Command(
        name = "init",
        description = "Writes a StreamJob to begin with: commented, and valid as it is.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir init list",
            "  weir init upsert --name delays -o delays.yaml",
            "  weir init sql | weir apply -f - --wait"
        })
public final class Init implements Callable<Integer> {

    private static final String LIST = "list";
    private static final Pattern JOB_NAME = Pattern.compile("[a-z]([a-z0-9-]{0,38}[a-z0-9])?");

    private final Console console;

    @Parameters(
            arity = "0..1",
            paramLabel = "TEMPLATE",
            defaultValue = "sql",
            completionCandidates = Words.class,
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private String word = "";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name of the job (default: the template's).")
    private Optional<String> name = Optional.empty();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description =
                    "File to write; one that is there is left alone (default: standard output).")
    private Optional<Path> output = Optional.empty();

    public Init(Console console) {
        this.console = console;
    }

    /** What may stand for the template. */
    static final class Words extends ArrayList<String> {

        private static final long serialVersionUID = 1L;

        Words() {
            Arrays.stream(Template.values()).map(Template::word).forEach(this::add);
            add(LIST);
        }
    }

    @Override
    public Integer call() throws IOException {
        if (word.equals(LIST)) {
            return list().code();
        }
        var template =
                Arrays.stream(Template.values()).filter(t -> t.word().equals(word)).findFirst();
        if (template.isEmpty()) {
            console.tell("no template '" + word + "'; 'init list' lists them");
            return Ending.USAGE.code();
        }
        if (name.filter(given -> !JOB_NAME.matcher(given).matches()).isPresent()) {
            console.tell(
                    "'"
                            + name.get()
                            + "' is no name for a job: at most 40 of a-z, 0-9 and '-', beginning with a letter");
            return Ending.USAGE.code();
        }
        return write(template.get().manifest(name.orElse(template.get().word()))).code();
    }

    private Ending list() {
        var rows =
                Arrays.stream(Template.values()).map(t -> List.of(t.word(), t.purpose())).toList();
        Table.ofAnswers().lines(rows).forEach(console::say);
        return Ending.OK;
    }

    private Ending write(String manifest) throws IOException {
        if (output.isEmpty()) {
            console.say(manifest.stripTrailing());
            return Ending.OK;
        }
        try {
            Files.writeString(output.get(), manifest, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            console.tell(output.get() + " is there already, and was left as it is");
            return Ending.FAILED;
        }
        console.say("wrote " + output.get() + "; 'apply -f " + output.get() + "' runs it");
        return Ending.OK;
    }
}
