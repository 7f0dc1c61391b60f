package dev.weir.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What no tracked text file may say. */
final class Texts {

    private static final Pattern LEFTOVER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b");

    // Where packages come from is the business of whoever builds, not of the sources.
    private static final Pattern REGISTRY =
            Pattern.compile(
                    "repo1?\\.maven\\.(apache\\.)?org|registry\\.npmjs\\.org|registry\\.yarnpkg\\.com"
                            + "|proxy\\.golang\\.org|sum\\.golang\\.org|(files\\.)?pypi(hosted)?\\.org/?(simple)?"
                            + "|deb\\.debian\\.org|archive\\.ubuntu\\.com");

    private static final Pattern MACHINE =
            Pattern.compile(
                    "(?<![\\w/.}*-])/(work|farm|ro" + "ot|ho" + "me/[a-z]+|Users/[A-Za-z]+)/");

    private Texts() {}

    static List<Finding> leftovers(Project project) {
        return lines(
                project, LEFTOVER, "'%s' is a promise that nobody keeps; do it now or drop it");
    }

    static List<Finding> registries(Project project) {
        return lines(project, REGISTRY, "'%s' names a package registry; leave that to the machine");
    }

    static List<Finding> machinePaths(Project project) {
        return lines(project, MACHINE, "'%s' is a path of one machine; make it relative");
    }

    private static List<Finding> lines(Project project, Pattern pattern, String remedy) {
        var findings = new ArrayList<Finding>();
        for (var file : project.texts()) {
            var number = 0;
            for (var line : file.lines()) {
                number++;
                var found = pattern.matcher(line);
                if (found.find()) {
                    findings.add(new Finding(file.path(), number, remedy.formatted(found.group())));
                }
            }
        }
        return findings;
    }
}
