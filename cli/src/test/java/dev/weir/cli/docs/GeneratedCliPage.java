package dev.weir.cli.docs;

import dev.weir.cli.fake.Session;
import dev.weir.cli.verb.Ending;
import dev.weir.crds.Phase;
import dev.weir.crds.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine;

/**
 * The page of the command line: usage as the verbs describe themselves, and what they print in a
 * world in memory, where time passes as the page says.
 */
public final class GeneratedCliPage {

    /** Relative to the root of the repository. */
    static final Path PAGE = Path.of("docs/cli.md");

    private static final String HEAD =
            """
            <!-- Generated from the verbs of the module cli; write it anew with mvn -q -pl cli -am test-compile exec:java -Dexec.mainClass=dev.weir.cli.docs.GeneratedCliPage -Dexec.classpathScope=test -->

            # The command line

            `weir` shows, runs and stops StreamJobs in words of its own, with the reason and what helps where a job does not
            run. It does nothing that kubectl could not do.

            - In a checkout it is `./weir VERB`, which builds what it needs first. A link to `cli/kubectl-weir` in a folder of
              `PATH` makes it a plugin of kubectl: `kubectl weir VERB`.
            - Answers go to standard output, progress and errors to standard error. There is a little colour where a person
              looks, and none with `NO_COLOR`.
            - Names are plain, or as `get --output name` prints them.

            """;

    private static final String PLACES =
            """
            ## Which place

            | said by | it is |
            |---|---|
            | `--local`, `--cluster` | that one |
            | `--context`, `--kubeconfig` | a cluster |
            | `WEIR_PLACE=local`, `WEIR_PLACE=cluster` | that one |
            | `kubectl weir` | the cluster |
            | nothing | the local world where there is one, else the cluster of `KUBECONFIG` or `~/.kube/config` |

            The namespace is that of `--namespace`, else that of the manifest, else that of the context. On a cluster the API
            server says what is valid, asked to be strict: a field that it does not know is refused.

            """;

    private GeneratedCliPage() {}

    /** The text that the committed page must have. */
    static String text() {
        return HEAD + PLACES + endings() + session() + trouble() + verbs();
    }

    private static String endings() {
        return "## Exit codes\n\n| code | meaning |\n|---|---|\n"
                + Arrays.stream(Ending.values())
                        .map(ending -> "| %d | %s |%n".formatted(ending.code(), ending.meaning()))
                        .collect(Collectors.joining())
                + "\n";
    }

    /** The life of a job in which nothing goes wrong. */
    private static String session() {
        var session = new Session();
        var text = new StringBuilder("## A job from its first to its last day\n\n```console\n");
        session.thenOnTheWay(millis(90), Phase.PENDING, Reason.CREATING_POD)
                .thenOnTheWay(millis(1_300), Phase.PREPARING, Reason.POD_STARTING)
                .thenOnTheWay(millis(900), Phase.PREPARING, Reason.PREPARING)
                .thenOnTheWay(millis(2_900), Phase.STARTING, Reason.STARTING)
                .thenRunning(millis(410));
        text.append(piped(session, "weir init sql --name delays", "weir apply -f - --wait"));
        session.clock().pass(Duration.ofMinutes(31));
        session.place().report(Session.DELAYS, session.report().running());
        session.withPodAndEvents();
        text.append(session.typed("weir get"));
        text.append(session.typed("weir describe delays"));
        text.append(session.typed("weir logs delays --tail 2"));
        session.thenOnTheWay(millis(60), Phase.SUSPENDING, Reason.STOPPING);
        session.place()
                .after(
                        millis(1_700),
                        () -> session.place().report(Session.DELAYS, session.report().suspended()));
        text.append(session.typed("weir suspend delays --wait"));
        text.append(session.typed("weir resume delays"));
        session.place().holdDeletions();
        session.thenOnTheWay(millis(50), Phase.DELETING, Reason.STOPPING)
                .thenOnTheWay(millis(1_500), Phase.DELETING, Reason.CLOSING_LEDGER);
        session.place().after(millis(800), () -> session.place().vanish(Session.DELAYS));
        text.append(session.typed("weir delete delays"));
        return text.append("```\n\n").toString();
    }

    /** What is said where a person has to help. */
    private static String trouble() {
        var session = new Session().withDelaysRunning();
        session.place()
                .after(
                        millis(4_200),
                        () ->
                                session.place()
                                        .report(
                                                Session.DELAYS,
                                                session.report()
                                                        .blockedWhileRunning(
                                                                Reason.PROGRAM_INVALID,
                                                                "line 3, column 39: Object 'flight' not found")));
        var text =
                new StringBuilder(
                        """
                        ## Where a person has to help

                        A refused manifest is answered by every problem that it has; with `--wait`, so is one that is taken and
                        can't be run, and what ran before runs on. The reasons are those of [troubleshooting.md](troubleshooting.md).

                        ```console
                        """);
        text.append(
                session.typedReading(
                        Session.MANIFEST.replace("parallelism: 2", "parallelism: 0\n  standby: 1"),
                        "weir apply -f delays.yaml"));
        text.append(
                session.typedReading(
                        Session.MANIFEST.replace("FROM flights", "FROM flight"),
                        "weir apply -f delays.yaml --wait"));
        return text.append("```\n\n").toString();
    }

    private static String piped(Session session, String first, String second) {
        var manifest = session.weir(first.substring("weir ".length()).split(" ")).out();
        return session.typedReading(manifest, second).replace("$ ", "$ " + first + " | ");
    }

    private static String verbs() {
        var commands = new Session().commands();
        var text = new StringBuilder("## All verbs\n\n```\n").append(usage(commands));
        commands.getSubcommands()
                .forEach(
                        (name, verb) -> {
                            if (!name.equals("help")) {
                                text.append("```\n\n### ").append(name).append("\n\n```\n");
                                text.append(usage(verb));
                            }
                        });
        return text.append("```\n").toString();
    }

    private static String usage(CommandLine command) {
        return command.getUsageMessage(CommandLine.Help.Ansi.OFF)
                .lines()
                .map(line -> line.stripTrailing() + "\n")
                .collect(Collectors.joining());
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    /**
     * Writes the page; the only argument is the root of the repository, by default the working
     * directory.
     */
    public static void main(String[] args) throws IOException {
        var target = Path.of(args.length == 0 ? "" : args[0]).toAbsolutePath().resolve(PAGE);
        Files.writeString(target, text());
        System.out.println("wrote " + target);
    }
}
