package dev.weir.cli.verb;

import dev.weir.operator.wake.JobKey;
import java.util.List;
import java.util.regex.Pattern;

/** Names as they are given on the command line: plain, or as {@code get -o name} prints them. */
final class JobNames {

    private static final Pattern KIND =
            Pattern.compile("^(sjob|streamjobs?)(\\.weir\\.dev)?/", Pattern.CASE_INSENSITIVE);

    private JobNames() {}

    static List<JobKey> in(String namespace, List<String> names) {
        return names.stream().map(name -> in(namespace, name)).distinct().toList();
    }

    static JobKey in(String namespace, String name) {
        return new JobKey(namespace, KIND.matcher(name).replaceFirst(""));
    }

    /** What is said of a name that nothing has. */
    static String absent(JobKey key) {
        return "there is no StreamJob \"" + key.name() + "\" in namespace " + key.namespace();
    }
}
