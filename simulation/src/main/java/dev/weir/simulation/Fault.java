package dev.weir.simulation;

/**
 * What can go wrong. Each is counted when it strikes; a run in which one never struck has shown
 * nothing about it, and fails.
 */
enum Fault {
    /** The pod's process dies before what it asks of the store has any effect. */
    POD_CRASH_BEFORE_EFFECT(0.002),
    /** The pod's process dies after the effect and before it hears of it. */
    POD_CRASH_AFTER_EFFECT(0.002),
    OPERATOR_CRASH_BEFORE_ACTION(0.01),
    OPERATOR_CRASH_AFTER_ACTION(0.01),
    /** The operator sees the API server's objects seconds late. */
    STALE_CACHE(0.01),
    /** Another operator takes the lease, and the one before goes on for a while. */
    STALE_LEADER(0),
    /** The operator stands still between its plan and its action. */
    LATE_ACTION(0.01),
    /** A snapshot does not arrive, and the stream breaks. */
    EVENT_LOST(0.01),
    EVENT_DOUBLED(0.02),
    /** A stream stays open and brings nothing. */
    STREAM_SILENCE(0),
    COMMAND_LOST(0.05),
    /** The command arrives, and its receipt does not. */
    RECEIPT_LOST(0.05),
    /** The command arrives long after its sender gave up on it. */
    COMMAND_LATE(0.05),
    /** The API server does nothing and says so. */
    API_ERROR(0.01),
    /** The API server does it and does not say so. */
    API_TIMEOUT_AFTER_SUCCESS(0.01),
    STORE_TIMEOUT_AFTER_SUCCESS(0.004),
    /** The request takes effect after the asker was told of a time-out. */
    STORE_TIMEOUT_BEFORE_SUCCESS(0.004),
    /** The client's own second try meets what the first one made. */
    STORE_412_OF_OWN(0.004),
    STORE_5XX(0.01),
    /** Nobody gets an answer from the store for some time. */
    STORE_OUTAGE(0),
    /** The store passes over the condition of a create, so that two of one key win. */
    STORE_UNSOUND(1),
    LIST_LAG(0.2),
    CHECKPOINT_DECLINED(0.02),
    SAVEPOINT_FAILED(0.1),
    /** The job fails after its stop was appended and before its sinks have committed. */
    COMMIT_CUT_SHORT(0.05),
    JOB_FAILURE(0),
    /** A process stands still, and wakes later with all that it knew. */
    ZOMBIE(0),
    /** A whole machine stands still, kubelet included. */
    ZOMBIE_MACHINE(0),
    NODE_LOSS(0),
    /** A machine that works on, seen by the store alone. */
    NODE_PARTITION(0),
    EVICTION(0),
    POD_DELETED_BY_HAND(0),
    TRANSACTION_EXPIRED(1);

    private final double rate;

    Fault(double rate) {
        this.rate = rate;
    }

    /** How likely it is at one opportunity; 0 for those that come by the clock. */
    double rate() {
        return rate;
    }
}
