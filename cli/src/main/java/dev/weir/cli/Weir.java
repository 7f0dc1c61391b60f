package dev.weir.cli;

import dev.weir.cli.kubernetes.Kubeconfig;
import dev.weir.cli.place.Places;
import dev.weir.cli.place.Places.Way;
import dev.weir.cli.show.Console;
import dev.weir.cli.verb.Apply;
import dev.weir.cli.verb.Completion;
import dev.weir.cli.verb.Delete;
import dev.weir.cli.verb.Describe;
import dev.weir.cli.verb.Edit;
import dev.weir.cli.verb.Editor;
import dev.weir.cli.verb.Ending;
import dev.weir.cli.verb.Get;
import dev.weir.cli.verb.HelpVerb;
import dev.weir.cli.verb.Init;
import dev.weir.cli.verb.Logs;
import dev.weir.cli.verb.Resume;
import dev.weir.cli.verb.Root;
import dev.weir.cli.verb.Suspend;
import dev.weir.cli.verb.Tail;
import dev.weir.cli.verb.Version;
import dev.weir.cli.verb.Wait;
import dev.weir.local.LocalHome;
import dev.weir.local.LocalPlace;
import dev.weir.local.verb.Demo;
import dev.weir.local.verb.DemoKill;
import dev.weir.local.verb.Down;
import dev.weir.local.verb.Up;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

/**
 * The command line of Weir: {@code weir VERB}, and {@code kubectl weir VERB}. Verbs see a place
 * through its port alone; which one it is, {@link Places} chooses once a verb asks.
 */
public final class Weir {

    private static final String NAME = "weir";
    private static final int WIDTH = 100;

    private final String name;
    private final Places places;
    private final Console console;
    private final Editor editor;
    private final List<Object> more;

    /**
     * @param name as which this program is called, for usage texts
     * @param more verbs, besides those that are about any place
     */
    public Weir(String name, Places places, Console console, Editor editor, List<Object> more) {
        this.name = name;
        this.places = places;
        this.console = console;
        this.editor = editor;
        this.more = List.copyOf(more);
    }

    public static void main(String[] arguments) {
        var environment = System.getenv();
        var name = Places.PLUGIN.equals(environment.get(Places.NAME)) ? "kubectl " + NAME : NAME;
        var project = Path.of(System.getProperty("weir.root", "")).toAbsolutePath().normalize();
        var home = LocalHome.of(environment, project);
        var places =
                new Places(
                        new Way(home::exists, () -> LocalPlace.of(home)),
                        access -> new Kubeconfig(access, environment).way(),
                        environment);
        var console = Terminal.console(environment);
        var weir =
                new Weir(
                        name,
                        places,
                        console,
                        new SystemEditor(environment),
                        localVerbs(home, project, console));
        System.exit(weir.run(arguments));
    }

    /** Those that are about the local world alone. */
    public static List<Object> localVerbs(LocalHome home, Path project, Console console) {
        return List.of(
                new Up(home, project, console),
                new Down(home, project, console),
                new CommandLine(new Demo()).addSubcommand(new DemoKill(home, project, console)));
    }

    /** The exit code. */
    public int run(String... arguments) {
        return commands().execute(arguments.length == 0 ? new String[] {"help"} : arguments);
    }

    /** All verbs, with what they have in common. */
    public CommandLine commands() {
        var commands = new CommandLine(new Root()).setCommandName(name);
        Stream.concat(verbs(), more.stream()).forEach(commands::addSubcommand);
        var usage = commands.getCommandSpec().usageMessage();
        usage.exitCodeList(exitCodes());
        Stream.concat(Stream.of(commands), commands.getSubcommands().values().stream())
                .forEach(this::callByItsName);
        return commands.setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(WIDTH)
                .setOut(console.out())
                .setErr(console.err())
                .setColorScheme(Help.defaultColorScheme(ansi()))
                .setParameterExceptionHandler(new Misuse(console))
                .setExecutionExceptionHandler(new Failures(console));
    }

    private Stream<Object> verbs() {
        return Stream.of(
                new Apply(places, console),
                new Get(places, console),
                new Describe(places, console),
                new Logs(places, console),
                new Tail(places, console),
                new Edit(places, console, editor),
                new Suspend(places, console),
                new Resume(places, console),
                new Wait(places, console),
                new Delete(places, console),
                new Init(console),
                new Completion(console),
                new Version(console),
                new HelpVerb(console));
    }

    private static Map<String, String> exitCodes() {
        var codes = new LinkedHashMap<String, String>();
        Arrays.stream(Ending.values())
                .forEach(ending -> codes.put(String.valueOf(ending.code()), ending.meaning()));
        return codes;
    }

    /** Examples are written for {@code weir}. */
    private void callByItsName(CommandLine command) {
        var usage = command.getCommandSpec().usageMessage();
        usage.footer(
                Arrays.stream(usage.footer())
                        .map(line -> line.replace(" " + NAME + " ", " " + name + " "))
                        .toArray(String[]::new));
    }

    private Ansi ansi() {
        return switch (console.paint()) {
            case COLOURED -> Ansi.ON;
            case PLAIN -> Ansi.OFF;
        };
    }
}
