package dev.weir.operator.plan;

import dev.weir.operator.plan.PodView.Role;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Names and ids that derive from what they stand for, so that doing a thing twice finds the first
 * one.
 */
public final class Names {

    /** Hex digits of a revision in names and labels: 40 bits, of at most a few dozen revisions. */
    public static final int SHORT_REVISION = 10;

    private Names() {}

    /** The first ten hex digits of a revision's hash. */
    public static String shortRevision(String revision) {
        return revision.substring(0, Math.min(SHORT_REVISION, revision.length()));
    }

    /**
     * The program ConfigMap of a revision. It names the job's UID too: a re-created job of the same
     * spec has its own, and must not meet the one that is about to be collected.
     */
    public static String program(Desired.Job job, String revision) {
        return job.name() + "-" + shortRevision(revision) + "-" + digest(job.uid()).substring(0, 4);
    }

    /** A new pod's name: new as soon as any pod of the job is, the same while none is. */
    static String pod(Desired desired, Role role, List<PodView> pods) {
        var known = pods.stream().map(PodView::uid).sorted().toList();
        var parts =
                Stream.concat(
                        Stream.of(desired.job().uid(), role.name(), desired.run().revision()),
                        known.stream());
        var suffix = digest(parts.toArray(String[]::new)).substring(0, 6);
        return switch (role) {
            case STANDALONE ->
                    desired.job().name()
                            + "-"
                            + shortRevision(desired.run().revision())
                            + "-"
                            + suffix;
            case STOREKEEPER -> desired.job().name() + "-storekeeper-" + suffix;
        };
    }

    /** SHA-256 over the parts, each with its length before it so that no two lists read alike. */
    public static String digest(String... parts) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            Arrays.stream(parts)
                    .map(p -> p.length() + ":" + p)
                    .forEach(p -> sha.update(p.getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
