package dev.weir.e2e.suites;

/** What befalls a running job. */
enum Misfortune {
    /** {@code kill -9} of the JVM; the container restarts in place. */
    JVM_KILLED,
    POD_DELETED,
    POD_DELETED_BY_FORCE,
    OPERATOR_AND_POD_KILLED,
    /** The container restarts while no operator is there, and claims by itself (rule 4). */
    JVM_KILLED_WITHOUT_OPERATOR,
    /** Status and JVM go together, so that the recovery can rely on the ledger alone. */
    STATUS_WIPED,
    /** The first JVM freezes between append and commit, a second takes over, the first wakes. */
    TWO_JVMS
}
