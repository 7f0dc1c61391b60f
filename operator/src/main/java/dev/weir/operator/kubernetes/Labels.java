package dev.weir.operator.kubernetes;

import java.util.Map;

/** The labels and annotations by which Weir finds what it made. */
public final class Labels {

    public static final String JOB = "weir.dev/job";
    public static final String ROLE = "weir.dev/role";

    /** As a label the first digits of the hash, as an annotation the whole of it. */
    public static final String REVISION = "weir.dev/revision";

    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    public static final String WEIR = "weir";

    /** Selects everything that Weir made. */
    public static final String SELECTOR = MANAGED_BY + "=" + WEIR;

    private Labels() {}

    static Map<String, String> ofJob(String job, String shortRevision) {
        return Map.of(MANAGED_BY, WEIR, JOB, job, REVISION, shortRevision);
    }
}
