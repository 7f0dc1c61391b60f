package dev.weir.crds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The page of all reasons, generated from the vocabulary: what needs a person first, then what does
 * not, each by its word.
 */
public final class GeneratedTroubleshooting {

    /** Relative to the root of the repository. */
    static final Path PAGE = Path.of("docs/troubleshooting.md");

    private static final String HEAD =
            """
            <!-- Generated from dev.weir.crds.Reason; write it anew with mvn -q -pl crds -am test-compile exec:java -Dexec.mainClass=dev.weir.crds.GeneratedTroubleshooting -Dexec.classpathScope=test -->

            # Troubleshooting

            Why a job or a savepoint is as it is, Weir says in one word of a closed vocabulary: in the column `REASON` of `kubectl get
            sjob`, in the conditions of `kubectl describe sjob NAME` and `kubectl describe svp NAME`, in events, in the tag `reason` of the
            metric `weir_pass_seconds`, and in the operator's log. What is particular to a case (the line of a script, the message of a store) follows the
            message in the same place.

            """;

    private GeneratedTroubleshooting() {}

    /** The text that the committed page must have. */
    static String text() {
        return HEAD
                + """
                ## What a person can help with

                | reason | what is the case | what helps |
                |---|---|---|
                """
                + rows(
                        sorted(reason -> !reason.remedy().isBlank()),
                        reason -> sentence(reason.message()) + " | " + sentence(reason.remedy()))
                + """

                ## What passes, or is as it should be

                | reason | what is the case |
                |---|---|
                """
                + rows(
                        sorted(reason -> reason.remedy().isBlank()),
                        reason -> sentence(reason.message()));
    }

    private static List<Reason> sorted(Predicate<Reason> which) {
        return Arrays.stream(Reason.values())
                .filter(which)
                .sorted(Comparator.comparing(Reason::word))
                .toList();
    }

    private static String rows(List<Reason> reasons, Function<Reason, String> cells) {
        StringBuilder rows = new StringBuilder();
        for (Reason reason : reasons) {
            rows.append("| `%s` | %s |%n".formatted(reason.word(), cells.apply(reason)));
        }
        return rows.toString();
    }

    private static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }

    /**
     * Writes the page; the only argument is the root of the repository, by default the working
     * directory.
     */
    public static void main(String[] args) throws IOException {
        Path target = Path.of(args.length == 0 ? "" : args[0]).toAbsolutePath().resolve(PAGE);
        Files.createDirectories(target.getParent());
        Files.writeString(target, text());
        System.out.println("wrote " + target);
    }
}
