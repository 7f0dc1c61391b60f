package dev.weir.tidy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What pages for people point at, and whether it is there: verbs of the launcher, links and their
 * headings, paths of files, tests. Cheap, and no judge of prose.
 *
 * @param launcher text of the launcher
 * @param pages all of them
 * @param sources paths of all that is written in Java
 * @param exists whether the repository has a file or folder, by its path
 */
record Pages(
        String launcher, List<TextFile> pages, List<String> sources, Predicate<String> exists) {

    private static final Pattern VERB = Pattern.compile("(?m)^  ([a-z]+)(?: \\|[^)]*)?\\) ");

    /** A line of the launcher's usage that is nothing but verbs, of the command line. */
    private static final Pattern VERBS = Pattern.compile("(?m)^  ([a-z]+(?: [a-z]+)+)$");

    private static final Pattern CALL = Pattern.compile("\\./weir ([a-z]+)");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s#]*)(?:#([^)\\s]*))?\\)");
    private static final Pattern PATH =
            Pattern.compile("(?<![\\w/.-])(?:config|samples|helm|docs)/\\w[\\w./-]*\\w");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))`");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    static Pages of(Project project, Predicate<String> exists) {
        var launcher =
                project.texts().stream()
                        .filter(text -> text.path().equals("weir"))
                        .map(TextFile::text)
                        .collect(Collectors.joining());
        return new Pages(
                launcher,
                project.texts().stream().filter(text -> text.path().endsWith(".md")).toList(),
                project.texts().stream()
                        .map(TextFile::path)
                        .filter(path -> path.endsWith(".java"))
                        .toList(),
                exists);
    }

    List<Finding> unknownVerbs() {
        Set<String> verbs =
                VERB.matcher(launcher)
                        .results()
                        .map(verb -> verb.group(1))
                        .collect(Collectors.toCollection(HashSet::new));
        VERBS.matcher(launcher)
                .results()
                .forEach(line -> verbs.addAll(List.of(line.group(1).split(" "))));
        return each(
                CALL,
                (_, call) -> verbs.contains(call.group(1)),
                "'%s' is no verb of the launcher; correct the page or add the verb");
    }

    List<Finding> deadLinks() {
        return each(LINK, this::leads, "'%s' leads nowhere; correct the link");
    }

    List<Finding> deadPaths() {
        return each(
                PATH,
                (_, path) -> exists.test(path.group()),
                "'%s' is not in the repository; correct the path");
    }

    List<Finding> unknownTests() {
        return each(
                TEST,
                (_, test) ->
                        sources.stream()
                                .anyMatch(path -> path.endsWith("/" + test.group(1) + ".java")),
                "%s is no test of ours; correct the page");
    }

    private boolean leads(TextFile page, MatchResult link) {
        if (link.group(1).matches("[a-z]+:.*")) {
            return true;
        }
        var folder = page.path().substring(0, page.path().lastIndexOf('/') + 1);
        var target =
                link.group(1).isEmpty()
                        ? page.path()
                        : Path.of(folder + link.group(1)).normalize().toString();
        return exists.test(target)
                && (link.group(2) == null
                        || pages.stream()
                                .filter(other -> other.path().equals(target))
                                .anyMatch(other -> headings(other).contains(link.group(2))));
    }

    /** As Markdown's readers make an anchor of a heading. */
    private static Set<String> headings(TextFile page) {
        return HEADING.matcher(page.text())
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\w -]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    /** Whether what was found on a page is as it should be. */
    private interface Sound {
        boolean test(TextFile page, MatchResult found);
    }

    private List<Finding> each(Pattern pattern, Sound sound, String remedy) {
        var findings = new ArrayList<Finding>();
        for (var page : pages) {
            var number = 0;
            for (var line : page.lines()) {
                number++;
                for (var found : pattern.matcher(line).results().toList()) {
                    if (!sound.test(page, found)) {
                        findings.add(
                                new Finding(page.path(), number, remedy.formatted(found.group())));
                    }
                }
            }
        }
        return findings;
    }
}
